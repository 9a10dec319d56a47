"""Powered ascent against SciPy's DOP853 on equations written here, and against the rocket equation."""

from itertools import pairwise

import erfa
import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tests.earth.field import acceleration
from tests.motion.arcs import OMEGA
from tocsin.catalogue import vehicle, vehicles
from tocsin.earth.atmosphere import density, speed_of_sound
from tocsin.motion.rocket import Rocket, rocket
from tocsin.motion.thrust import ascend, drag_coefficient

LAUNCH = (np.radians(39.87), np.radians(125.27), 0.0)
AZIMUTH, KICK = np.radians(86.0), 0.15


def airless(body):
    """The same rocket without a cross-section."""
    return Rocket(body.stages, np.array([0.0, 0.0, 0.0]), body.vertical_s, body.pitch_over_end_s)


def burning(stages, cutoff):
    """(from, until, mass at the start, thrust, mass flow) of each stage up to the cut-off."""
    rows, start = [], 0.0
    for mass, propellant, thrust, exhaust in stages:
        flow = thrust / exhaust
        end = start + propellant / flow
        if start < cutoff:
            rows.append((start, min(end, cutoff), mass, thrust, flow))
        start = end
    return rows


def flown(body, azimuth, kick, cutoff, times):
    """The states at times (n,) of the docstring's equations, piece by piece between the ascent's events."""
    area, cd, cd_peak = body.body
    lat, lon, _ = LAUNCH
    up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    east, north = np.array([-np.sin(lon), np.cos(lon), 0.0]), np.cross(up, [-np.sin(lon), np.cos(lon), 0.0])
    aim = np.sin(azimuth) * east + np.cos(azimuth) * north
    spin = np.array([0.0, 0.0, OMEGA])
    rows = burning(body.stages, cutoff)
    last = body.stages[len(rows) - 1]
    after = last[0] - rows[-1][4] * (rows[-1][1] - rows[-1][0])

    def derivative(t, y, row, programme):
        r, v = y[:3], y[3:]
        speed = np.linalg.norm(v)
        a = np.array(acceleration(*r.tolist()))
        a = a - 2.0 * np.cross(spin, v) - np.cross(spin, np.cross(spin, r))
        start, _, mass, thrust, flow = row
        m = mass - flow * (t - start)
        h = float(erfa.gc2gd(1, r)[2])
        if area and h < 150e3 and speed:
            mach = speed / speed_of_sound(h)
            rise = (mach - 0.8) / 0.4 if mach < 1.2 else np.exp(-(mach - 1.2) / 1.5)
            c = cd + (cd_peak - cd) * max(rise, 0.0)
            a = a - 0.5 * density(h) * speed * v * c * area / m
        tilt = kick * np.clip((t - body.vertical_s) / (body.pitch_over_end_s - body.vertical_s), 0.0, 1.0)
        along = np.cos(tilt) * up + np.sin(tilt) * aim if programme else v / max(speed, 1e-12)
        return np.concatenate([v, a + thrust / m * along])

    ends = {body.vertical_s, body.pitch_over_end_s, times[-1], *(r[1] for r in rows)}
    ends = sorted(e for e in ends if 0.0 < e <= times[-1])
    y = np.concatenate([np.asarray(erfa.gd2gc(1, lon, lat, 0.0)), np.zeros(3)])
    out, t = [], 0.0
    for end in ends:
        row = next((r for r in rows if r[0] <= t + 1e-9 < r[1]), (t, end, after, 0.0, 0.0))
        programme = t + 1e-9 < body.pitch_over_end_s
        inside = times[(times > t) & (times <= end)]
        piece = solve_ivp(
            derivative,
            (t, end),
            y,
            method="DOP853",
            t_eval=np.union1d(inside, [end]),
            args=(row, programme),
            rtol=1e-10,
            atol=1e-6,
            max_step=2.0,
        )
        out += [piece.y[:, i] for i, s in enumerate(piece.t) if s in inside]
        y, t = piece.y[:, -1], end
    return np.array(out)


@pytest.mark.parametrize(("key", "cutoff"), [("icbm-liquid", 280.0), ("icbm-solid", 170.0), ("srbm", 40.0)])
def test_against_dop853(key, cutoff):
    body = rocket(vehicle(key))
    times = np.array([3.0, 9.0, 17.0, 35.5, 64.2, 120.0, 181.3, cutoff, cutoff + 25.0])
    times = np.unique(times[times <= cutoff + 25.0])
    expected = flown(body, AZIMUTH, KICK, cutoff, times)
    fine = ascend(body, LAUNCH, AZIMUTH, KICK, cutoff, times, 0.05)
    assert np.abs(fine[:, :3] - expected[:, :3]).max() < 0.05
    assert np.abs(fine[:, 3:] - expected[:, 3:]).max() < 0.005
    # The step that the fits use.
    coarse = ascend(body, LAUNCH, AZIMUTH, KICK, cutoff, times)
    assert np.abs(coarse[:, :3] - expected[:, :3]).max() < 5.0
    assert np.abs(coarse[:, 3:] - expected[:, 3:]).max() < 0.1


