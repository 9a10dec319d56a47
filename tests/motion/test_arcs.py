"""Arcs of a batch, flown once: against single arcs in the whole field, the reference's and drawn bodies."""

import numpy as np
import pytest

from tests.motion.arcs import BURNOUT, earth_fixed, height, reference_arc
from tocsin.earth.air import air_density, below, layers
from tocsin.earth.atmosphere import US_1976
from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.motion.arcs import THIN_AIR, arcs_back, arcs_down, points_down
from tocsin.motion.ballistic import impact, propagate, propagate_stm

ROOT = np.diag([300.0, 300.0, 300.0, 5.0, 5.0, 5.0, 0.4])
ROOT[3, 0], ROOT[5, 4] = 2.0, -3.0
P = ROOT @ ROOT.T
# Slow to nearly orbital, steep and flat, dense bodies and light ones, one that falls in the air already.
SPEEDS = (0.35, 0.6, 0.85, 1.0, 1.02)
BETAS = (1.0 / 9000.0, 1.0 / 1500.0, 0.0)


def started(speed, lift=0.0):
    x = BURNOUT.copy()
    x[3:] = speed * x[3:] + lift * x[:3] / np.linalg.norm(x[:3])
    return x


CASES = [
    (started(s, lift), b) for s in SPEEDS for lift in (0.0, 900.0) for b in BETAS if lift == 0.0 or s < 0.9
]
X = np.array([x for x, _ in CASES])
INV_BETA = np.array([b for _, b in CASES])
COVARIANCES = np.repeat(P[None], len(X), axis=0)


@pytest.fixture(scope="module")
def down():
    return arcs_down(X, INV_BETA, COVARIANCES, np.tile([50.0, -1.0, 1e5], (len(X), 1)))


@pytest.fixture(scope="module")
def ends():
    return [impact(0.0, x, b) for x, b in CASES]


def test_impacts_and_transitions_are_those_of_single_arcs(down, ends):
    assert (down.status == 0).all()
    np.testing.assert_allclose(down.x[:, :3], [e.x[:3] for e in ends], atol=3.0)
    np.testing.assert_allclose(down.t, [e.t for e in ends], atol=5e-3)
    heights = geodetic_from_ecef(down.x[:, :3])[2]
    np.testing.assert_allclose(heights, 0.0, atol=0.1)
    for i, e in enumerate(ends):
        # In the units of the spread: what 1 sigma of each unknown moves.
        moved, told = e.phi @ ROOT, down.phi[i] @ ROOT
        assert (np.abs(told - moved) < 5e-3 * np.abs(moved).max(axis=1, keepdims=True)).all()


def test_apogees_and_their_spread(down, ends):
    for i, e in enumerate(ends):
        at = propagate_stm(0.0, X[i], INV_BETA[i], [e.t_apogee])
        up = at[0][0, :3] / np.linalg.norm(at[0][0, :3])
        sigma = np.sqrt(up @ at[1][0, :3] @ P @ at[1][0, :3].T @ up)
        assert down.apogee[i, 0] == pytest.approx(e.t_apogee, abs=0.1)
        assert down.apogee[i, 1] == pytest.approx(e.apogee_m, abs=8.0)
        assert np.sqrt(down.apogee[i, 2]) == pytest.approx(sigma, rel=0.01)


def test_what_lies_between(down, ends):
    for i, e in enumerate(ends):
        t = np.linspace(0.0, e.t, 25)
        x, phi = propagate_stm(0.0, X[i], INV_BETA[i], t)
        told = down.samples[i]
        np.testing.assert_allclose(told[:, 0], t, atol=5e-3)
        r = ecef_from_geodetic(told[:, 1], told[:, 2], told[:, 3])
        assert np.linalg.norm(r - x[:, :3], axis=1).max() < 60.0
        np.testing.assert_allclose(told[:, 4], np.linalg.norm(x[:, 3:], axis=1), atol=30.0)
        sigma = np.sqrt(np.trace(phi[:, :3] @ P @ np.swapaxes(phi[:, :3], 1, 2), axis1=1, axis2=2) / 3.0)
        np.testing.assert_allclose(told[:, 5], sigma, rtol=0.01)


def test_states_that_were_asked_for(down):
    for i in range(len(X)):
        x, phi = propagate_stm(0.0, X[i], INV_BETA[i], [50.0])
        np.testing.assert_allclose(down.asked_x[i, 0], x[0], atol=3.0)
        np.testing.assert_allclose(down.asked_phi[i, 0] @ ROOT, phi[0] @ ROOT, atol=0.5)
    assert np.isnan(down.asked_x[:, 1:]).all()  # before the start and after the impact


def test_against_the_reference_in_an_inertial_frame():
    """The field's finer part is not lost: the zonal field alone comes down 100 m and more elsewhere."""

    def ground(t, y):
        return height(earth_fixed(t, y)[:3])

    ground.terminal, ground.direction = True, -1.0
    sol = reference_arc(BURNOUT, 0.0, (0.0, 3000.0), events=ground)
    end = earth_fixed(sol.t_events[0][0], sol.y_events[0][0])
    ours = arcs_down(BURNOUT[None], 0.0, P[None])
    assert np.linalg.norm(ours.x[0, :3] - end[:3]) < 3.0
    zonal = points_down(BURNOUT[None], np.zeros(1))[2][0]
    assert 50.0 < np.linalg.norm(zonal - end[:3]) < 500.0


def orbiting(fraction):
    r = 6378137.0 + 500e3
    v = fraction * np.sqrt(MU / r)
    return np.array([r, 0.0, 0.0, 0.0, v * 0.5 - OMEGA * r, v * np.sqrt(0.75)])


