"""Re-entries: the fall from orbit against SciPy, its loss of energy, and how each may end."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import lpmv

from tests.earth.field import GM, RADIUS, acceleration, coefficients
from tocsin.catalogue import Elements
from tocsin.catalogue.plan import ReentryPlan
from tocsin.earth.atmosphere import density
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.gravity import gravity
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.flight.fly import fly
from tocsin.flight.reentry import fly_reentry
from tocsin.motion.ballistic import propagate

EPOCH = "2021-05-09T00:00:00Z"
START = tai_from_utc(EPOCH)
OMEGA, BETA = 7.292115e-5, 100.0
HOUR = 3600.0


def circular(height_km, inclination_deg=41.5, eccentricity=0.0):
    revs = np.sqrt(GM / (6378137.0 + height_km * 1e3) ** 3) * 86400.0 / (2.0 * np.pi)
    return Elements(
        START,
        EPOCH,
        revs,
        eccentricity,
        inclination_deg,
        0.0,
        0.0,
        0.0,
        1e-4,
        0.0,
        0,
        "made up for this test",
    )


@cache
def flown(height_km, inclination_deg=41.5, days=10.0):
    plan = ReentryPlan("object", circular(height_km, inclination_deg), BETA, 3.0, days * 86400.0)
    return fly(plan, START, None)


def by_scipy(x0, longest):
    scratch = np.zeros((11, 11))

    def height(t, y):
        return float(geodetic_from_ecef(y[:3])[2])

    def rate(t, y):
        a = np.array(gravity(*y[:3].tolist(), 8, 8, scratch))
        a += OMEGA * np.array([OMEGA * y[0] + 2.0 * y[4], OMEGA * y[1] - 2.0 * y[3], 0.0])
        drag = 0.5 * density(height(t, y)) * np.sqrt(y[3:] @ y[3:]) / BETA
        return np.concatenate([y[3:], a - drag * y[3:]])

    height.terminal = True
    return solve_ivp(
        rate, (0.0, longest), x0, "DOP853", rtol=1e-11, atol=1e-5, events=height, dense_output=True
    )


@pytest.mark.parametrize("height_km", [150.0, 200.0])
def test_it_comes_down_when_and_where_scipy_says(height_km):
    flight = flown(height_km)
    path = flight.path
    gravity_by_hand = acceleration(*path.r_ecef[0].tolist(), 8, 8)
    assert gravity(*path.r_ecef[0].tolist(), 8, 8, np.zeros((11, 11))) == pytest.approx(
        gravity_by_hand, rel=1e-12
    )
    exact = by_scipy(np.concatenate([path.r_ecef[0], path.v_ecef[0]]), 10.0 * 86400.0)
    assert flight.end == "impact"
    assert flight.t_impact - START == pytest.approx(exact.t[-1], abs=0.05)
    times = np.linspace(0.0, exact.t[-1] - 1.0, 500)
    miss = np.linalg.norm(path.position(START + times) - exact.sol(times)[:3].T, axis=1)
    assert miss.max() < 300.0  # 0.05 s at orbital speed
    np.testing.assert_allclose(ecef_from_geodetic(*flight.impact, 0.0), exact.y[:3, -1], rtol=0, atol=5.0)


def jacobi(r, v):
    """Energy in the turning frame, which only drag changes: v^2/2 - U - (omega p)^2/2."""
    x, y, z = r.T
    rn, lon = np.linalg.norm(r, axis=1), np.arctan2(y, x)
    potential = np.zeros(len(r))
    for (n, m), (c, s) in coefficients().items():
        if n <= 8:
            legendre = (-1.0) ** m * lpmv(m, n, z / rn)
            potential += (RADIUS / rn) ** n * legendre * (c * np.cos(m * lon) + s * np.sin(m * lon))
    return np.sum(v * v, axis=1) / 2 - GM / rn * potential - OMEGA**2 * (x * x + y * y) / 2


def test_energy_falls_all_the_way_by_what_drag_takes():
    path = flown(150.0).path
    energy = jacobi(path.r_ecef, path.v_ecef)
    orbit = geodetic_from_ecef(path.r_ecef)[2] > 50e3  # below, gravity's work is all it has
    assert np.all(np.diff(energy)[orbit[1:]] < 0.0)
    rho = np.array([density(h) for h in geodetic_from_ecef(path.r_ecef)[2]])
    loss = 0.5 * rho * np.linalg.norm(path.v_ecef, axis=1) ** 3 / BETA
    taken = np.sum(np.diff(path.t) * (loss[1:] + loss[:-1]) / 2)
    assert energy[0] - energy[-1] == pytest.approx(taken, rel=1e-3)


def test_the_axis_shrinks_by_the_classical_rate():
    # da/dt = -rho sqrt(mu a) / beta: King-Hele, Satellite Orbits in an Atmosphere (1987). Over the poles the
    # turning air adds (omega p / v)^2 to the speed's square: 0.2 %.
    path = flown(200.0, 90.0, 0.25).path
    rho = np.array([density(h) for h in geodetic_from_ecef(path.r_ecef)[2]])
    energy = jacobi(path.r_ecef, path.v_ecef)
    axis = np.linalg.norm(path.r_ecef, axis=1).mean()
    shrunk = 2.0 * axis**2 / GM * (energy[0] - energy[-1])
    expected = rho.mean() * np.sqrt(GM * axis) / BETA * (path.t[-1] - path.t[0])
    assert shrunk == pytest.approx(expected, rel=0.02)
    assert 1e3 < shrunk < 10e3


def test_between_samples_the_path_is_the_motion():
    path = flown(150.0).path
    height = geodetic_from_ecef(path.r_ecef)[2]
    chosen = np.unique(np.linspace(0, len(path.t) - 2, 700).round().astype(int))
    high = height[chosen] > 120e3
    assert 50 < high.sum() < len(chosen) - 50
    miss = []
    for i in chosen:
        middle = (path.t[i] + path.t[i + 1]) / 2
        x = np.concatenate([path.r_ecef[i], path.v_ecef[i]])
        miss.append(
            np.linalg.norm(propagate(path.t[i], x, 1 / BETA, [middle])[0, :3] - path.position(middle))
        )
    assert np.max(np.array(miss)[high]) < 0.05
    assert np.max(np.array(miss)[~high]) < 0.05
    assert np.all(np.diff(path.t) > 0.0)


def test_what_came_down():
    flight = flown(150.0)
    assert (flight.kind, flight.vehicle, flight.companions) == ("re-entry", "object", ())
    assert flight.path.rcs_m2 == 3.0
    assert not flight.path.power.any()
    height = geodetic_from_ecef(flight.path.r_ecef)[2]
    assert flight.t_impact == flight.path.t[-1]
    assert height[-1] == pytest.approx(0.0, abs=0.1)
    assert height[:-1].min() > 0.0
    assert flight.apogee_m == pytest.approx(height.max(), abs=20.0)
    assert flight.launch is flight.t_launch is flight.t_burnout is flight.range_m is None


@pytest.mark.parametrize(
    ("elements", "duration_s"),
    [(circular(200.0), 6 * HOUR), (circular(600.0), 24 * HOUR),
     (replace(circular(2000.0), eccentricity=0.226), 20 * HOUR)],
)  # fmt: skip
def test_what_is_still_up_ends_in_flight(elements, duration_s):
    flight = fly_reentry(ReentryPlan("object", elements, BETA, 1.0, duration_s, 30.0), START)
    assert flight.end == "in flight"
    assert flight.impact is flight.t_impact is None
    assert flight.path.t[0] == START + 30.0
    assert flight.t_end == START + 30.0 + duration_s
    assert np.isfinite(flight.path.r_ecef).all()
    assert geodetic_from_ecef(flight.path.r_ecef)[2].min() > 0.0


@pytest.mark.parametrize(("spare_s", "end"), [(-1.0, "in flight"), (1.0, "impact")])
def test_a_second_decides_whether_it_is_still_up(spare_s, end):
    t_impact = flown(150.0).t_impact
    plan = ReentryPlan("object", circular(150.0), BETA, 1.0, t_impact - START + spare_s)
    flight = fly_reentry(plan, START)
    assert flight.end == end
    assert flight.t_end == pytest.approx(t_impact + min(spare_s, 0.0), abs=1e-6)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"beta_kg_m2": np.nan}, "beta_kg_m2"),
        ({"beta_kg_m2": 0.0}, "beta_kg_m2"),
        ({"beta_kg_m2": -100.0}, "beta_kg_m2"),
        ({"beta_kg_m2": 1e-9}, "beta_kg_m2"),
        ({"duration_s": 0.0}, "duration_s"),
        ({"start_s": np.inf}, "start_s"),
        ({"elements": circular(40.0)}, "below 80 km"),
        ({"elements": circular(-100.0)}, "come down"),
        ({"elements": circular(150.0, eccentricity=1.5)}, "eccentricity"),
        ({"elements": circular(150.0, np.nan)}, "not a number"),
    ],
)
def test_what_cannot_be_is_refused(change, words):
    plan = ReentryPlan("object", circular(150.0), BETA, 1.0, 8 * HOUR)
    with pytest.raises(TocsinError, match=words):
        fly_reentry(replace(plan, **change), START)