def test_the_rocket_equation():
    """A burn too short for gravity: the speed gained is the sum of v_e ln(mass before / after)."""
    stages = np.array([[10e3, 6e3, 1e9, 2500.0], [3e3, 2.2e3, 5e8, 3000.0]])
    body = Rocket(stages, np.zeros(3), 10.0, 20.0)
    total = 2500.0 * np.log(10 / 4) + 3000.0 * np.log(3 / 0.8)
    assert body.burn_s == pytest.approx(6e3 * 2500 / 1e9 + 2.2e3 * 3000 / 5e8)
    x = ascend(body, LAUNCH, 0.0, 0.0, 1.0, np.array([body.burn_s]), 1e-5)[0]
    assert np.linalg.norm(x[3:]) == pytest.approx(total - 9.8 * body.burn_s, abs=0.1)
    # Stopped when half of the second stage's propellant is gone.
    cutoff = 6e3 * 2500 / 1e9 + 1.1e3 * 3000 / 5e8
    x = ascend(body, LAUNCH, 0.0, 0.0, cutoff, np.array([cutoff]), 1e-5)[0]
    half = 2500.0 * np.log(10 / 4) + 3000.0 * np.log(3 / 1.9)
    assert np.linalg.norm(x[3:]) == pytest.approx(half - 9.8 * cutoff, abs=0.1)
    up = np.asarray(erfa.gd2gc(1, LAUNCH[1], LAUNCH[0], 1.0)) - np.asarray(
        erfa.gd2gc(1, LAUNCH[1], LAUNCH[0], 0.0)
    )
    np.testing.assert_allclose(x[3:] / np.linalg.norm(x[3:]), up, atol=1e-4)


@pytest.mark.parametrize("key", [v.key for v in vehicles()])
def test_masses_of_the_stack(key):
    v = vehicle(key)
    body = rocket(v)
    stages = body.stages
    assert stages[0, 0] == pytest.approx(sum(s.mass_kg for s in v.stages) + v.payload_kg)
    for k, stage in enumerate(v.stages):
        above = stages[k + 1, 0] if k + 1 < len(stages) else v.payload_kg
        assert stages[k, 0] - stage.mass_kg == pytest.approx(above)
        assert stage.propellant_kg < stage.mass_kg
    assert body.burn_s == pytest.approx(sum(s.burn_s for s in v.stages))
    assert body.body[0] == pytest.approx(np.pi / 4 * v.diameter_m**2)


def test_scaled_engines():
    body = rocket(vehicle("icbm-liquid"))
    other = body.scaled(np.array([1.1, 0.9]), 1.02, 1.5)
    np.testing.assert_allclose(other.stages[:, 2], body.stages[:, 2] * [1.1, 0.9])
    np.testing.assert_allclose(other.stages[:, 3], body.stages[:, 3] * 1.02)
    np.testing.assert_array_equal(other.stages[:, :2], body.stages[:, :2])
    assert other.pitch_over_end_s - 10.0 == pytest.approx(1.5 * 20.0)
    assert other.burn_s == pytest.approx(
        np.sum(body.stages[:, 1] * body.stages[:, 3] * 1.02 / other.stages[:, 2])
    )


def test_order_of_convergence():
    """Without air, whose layers and Mach ridge are not smooth, halving the step divides the error by 16."""
    body = airless(rocket(vehicle("icbm-solid")))
    at = np.array([187.0])
    best = ascend(body, LAUNCH, AZIMUTH, KICK, 187.0, at, 0.05)
    error = [
        np.linalg.norm((ascend(body, LAUNCH, AZIMUTH, KICK, 187.0, at, h) - best)[0, :3])
        for h in (4.0, 2.0, 1.0)
    ]
    assert error[0] < 500.0
    for a, b in pairwise(error):
        assert 11.0 < a / b < 22.0


def test_the_times_asked_for_do_not_move_the_arc():
    body = rocket(vehicle("icbm-liquid"))
    alone = ascend(body, LAUNCH, AZIMUTH, KICK, 250.0, np.array([250.0]), 0.25)
    among = ascend(
        body, LAUNCH, AZIMUTH, KICK, 250.0, np.array([0.0, 13.7, 61.03, 61.04, 249.99, 250.0]), 0.25
    )
    assert np.abs(among[-1] - alone[0])[:3].max() < 0.1
    np.testing.assert_allclose(among[0, :3], erfa.gd2gc(1, LAUNCH[1], LAUNCH[0], 0.0), atol=1e-6)
    assert not among[0, 3:].any()


def test_before_lift_off_it_stands():
    body = rocket(vehicle("icbm-liquid"))
    x = ascend(body, LAUNCH, AZIMUTH, KICK, 250.0, np.array([-5.0, 0.0, 5.0]))
    np.testing.assert_array_equal(x[0], x[1])
    assert np.linalg.norm(x[2, 3:]) > 10.0


def test_it_turns_toward_the_azimuth():
    body = rocket(vehicle("icbm-liquid"))
    for azimuth in np.radians([0.0, 100.0, 215.0, 340.0]):
        x = ascend(body, LAUNCH, azimuth, 0.3, 250.0, np.array([150.0]))[0]
        lat, lon = LAUNCH[:2]
        east = np.array([-np.sin(lon), np.cos(lon), 0.0])
        north = np.array([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)])
        heading = np.arctan2(x[3:] @ east, x[3:] @ north)
        assert abs((heading - azimuth + np.pi) % (2 * np.pi) - np.pi) < np.radians(2.0)


@pytest.mark.parametrize(
    ("mach", "expected"), [(0.0, 0.25), (0.79, 0.25), (1.0, 0.35), (1.2, 0.45), (2.7, 0.3236)]
)
def test_drag_coefficient(mach, expected):
    assert drag_coefficient(mach, 0.25, 0.45) == pytest.approx(expected, abs=1e-4)