def test_what_does_not_come_down_is_told_so():
    x = np.array([orbiting(1.0), orbiting(1.5), np.full(6, np.nan), BURNOUT, 0.5 * BURNOUT])
    arcs = arcs_down(x, 1e-4, np.repeat(P[None], 5, axis=0), np.full((5, 1), 10.0))
    assert arcs.status.tolist() == [1, 1, 3, 0, 3]
    bad = arcs.status != 0
    for field in (arcs.t, arcs.x, arcs.phi, arcs.apogee, arcs.samples, arcs.asked_x, arcs.asked_phi):
        assert np.isnan(field[bad]).all()
        assert np.isfinite(field[~bad]).all()


@pytest.mark.parametrize("inv_beta", BETAS)
@pytest.mark.parametrize("when", [0.3, 0.7, 0.97])
def test_drawn_back_to_the_apogee_and_the_ground(inv_beta, when):
    """From anywhere on its arc, the air of the fall included, a body comes from the same place."""
    for speed in (0.35, 0.85, 1.0):
        x = started(speed)
        end = impact(0.0, x, inv_beta)
        t = when * end.t
        later = propagate(0.0, x, inv_beta, [t])
        (top,), (start,) = arcs_back(later, inv_beta, P[None])
        up = propagate(0.0, x, 0.0, [start[0] + t])[0]
        assert np.linalg.norm(up[:3] - start[1:4]) < 400.0  # of the drag above burnout, and of the field
        assert abs(geodetic_from_ecef(start[1:4])[2]) < 1.0
        if t > end.t_apogee:
            assert top[1] == pytest.approx(end.apogee_m, abs=80.0)
            assert top[0] + t == pytest.approx(end.t_apogee, abs=0.1)
        else:
            assert np.isnan(top).all()


def test_an_apogee_behind_is_told_with_its_spread():
    end = impact(0.0, BURNOUT, 1e-4)
    later = propagate(0.0, BURNOUT, 1e-4, [end.t_apogee + 300.0])
    (apogee,) = arcs_down(later, 1e-4, P[None]).apogee
    _, phi = propagate_stm(0.0, later[0], 1e-4, [-300.0])
    top = propagate(0.0, later[0], 1e-4, [-300.0])[0, :3]
    row = top / np.linalg.norm(top) @ phi[0, :3]
    assert apogee[0] == pytest.approx(-300.0, abs=0.1)
    assert apogee[1] == pytest.approx(end.apogee_m, abs=50.0)
    assert np.sqrt(apogee[2]) == pytest.approx(np.sqrt(row @ P @ row), rel=0.01)


def test_a_body_that_came_from_no_ground():
    _, start = arcs_back(orbiting(1.0)[None], 1e-4)
    assert np.isnan(start).all()


def test_the_air_below_is_the_same_and_ends():
    assert layers(THIN_AIR) == layers(US_1976) - 1
    for h in np.linspace(-1e3, 149.9e3, 300):
        assert air_density(h, THIN_AIR) == air_density(h, US_1976)
    assert layers(below(US_1976, 1e3)) == 1
    np.testing.assert_array_equal(below(US_1976, 1e9), US_1976)


def test_points_lie_where_single_bodies_fall():
    status, t, r = points_down(X, INV_BETA)
    for i, (x, b) in enumerate(CASES):
        end = impact(0.0, x, b)
        assert status[i] == 0
        assert np.linalg.norm(r[i] - end.x[:3]) < 400.0
        assert t[i] == pytest.approx(end.t, abs=0.2)


@pytest.mark.parametrize("beta", [40.0, 60.0, 90.0])
def test_a_light_body_that_is_slowed_for_long(beta):
    """A flat fall from an orbit, minutes at the speed at which drag bears it: its end is that of `impact`."""
    r = ecef_from_geodetic(0.6, 0.2, 130e3)
    up = r / np.linalg.norm(r)
    east = np.cross([0.0, 0.0, 1.0], up) / np.linalg.norm(np.cross([0.0, 0.0, 1.0], up))
    x = np.concatenate([r, 7350.0 * (np.cos(0.03) * east - np.sin(0.03) * up)])
    down = arcs_down(x[None], [1.0 / beta], P[None])
    end = impact(0.0, x, 1.0 / beta)
    assert end.status == "impact"
    assert down.status[0] == 0
    np.testing.assert_allclose(down.x[0, :3], end.x[:3], atol=60.0)
    assert np.isfinite(down.phi).all()
    assert (np.diff(down.samples[0, :, 3]) < 0.0).all()


@pytest.mark.parametrize("height_m", [125e3, 145e3, 150e3, 160e3, 168e3, 175e3, 210e3])
@pytest.mark.parametrize("down_m_s", [30.0, 80.0, 200.0])
def test_a_shallow_fall_into_the_air_comes_down_as_a_fine_integration_says(height_m, down_m_s):
    """At nearly orbital speed a step falls by less than the depth of the air's thin top."""
    x = np.array([R_EQ + height_m, 0.0, 0.0, -down_m_s, 4600.0, 5700.0])
    end = impact(0.0, x, 1.0 / 300.0)
    status, t, r = points_down(x[None], np.array([1.0 / 300.0]))
    assert status[0] == 0
    assert t[0] == pytest.approx(end.t, abs=0.5)
    assert np.linalg.norm(r[0] - end.x[:3]) < 2000.0
    fine = propagate(0.0, x, 1.0 / 300.0, np.arange(0.0, t[0] + 5.0))
    assert np.argmax(geodetic_from_ecef(fine[:, :3])[2] < 0.0) == pytest.approx(t[0], abs=2.0)
