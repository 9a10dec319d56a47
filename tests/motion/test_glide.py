"""The gliding body and the burn against SciPy, and against what a level glide must be."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tests.earth.field import acceleration
from tests.motion.arcs import OMEGA, height
from tests.motion.test_impact import launched
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.burn import burn
from tocsin.motion.glide import glide

START = launched(6500.0, -1.5, h=80e3)


def test_without_lift_it_is_a_fall():
    end = impact(0.0, START, 1 / 5000)
    t, x = glide(START, 1 / 5000, 0.0)
    assert t[-1] == pytest.approx(end.t, abs=0.01)
    assert np.linalg.norm(x[-1, :3] - end.x[:3]) < 5.0
    np.testing.assert_allclose(x[20, :3], propagate(0.0, START, 1 / 5000, [20.0])[0, :3], atol=0.05)


def test_lift_carries_it_farther_and_levels_it():
    fall, _ = glide(START, 1 / 3000, 0.0)
    t, x = glide(START, 1 / 3000, 2.5)
    assert t[-1] > 3.0 * fall[-1]
    h = geodetic_from_ecef(x[:, :3])[2]
    assert h[-1] == pytest.approx(0.0, abs=1e-3)
    # Once level it sinks slowly and steadily: no bounce of more than a few hundred metres.
    level = h[120:400]
    assert np.diff(level).max() < 50.0
    speed = np.linalg.norm(x[:, 3:], axis=1)
    assert (np.diff(speed[60:400]) < 0).all()


def test_a_level_glide_loses_speed_as_its_ratio_says():
    # Level flight at less than orbital speed: lift m (g - v2/r), so dv/dt = -(g - v2/r) / (L/D).
    t, x = glide(launched(3500.0, 0.0, h=48e3), 1 / 3000, 3.0)
    speed = np.linalg.norm(x[:, 3:], axis=1)
    i = int(np.searchsorted(t, 150.0))
    loss = (speed[i + 40] - speed[i - 40]) / 80.0
    inertial = np.linalg.norm(x[i, 3:] + np.cross([0, 0, OMEGA], x[i, :3]))
    need = 9.7 - inertial**2 / 6.42e6
    assert loss == pytest.approx(-need / 3.0, rel=0.15)


@pytest.mark.parametrize("bad", [np.full(6, np.nan), launched(6500.0, 0.0, h=-100.0)])
def test_what_cannot_glide_gives_nothing(bad):
    t, x = glide(bad, 1 / 3000, 2.0)
    assert len(t) == len(x) == 0


def test_a_body_that_never_comes_down_gives_nothing():
    assert len(glide(launched(7600.0, 0.0, h=400e3), 1 / 3000, 2.0)[0]) == 0


def test_a_burn_against_scipy():
    start = launched(7300.0, 0.0, h=300e3)

    def f(_, y):
        r, v = y[:3], y[3:]
        spin = np.array([0.0, 0.0, OMEGA])
        a = np.array(acceleration(*r.tolist())) - 2 * np.cross(spin, v) - np.cross(spin, np.cross(spin, r))
        return np.concatenate([v, a - 120.0 / 60.0 * v / np.linalg.norm(v)])

    there = solve_ivp(f, (0.0, 60.0), start, method="DOP853", rtol=1e-11, atol=1e-6).y[:, -1]
    t, x = burn(start, -120.0, 60.0)
    assert t[-1] == 60.0
    assert np.linalg.norm(x[-1, :3] - there[:3]) < 1e-3
    assert np.linalg.norm(x[-1, 3:] - there[3:]) < 1e-5
    assert height(x[0, :3]) == pytest.approx(300e3, abs=1e-3)
