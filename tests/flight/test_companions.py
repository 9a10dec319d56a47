"""What comes off a vehicle: released objects, debris and spent stages, each on its own way down."""

from dataclasses import replace

import numpy as np
import pytest

from tocsin.catalogue import FlightPlan
from tocsin.catalogue.plan import Release
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.flight.companions import directions
from tocsin.flight.fly import fly

PLAN = FlightPlan("icbm-solid", 45.0, 166.0, None, None, 60.0, 1200.0, 7000.0, None, launch_s=30.0)


@pytest.fixture(scope="module")
def flight():
    full = replace(
        PLAN,
        spent_stages=True,
        release=Release(4, 5.0, 20.0, 9000.0, 1.0),
        debris=Release(3, 30.0, 1.0, 200.0, 0.1),
    )
    return fly(full, 1000.0, None)


def test_what_comes_off(flight):
    names = [p.name for p in flight.companions]
    assert names == [f"icbm-solid stage {k}" for k in (1, 2, 3)] + [
        f"icbm-solid object {k}" for k in (1, 2, 3, 4)
    ] + [f"icbm-solid debris {k}" for k in (1, 2, 3)]
    assert flight.paths == (flight.path, *flight.companions)
    assert flight.t_end == max(p.t[-1] for p in flight.paths)
    for path in flight.companions:
        height = geodetic_from_ecef(path.r_ecef)[2]
        assert height[-1] == pytest.approx(0.0, abs=0.1)
        assert not path.power.any()
        assert (np.diff(path.t) > 0).all()


def test_each_leaves_from_where_the_vehicle_is(flight):
    for path in flight.companions:
        assert np.linalg.norm(path.r_ecef[0] - flight.path.position(path.t[:1])[0]) < 0.5
    objects = [p for p in flight.companions if "object" in p.name]
    for path in objects:
        assert path.t[0] == pytest.approx(flight.t_burnout + 20.0)
        at = np.searchsorted(flight.path.t, path.t[0])
        there = np.array([np.interp(path.t[0], flight.path.t[at - 1 : at + 1], c) for c in
                          flight.path.v_ecef[at - 1 : at + 1].T])  # fmt: skip
        assert np.linalg.norm(path.v_ecef[0] - there) == pytest.approx(5.0, abs=0.05)


def test_they_come_down_where_they_should(flight):
    stages = [p for p in flight.companions if "stage" in p.name]
    reach = [np.linalg.norm(p.r_ecef[-1] - flight.path.r_ecef[0]) for p in stages]
    assert reach[0] < reach[1] < reach[2]
    assert reach[0] < 1000e3
    # A few m/s at burnout spread the objects by some km for each; they stay near the vehicle's impact.
    objects = [p for p in flight.companions if "object" in p.name]
    for path in objects:
        assert 1e3 < np.linalg.norm(path.r_ecef[-1] - flight.path.r_ecef[-1]) < 60e3


def test_without_them_the_flight_is_the_same(flight):
    alone = fly(PLAN, 1000.0, None)
    assert alone.companions == ()
    np.testing.assert_array_equal(alone.path.r_ecef, flight.path.r_ecef)


@pytest.mark.parametrize("count", [1, 2, 7, 200])
def test_directions(count):
    d = directions(count, None)
    np.testing.assert_allclose(np.linalg.norm(d, axis=1), 1.0)
    assert np.linalg.norm(d.mean(axis=0)) < 1.01 / count**0.5
    drawn = directions(count, np.random.default_rng(1))
    np.testing.assert_allclose(np.linalg.norm(drawn, axis=1), 1.0)
    np.testing.assert_array_equal(drawn, directions(count, np.random.default_rng(1)))
