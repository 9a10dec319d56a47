"""A TDM of looks that is written and read again holds the same looks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.interchange.looktable import LookTable
from tocsin.interchange.tdm import read_tdm
from tocsin.interchange.tdm_looks import tdm_looks
from tocsin.interchange.tdm_write import write_tdm

SIGMA = np.array([30.0, 1e-3, 1e-3, 0.5])
CREATED = "2026-01-01T00:00:00"


def table(rows):
    """Rows of radar, body, ticks of 1e-4 s past 2017, range, azimuth, elevation and rate."""
    radar, body, ticks, r, az, el, rate = zip(*rows, strict=True)
    return LookTable(
        tuple(f"RADAR {i}" for i in radar),
        tuple(f"2000-{i:03d}A" for i in body),
        5.5e8 + 1e-4 * np.array(ticks, dtype=float),
        np.stack([r, az, el], axis=1),
        np.tile(SIGMA[:3], (len(rows), 1)),
        np.array([np.nan if v is None else v for v in rate]),
        np.array([np.nan if v is None else SIGMA[3] for v in rate]),
        ("",) * len(rows),
    )


def again(folder, written):
    file = folder / "a.tdm"
    file.write_text(written)
    return tdm_looks(str(file), read_tdm(file), lambda name: SIGMA, lambda name: (0.0, 0.0))


row = st.tuples(
    st.integers(1, 2),
    st.integers(1, 3),
    st.integers(0, 10**9),
    st.floats(1e3, 1e9),
    st.floats(0.0, 6.28),
    st.floats(-1.57, 1.57),
    st.none() | st.floats(-1e4, 1e4),
)


@settings(max_examples=60)
@given(st.lists(row, min_size=1, max_size=12, unique_by=lambda r: r[2]))
def test_read_of_written_is_the_same(tmp_path_factory, rows):
    """Times to half of 1e-7 s and what a double holds of them; figures to the last bits of the degree."""
    x = table(sorted(rows, key=lambda r: r[2]))
    written = write_tdm(x, CREATED)
    y = again(tmp_path_factory.mktemp("tdm"), written)
    assert (y.sensor, y.body) == (x.sensor, x.body)
    np.testing.assert_allclose(y.t, x.t, rtol=0, atol=2e-7)
    np.testing.assert_allclose(y.values, x.values, rtol=4e-16, atol=1e-15)
    np.testing.assert_allclose(y.rate, x.rate, rtol=4e-16, atol=1e-15)
    np.testing.assert_array_equal(y.sigmas, x.sigmas)
    np.testing.assert_array_equal(y.rate_sigma, x.rate_sigma)
    assert y.unread == ()


def test_what_cannot_be_written_is_refused():
    one = table([(1, 1, 0, 1e6, 1.0, 0.5, None), (1, 1, 0, 1e6, 1.0, 0.5, None)])
    with pytest.raises(TocsinError, match="two looks at 2000-001A have one time; leave one out"):
        write_tdm(one, CREATED)
    with pytest.raises(TocsinError, match="needs a look"):
        write_tdm(one.where(np.array([], dtype=np.intp)), CREATED)
