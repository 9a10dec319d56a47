"""Launch place and heading: from a fitted template, and from an arc drawn back to the ground."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, LAUNCH, T_BURNOUT, TELESCOPES, Ascent, template
from tocsin.assess.launch import (
    ARC_SIGMA_M,
    ARC_SIGMA_S,
    launch_by_arc,
    launch_by_templates,
    launches_by_arc,
)
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.boost import fit_template
from tocsin.motion.ballistic import impact, propagate
from tocsin.track.boost import BoostEstimate


@pytest.fixture(scope="module")
def fit():
    ascent = Ascent(7)
    return ascent, fit_template(ascent.looks, TELESCOPES, template(), ascent.out)


def bank(*weighted):
    """What a bank says whose fits have these weights."""
    fits, weights = zip(*weighted, strict=True)
    return BoostEstimate(fits, weights, fits[0].state, "template", 90, None)


def test_by_template(fit):
    ascent, found = fit
    where, (heading, sigma) = launch_by_templates(bank((found, 1.0)))
    distance, _ = geodesic_inverse(math.radians(where.lat_deg), math.radians(where.lon_deg), *LAUNCH[:2])
    assert distance < 4e3 * where.ellipse_90_km.semi_major_km / 2.146
    assert where.t == pytest.approx(ascent.t_launch, abs=4.0 * where.sigma_s)
    assert abs((heading - math.degrees(ascent.azimuth) + 180.0) % 360.0 - 180.0) < 4.0 * sigma
    assert 0.0 <= heading < 360.0


def test_its_ellipse_is_that_of_the_fit(fit):
    """East is longitude times cos(latitude): points drawn in radians fall within the ellipse in km."""
    _, found = fit
    where, _ = launch_by_templates(bank((found, 1.0)))
    drawn = np.random.default_rng(1).multivariate_normal([0.0, 0.0], found.launch_P[:2, :2], 20_000)
    north, east = drawn[:, 0] * 6371.0, drawn[:, 1] * 6371.0 * math.cos(found.launch[0])
    az = math.radians(where.ellipse_90_km.azimuth_deg)
    along = east * math.sin(az) + north * math.cos(az)
    across = east * math.cos(az) - north * math.sin(az)
    e = where.ellipse_90_km
    inside = (along / e.semi_major_km) ** 2 + (across / e.semi_minor_km) ** 2 < 1.0
    assert inside.mean() == pytest.approx(0.9, abs=0.01)


def test_two_templates_alike_are_a_mixture(fit):
    """One in doubt between two classes says the place, the time and the spread of both."""
    _, one = fit
    off = np.array([0.01, -0.02, 40.0])
    other = replace(one, launch=one.launch + off, azimuth=(one.azimuth + 0.3) % (2 * math.pi))
    alone, (heading, sigma) = launch_by_templates(bank((one, 1.0)))
    where, (between, spread) = launch_by_templates(bank((one, 0.7), (other, 0.3)))
    assert math.radians(where.lat_deg - alone.lat_deg) == pytest.approx(0.3 * off[0])
    assert math.radians(where.lon_deg - alone.lon_deg) == pytest.approx(0.3 * off[1])
    assert where.t - alone.t == pytest.approx(0.3 * off[2])
    assert where.sigma_s == pytest.approx(math.hypot(alone.sigma_s, math.sqrt(0.21) * off[2]))
    assert (between - heading) % 360.0 == pytest.approx(math.degrees(0.3 * 0.3))
    assert spread == pytest.approx(math.hypot(sigma, math.degrees(math.sqrt(0.21) * 0.3)))
    # The place's two standard deviations along the line between the two.
    metres = math.hypot(off[0], off[1] * math.cos(one.launch[0])) * 6371.0
    assert where.ellipse_90_km.semi_major_km == pytest.approx(2.146 * math.sqrt(0.21) * metres, rel=0.05)


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


def test_by_arc_in_the_air_of_the_fall():
    """Half a minute before the ground, of a light body slowed to half: what drag took is given back."""
    light = 1.0 / 1500.0
    end = impact(T_BURNOUT, BURNOUT, light)
    x = propagate(T_BURNOUT, BURNOUT, light, [end.t - 30.0])[0]
    assert np.linalg.norm(x[3:]) < 0.5 * np.linalg.norm(BURNOUT[3:])
    held = Gaussian(end.t - 30.0, x, np.diag([1e3, 1e3, 1e3, 10.0, 10.0, 10.0]) ** 2)
    where, _ = launch_by_arc(held, light)
    distance, _ = geodesic_inverse(math.radians(where.lat_deg), math.radians(where.lon_deg), *LAUNCH[:2])
    assert distance < 3.0 * ARC_SIGMA_M
    assert abs(where.t) < 3.0 * ARC_SIGMA_S


def test_many_by_arc_are_each_by_itself():
    r = 7.0e6
    orbit = Gaussian(5.0, np.array([r, 0.0, 0.0, 0.0, 0.0, math.sqrt(3.986004418e14 / r)]), np.eye(6))
    states = [
        Gaussian(t, propagate(T_BURNOUT, BURNOUT, INV_BETA, [t])[0], np.eye(6)) for t in (T_BURNOUT, 900.0)
    ]
    told = launches_by_arc([states[0], orbit, states[1]], np.full(3, INV_BETA))
    assert told[1] == (None, None)
    assert [told[0], told[2]] == [launch_by_arc(s, INV_BETA) for s in states]
    assert launches_by_arc([], np.empty(0)) == []


def test_an_orbit_has_no_launch_place():
    r = 7.0e6
    v = math.sqrt(3.986004418e14 / r)
    held = Gaussian(0.0, np.array([r, 0.0, 0.0, 0.0, 0.0, v]), np.eye(6))
    assert launch_by_arc(held, INV_BETA) == (None, None)
