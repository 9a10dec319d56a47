"""The bicubic spline against SciPy's, to its ends."""

import numpy as np
import pytest
from scipy.interpolate import make_interp_spline

from tocsin.sensor.echo.grid import cell_of, patch, spline_coefficients, spline_weights


@pytest.mark.parametrize(("m", "n"), [(5, 5), (6, 19), (40, 7)])
def test_it_is_the_spline_without_a_knot_at_the_ends(m, n):
    rng = np.random.default_rng(m)
    values = rng.normal(size=(2, m, n))
    coefficients = spline_coefficients(values)
    assert coefficients.shape == (2, m + 2, n + 2)
    x, y = (
        np.append(rng.uniform(0.0, m - 1.0, 40), [0.0, m - 1.0]),
        np.append(rng.uniform(0.0, n - 1.0, 40), [n - 1.0, 0.0]),
    )
    for k in range(2):
        across = make_interp_spline(np.arange(n), values[k], axis=1)
        for u, w in zip(x, y, strict=True):
            theirs = make_interp_spline(np.arange(m), across(w))(u)
            i, j = cell_of(u, m - 1), cell_of(w, n - 1)
            ours = patch(coefficients[k], i, spline_weights(u - i), j, spline_weights(w - j))
            assert ours == pytest.approx(theirs, abs=1e-10)


def test_the_last_cell_holds_what_lies_beyond():
    assert [cell_of(x, 4) for x in (-0.5, 0.0, 3.999, 4.0, 9.0)] == [0, 0, 3, 3, 3]
