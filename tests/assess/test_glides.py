"""Where glides come down: against the notional body flown, and against the arcs that they leave."""

import numpy as np
import pytest

from tocsin.assess.assessment import Sample
from tocsin.assess.glides import DOWN, LIFT_TO_DRAG, RANGE_KM, SPEEDS_KM_S, glides, range_km
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse, geodetic_from_ecef
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.glide import glide
from tocsin.sensor.measurement import site_axes

HERE = (0.6, 0.3)


def entering(speed_km_s, down, azimuth=0.0):
    r = ecef_from_geodetic(*HERE, 90e3)
    level = np.cos(down)
    way = [level * np.sin(azimuth), level * np.cos(azimuth), -np.sin(down)]
    return np.concatenate([r, 1e3 * speed_km_s * (site_axes(r).T @ way)])


def flown(x, lift_to_drag):
    """Ground range km and bearing rad of the notional body."""
    _, states = glide(x, 1.0 / 3000.0, lift_to_drag)
    lat, lon, _ = geodetic_from_ecef(states[-1, :3])
    metres, bearing = geodesic_inverse(*HERE, float(lat), float(lon))[:2]
    return metres / 1e3, bearing


@pytest.mark.parametrize(("i", "j"), [(1, 1), (3, 0), (4, 2), (5, 3), (6, 0), (2, 5)])
def test_the_table_is_of_the_notional_body(i, j):
    """The mean of ways north and south: the Earth's turn shifts either."""
    for end, ratio in enumerate(LIFT_TO_DRAG):
        both = [flown(entering(SPEEDS_KM_S[i], DOWN[j], az), ratio)[0] for az in (0.0, np.pi)]
        assert RANGE_KM[end, i, j] == pytest.approx(np.mean(both), abs=1.0, rel=0.005)


def test_between_its_figures_the_table_is_near():
    for speed, down, ratio in ((4.5, 0.09, 2.5), (5.5, 0.16, 2.5), (2.6, 0.05, 2.0)):
        ends = range_km(np.array([speed]), np.array([down]))[0]
        part = (ratio - LIFT_TO_DRAG[0]) / (LIFT_TO_DRAG[1] - LIFT_TO_DRAG[0])
        told = ends[0] + part * (ends[1] - ends[0])
        assert told == pytest.approx(flown(entering(speed, down), ratio)[0], rel=0.1)


def arc(x, inv_beta=1.0 / 3000.0):
    """The ephemeris of an arc to the ground as `trajectory` has it, and its end."""
    end = impact(0.0, x, inv_beta)
    t = np.linspace(0.0, end.t, 25)
    states = propagate(0.0, x, inv_beta, t)
    states[-1] = end.x
    lat, lon, h = geodetic_from_ecef(states[:, :3])
    speed = np.linalg.norm(states[:, 3:], axis=1)
    rows = zip(t, np.degrees(lat), np.degrees(lon), h / 1e3, speed, 0.0 * t, strict=True)
    return tuple(Sample(*map(float, row)) for row in rows), (float(lat[-1]), float(lon[-1]))


@pytest.mark.parametrize("back_s", [0.0, 60.0, 200.0])
def test_a_glide_goes_on_where_its_arc_would_end(back_s):
    """Seen at the entry or before it: half of the places lie short of where the mean body comes down."""
    entry = entering(4.5, 0.1, 0.7)
    start = propagate(0.0, entry, 0.0, np.array([-back_s]))[0]
    samples, end = arc(start)
    places = glides([samples], np.tile(end, (1, 25, 1)))[0]
    far = np.array([geodesic_inverse(*HERE, *place)[0] / 1e3 for place in places])
    (least, bearing), (most, _) = flown(entry, LIFT_TO_DRAG[0]), flown(entry, LIFT_TO_DRAG[1])
    assert geodesic_inverse(*HERE, *end)[0] / 1e3 < least
    # The table knows no heading: what the Earth's turn gives or takes is a tenth.
    assert far.min() > 0.85 * least
    assert far.max() < 1.15 * most
    assert np.median(far) == pytest.approx(0.5 * (least + most), rel=0.12)
    way = np.degrees([geodesic_inverse(*HERE, *place)[1] - bearing for place in places])
    assert np.abs(way.mean()) < 3.0
    assert 1.0 < way.std() < 6.0


def test_a_place_that_is_none_stays_none():
    samples, end = arc(entering(4.0, 0.1))
    places = np.tile(end, (1, 25, 1))
    places[0, 3] = np.nan
    there = glides([samples], places)[0]
    assert np.isnan(there[3]).all()
    assert np.isfinite(np.delete(there, 3, axis=0)).all()
