"""The climb that two telescopes' looks have together: right, with an error that holds it, or not told."""

import numpy as np
import pytest

from tocsin.assess.evidence.stereo import LEAST_LOOKS, climb_of
from tocsin.earth.constants import R_EQ
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import focal_values

SIGMA = 20e-6
EYES = R_EQ * np.array([[6.6, 0.0, 0.0], [5.7, 3.3, 0.0]])  # 30 degrees apart over the equator


def looks(v_up, rng, height_m=60e3, eyes=EYES, n=24, bias=0.0, east=6000.0, at_deg=20.0, north_m=0.0):
    """Over the equator at 20 degrees east, going east at 6 km/s and climbing at v_up in the middle."""
    t = np.linspace(0.0, 28.0, n)
    angle = np.radians(at_deg) + east / R_EQ * (t - 14.0)
    far = R_EQ + height_m + v_up * (t - 14.0) + 0.5 * 15.0 * (t - 14.0) ** 2
    r = far[:, None] * np.stack([np.cos(angle), np.sin(angle), np.full(n, north_m / R_EQ)], axis=1)
    rows = [
        Looks(
            t,
            np.full(n, k),
            np.column_stack([focal_values(r, np.tile(eye, (n, 1))), np.zeros(n)])
            + np.column_stack([SIGMA * rng.standard_normal((n, 2)) + bias * (k + 1), np.zeros(n)]),
            np.full((n, 3), SIGMA),
            np.tile(eye, (n, 1)),
        )
        for k, eye in enumerate(eyes)
    ]
    return Looks(*(np.concatenate([getattr(row, f) for row in rows]) for f in Looks.__dataclass_fields__))


@pytest.mark.parametrize(("v_up", "at_deg"), [(-600.0, 20.0), (900.0, 20.0), (-600.0, 72.0)])
def test_the_climb_and_its_error(v_up, at_deg):
    """Also near the limb of both, where the lines of sight are longest."""
    rng = np.random.default_rng(3)
    found = [climb_of(looks(v_up, rng, at_deg=at_deg)) for _ in range(300)]
    off = np.array([f.v_up - v_up for f in found])
    off /= np.array([f.sigma for f in found])
    # Of 300 unit normal errors: 95 % within two, to four sigma of that share; the sum of squares likewise.
    assert 0.90 < np.mean(np.abs(off) < 2.0) < 1.0
    assert 0.75 < np.mean(off**2) < 1.33
    assert np.median([f.height_m for f in found]) == pytest.approx(60e3, abs=500.0)
    assert all(f.t == pytest.approx(14.0) for f in found)


def test_a_fixed_error_of_a_telescope_hardly_moves_it():
    found = climb_of(looks(-600.0, np.random.default_rng(1), bias=50e-6))
    assert found.v_up == pytest.approx(-600.0, abs=3.0 * found.sigma)


def test_what_one_telescope_or_two_near_each_other_see_tells_no_climb():
    rng = np.random.default_rng(2)
    both = looks(-600.0, rng)
    assert climb_of(both.where(both.channel == 0)) is None
    few = both.where((both.channel == 0) | (np.cumsum(both.channel == 1) < LEAST_LOOKS))
    assert climb_of(few) is None
    near = np.array([EYES[0], R_EQ * np.array([6.55, 0.8, 0.0])])
    assert climb_of(looks(-600.0, rng, eyes=near)) is None
    assert climb_of(both.where(both.channel > 5)) is None


def test_two_bodies_are_no_path():
    """One launch in each telescope, both climbing: together they would seem to fall."""
    rng = np.random.default_rng(4)
    one, other = looks(600.0, rng, east=1000.0), looks(600.0, rng, east=1600.0, north_m=30e3)
    first, second = one.where(one.channel == 0), other.where(other.channel == 1)
    both = Looks(
        *(np.concatenate([getattr(p, f) for p in (first, second)]) for f in Looks.__dataclass_fields__)
    )
    assert climb_of(both) is None


def test_a_look_straight_down_and_one_time_alone():
    rng = np.random.default_rng(5)
    made = looks(-600.0, rng)
    z = made.z.copy()
    z[0] = 0.0
    climb_of(Looks(made.t, made.channel, z, made.sigma, made.r_sensor))  # no line across is found by chance
    once = made.where(made.t == made.t[0])
    many = Looks(*(np.concatenate([getattr(once, f)] * 6) for f in Looks.__dataclass_fields__))
    assert climb_of(many) is None
