"""Launch place and heading: from a fitted template, and from an arc drawn back to the ground."""

import math

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, LAUNCH, T_BURNOUT, TELESCOPES, Ascent, template
from tocsin.assess.launch import ARC_SIGMA_M, ARC_SIGMA_S, launch_by_arc, launch_by_template
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.template import fit_template
from tocsin.motion.ballistic import propagate


@pytest.fixture(scope="module")
def fit():
    ascent = Ascent(7)
    return ascent, fit_template(ascent.looks, TELESCOPES, template(), LAUNCH[:2], ascent.out, None)


def test_by_template(fit):
    ascent, found = fit
    where, (heading, sigma) = launch_by_template(found)
    distance, _ = geodesic_inverse(math.radians(where.lat_deg), math.radians(where.lon_deg), *LAUNCH[:2])
    assert distance < 4e3 * where.ellipse_90_km.semi_major_km / 2.146
    assert where.t == pytest.approx(ascent.t_launch, abs=4.0 * where.sigma_s)
    assert abs((heading - math.degrees(ascent.azimuth) + 180.0) % 360.0 - 180.0) < 4.0 * sigma
    assert 0.0 <= heading < 360.0


def test_its_ellipse_is_that_of_the_fit(fit):
    """East is longitude times cos(latitude): points drawn in radians fall within the ellipse in km."""
    _, found = fit
    where, _ = launch_by_template(found)
    drawn = np.random.default_rng(1).multivariate_normal([0.0, 0.0], found.launch_P[:2, :2], 20_000)
    north, east = drawn[:, 0] * 6371.0, drawn[:, 1] * 6371.0 * math.cos(found.launch[0])
    az = math.radians(where.ellipse_90_km.azimuth_deg)
    along = east * math.sin(az) + north * math.cos(az)
    across = east * math.cos(az) - north * math.sin(az)
    e = where.ellipse_90_km
    inside = (along / e.semi_major_km) ** 2 + (across / e.semi_minor_km) ** 2 < 1.0
    assert inside.mean() == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize("after", [60.0, 400.0, 1100.0])
def test_by_arc(after):
    """The reference flight, from 47 N 110 W and heading 12 deg: within the assumed 100 km and 100 s."""
    t = T_BURNOUT + after
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, [t])[0]
    held = Gaussian(t, x, np.diag([1e3, 1e3, 1e3, 10.0, 10.0, 10.0]) ** 2)
    where, (heading, sigma) = launch_by_arc(held, INV_BETA)
    distance, _ = geodesic_inverse(math.radians(where.lat_deg), math.radians(where.lon_deg), *LAUNCH[:2])
    assert distance < 3.0 * ARC_SIGMA_M
    assert abs(where.t) < 3.0 * ARC_SIGMA_S
    assert heading == pytest.approx(14.0, abs=5.0)
    assert 0.0 < sigma < 5.0
    assert where.ellipse_90_km.semi_major_km == pytest.approx(ARC_SIGMA_M / 1e3 * math.sqrt(2 * math.log(10)))


def test_an_orbit_has_no_launch_place():
    r = 7.0e6
    v = math.sqrt(3.986004418e14 / r)
    held = Gaussian(0.0, np.array([r, 0.0, 0.0, 0.0, 0.0, v]), np.eye(6))
    assert launch_by_arc(held, INV_BETA) == (None, None)
