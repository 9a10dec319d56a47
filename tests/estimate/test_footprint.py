"""What a manoeuvring body may reach: all of it, and told as a reach."""

import numpy as np
import pytest

from tests.estimate.scenes import INV_BETA, truth
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.footprint import footprint
from tocsin.motion.ballistic import impact

HELD = Gaussian(900.0, truth(900.0)[0], np.diag([100.0] * 3 + [1.0] * 3) ** 2)


def spread(region):
    """East and north (n, 2) m of the samples from the region's middle."""
    centre = ecef_from_geodetic(region.lat, region.lon, 0.0)
    r = ecef_from_geodetic(region.samples[:, 0], region.samples[:, 1], 0.0)
    return (r - centre) @ enu_from_ecef(region.lat, region.lon)[:2].T


def test_it_holds_what_single_changes_reach():
    """Changes of 200 m/s along and across land within it, and it is not far larger than they need."""
    region = footprint(HELD, INV_BETA)
    assert region.reach
    off = spread(region)
    v = HELD.x[3:] / np.linalg.norm(HELD.x[3:])
    side = np.cross(v, HELD.x[:3] / np.linalg.norm(HELD.x[:3]))
    for way in (v, -v, side, -side):
        x = HELD.x.copy()
        x[3:] += 200.0 * way
        end = impact(HELD.t, x, INV_BETA)
        centre = ecef_from_geodetic(region.lat, region.lon, 0.0)
        at = ((end.x[:3] - centre) @ enu_from_ecef(region.lat, region.lon).T)[:2]
        reach = np.max(off @ at) / np.linalg.norm(at)
        assert 0.6 * np.linalg.norm(at) < reach < 3.0 * np.linalg.norm(at)


def test_it_grows_with_the_change():
    small, large = (footprint(HELD, INV_BETA, dv) for dv in (50.0, 200.0))
    sizes = [np.sqrt(np.linalg.eigvalsh(region.P)[-1]) for region in (small, large)]
    assert sizes[1] / sizes[0] == pytest.approx(4.0, rel=0.2)


def test_none_where_hardly_any_lands():
    x = HELD.x.copy()
    x[3:] *= 1.6
    assert footprint(Gaussian(900.0, x, HELD.P), INV_BETA, 50.0) is None
