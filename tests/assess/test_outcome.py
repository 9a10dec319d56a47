"""How a look may turn out, against closed forms."""

import math

import numpy as np
import pytest
from scipy import stats

from tocsin.assess.outcome import LATTICE, POINTS, WEIGHTS, Prospect
from tocsin.estimate.points import normal_points, uncorrelated


def half_plane(edge, g):
    """What a look makes of a round region with protected ground beyond `edge` sigma."""
    reach = np.array([4.0, 4.0])
    line = 4.0 * np.linspace(-1.0, 1.0, LATTICE)
    on = np.broadcast_to(line[:, None] > edge, (LATTICE, LATTICE))
    w = uncorrelated(normal_points(100, 2))
    to_ground = np.eye(2, 7)
    prospect = Prospect(w, on, reach, np.eye(2), to_ground, 1.0, 0.5, (0.01, 0.9))
    left = np.zeros((1, 7, 7))
    left[0, :2, :2] = g * np.eye(2)
    return prospect.after(left)[0]


@pytest.mark.parametrize("edge", [-0.5, 0.0, 1.0])
@pytest.mark.parametrize("g", [0.001, 0.05, 0.3, 0.9])
def test_chances_by_closed_form(edge, g):
    """The middle after a look is N(0, 1 - g), P(protected) = Phi((m - edge) / sqrt g)."""
    found = half_plane(edge, g)
    m = stats.norm(0.0, math.sqrt(1.0 - g))
    none = m.cdf(edge - stats.norm.ppf(0.99) * math.sqrt(g))
    confirmed = m.sf(edge + stats.norm.ppf(0.9) * math.sqrt(g))
    assert found.none == pytest.approx(none, abs=0.07)
    assert found.confirmed == pytest.approx(confirmed, abs=0.07)
    assert found.bits == pytest.approx(-math.log2(g), rel=1e-6)
    assert found.semi_major_90_km == pytest.approx(math.sqrt(g * 2.0 * math.log(10.0)) / 1e3)


def test_the_rings_are_a_gaussian():
    assert WEIGHTS.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(WEIGHTS @ POINTS, 0.0, atol=1e-12)
    np.testing.assert_allclose((WEIGHTS[:, None] * POINTS).T @ POINTS, np.eye(2), atol=0.05)
    for edge in (0.0, 0.5, 1.0, 1.2816):
        beyond = [
            WEIGHTS[POINTS @ [math.cos(a), math.sin(a)] > edge].sum() for a in np.linspace(0.0, 6.0, 50)
        ]
        assert np.mean(beyond) == pytest.approx(stats.norm.sf(edge), abs=0.015)


def test_what_does_not_land_is_no_threat():
    reach, on = np.array([4.0, 4.0]), np.ones((LATTICE, LATTICE), dtype=bool)
    w = uncorrelated(normal_points(100, 2))
    prospect = Prospect(w, on, reach, np.eye(2), np.eye(2, 7), 0.7, 0.7, (0.01, 0.9))
    (found,) = prospect.after(0.1 * np.eye(7)[None])
    assert (found.none, found.confirmed) == pytest.approx((0.3, 0.7))
