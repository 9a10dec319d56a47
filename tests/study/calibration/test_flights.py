"""What flies in the study's worlds: open areas, true classes, and draws that hang on the seed alone."""

from dataclasses import replace

import numpy as np
import pytest

from tocsin.assess.assess import assess_all
from tocsin.assess.classify import CLASSES, MODEL
from tocsin.assess.classify.surface import EDGES_KM, speed_of
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.ballistic import propagate
from tocsin.study.calibration.areas import AIM, LAND, SEA, from_and_to, somewhere
from tocsin.study.calibration.flown import invariants, of_reach
from tocsin.study.calibration.missiles import PUSHED_S
from tocsin.study.calibration.moments import BETA, fly, territories, watched_of
from tocsin.study.calibration.network import seen
from tocsin.study.calibration.outcomes import probabilities
from tocsin.study.calibration.study import stream
from tocsin.study.calibration.told import told_of
from tocsin.study.calibration.worlds import THIRD, TUNING

QUICK = tuple(c for c in CLASSES if c not in ("fractional-orbit", "space-launch"))


def test_every_area_is_at_least_five_degrees_wide():
    for south, north, west, east in (*LAND, *SEA, *AIM):
        assert north - south >= 5.0
        assert east - west >= 5.0


def test_launch_and_aim_lie_in_open_areas_as_far_apart_as_asked():
    rng = np.random.default_rng(3)
    for angle in (0.1, 0.5, 1.2):
        for at_sea in (False, True):
            (a, b), (c, d) = from_and_to(angle, at_sea, rng)
            apart = np.arccos(np.sin(a) * np.sin(c) + np.cos(a) * np.cos(c) * np.cos(b - d))
            assert apart == pytest.approx(angle, abs=1e-6)
            for place, boxes in (((a, b), SEA if at_sea else LAND), ((c, d), AIM)):
                lat, lon = np.degrees(place)
                assert any(s <= lat <= n and w <= lon <= e for s, n, w, e in boxes)


def test_places_are_even_over_an_areas_surface():
    lat = somewhere(((0.0, 80.0, 0.0, 10.0),), 20_000, np.random.default_rng(0))[:, 0]
    assert np.mean(np.sin(lat) < 0.5 * np.sin(np.radians(80.0))) == pytest.approx(0.5, abs=0.015)


@pytest.mark.parametrize("name", QUICK)
def test_each_class_flies(name):
    flown = fly(name, THIRD, stream(1, name, 0))
    assert np.isfinite(flown.x).all()
    assert np.all(np.diff(flown.t) > 0.0)
    if flown.impact is not None:
        assert geodetic_from_ecef(flown.x[-1, :3])[2] < 30e3
    assert (flown.loft is None) == (flown.name in CLASSES[6:])
    if flown.name in ("mrbm", "irbm"):
        low = speed_of(EDGES_KM[("mrbm", "irbm").index(flown.name)])
        free = flown.x[np.searchsorted(flown.t, flown.looks_from + PUSHED_S)]
        assert invariants(free)[0] >= low
        assert of_reach(free) == flown.name
    if name == "meteor":
        assert np.linalg.norm(flown.light[0, 3:]) > 11e3
    if name == "satellite":
        assert flown.in_orbit


def test_a_missile_with_a_bus_falls_freely_until_the_push():
    """Each second of it: a path through its samples would bridge whatever is left out by a false thrust."""
    flown = fly("icbm-solid", THIRD, stream(1, "bus", 0))
    t, x = flown.t, flown.x
    assert np.max(np.diff(t)) <= 1.0 + 1e-9
    np.testing.assert_array_equal(x[0], flown.light[-1])
    coast = propagate(t[0], x[0], 0.0, t[t <= t[0] + PUSHED_S])
    gained = np.linalg.norm(x[: len(coast), 3:] - coast[:, 3:], axis=1)
    at = int(np.argmax(gained > 1.0))
    assert at > 10
    np.testing.assert_allclose(x[:at], coast[:at], rtol=0, atol=0.5)
    assert 20.0 < gained[at] < 500.0
    assert flown.looks_from == t[0] == flown.t_light[-1]


def test_a_flight_hangs_on_its_seed_alone():
    one, again, other = (told_of(watched_of(7, TUNING, stream(s, "tuning", 7)), TUNING) for s in (0, 0, 1))
    assert [t.moment for t in one] == [t.moment for t in again]
    np.testing.assert_array_equal(one[-1].known.x, again[-1].known.x)
    assert one[-1].territory == again[-1].territory
    assert other[-1].known.x.tolist() != one[-1].known.x.tolist()


def test_looks_are_as_far_off_as_the_fits_are_told():
    """Radar looks against the path: range noise and bias of the worst grade are some hundred metres."""
    flown = fly("satellite", TUNING, stream(0, "looks", 1))
    found = seen(flown, TUNING, stream(0, "looks", 2))
    assert found.eyes == 0
    assert found.out is None
    assert len(found.looks) >= 4
    at = np.searchsorted(flown.t, found.looks.t)
    np.testing.assert_allclose(flown.t[at], found.looks.t)
    true = np.linalg.norm(flown.x[at, :3] - found.looks.r_sensor, axis=1)
    off = found.looks.z[:, 0] - true
    assert 0.0 < np.abs(off).max() < 3000.0


def test_what_is_told_is_what_an_assessment_tells():
    """The study's territories and classes are those of `assess_all`, where the rates are the default ones."""
    world = replace(TUNING, rates=MODEL.rates)
    watched = [w for k in (3, 4, 5, 6, 7) for w in watched_of(k, world, stream(2, "tuning", k))]
    told = told_of(watched, world)
    made = assess_all([w.case for w in watched], territories(), 1.0 / BETA)
    assert any(t.territory is not None for t in told)
    p, _ = probabilities(told, MODEL)
    for t, row, one in zip(told, p, made, strict=True):
        np.testing.assert_allclose(row, list(one.classes.values()), rtol=1e-9)
        if t.territory is not None:
            assert t.territory == pytest.approx(one.territory, abs=1e-12)
