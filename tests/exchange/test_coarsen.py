"""What is told less exactly is never told as more certain."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.exchange.making import a_place, covariance, numbers, places, states
from tocsin.assess.assessment import Place, StateEstimate
from tocsin.exchange.coarsen import coarse_place, coarse_state, floored

METRES = st.just(0.0) | st.floats(1e-3, 1e6)


def rounding(P: np.ndarray) -> float:
    """What the eigenvalues of a matrix of this size may be off by."""
    return 1e-12 * float(np.trace(P)) + 1e-12


@given(numbers((3, 3), -1e4, 1e4).map(covariance), METRES)
def test_the_floor_never_shrinks_a_covariance(P: np.ndarray, floor: float) -> None:
    out = floored(P, floor)
    scale = rounding(P) + 1e-12 * floor**2
    assert np.linalg.eigvalsh(out - P)[0] >= -scale
    assert np.linalg.eigvalsh(out)[0] >= floor**2 - scale
    assert np.array_equal(out, out.T)


def test_the_floor_moves_only_what_is_below_it() -> None:
    # Sigmas of 1, 20 and 3 m along turned axes; below 10 m are the first and the last.
    turn = np.linalg.qr(np.array([[1.0, 2.0, 0.5], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]))[0]
    P = turn @ np.diag([1.0, 400.0, 9.0]) @ turn.T
    assert np.allclose(floored(P, 10.0), turn @ np.diag([100.0, 400.0, 100.0]) @ turn.T)
    assert np.allclose(floored(P, 0.5), P)


@given(states(), METRES, METRES, METRES)
def test_a_coarse_state_is_never_more_certain(
    state: StateEstimate, step: float, position: float, velocity: float
) -> None:
    out = coarse_state(state, step, position, velocity)
    P, Q = (np.array(s.P).reshape(6, 6) for s in (state, out))
    assert np.linalg.eigvalsh(Q - P)[0] >= -rounding(P) - rounding(Q)
    assert np.linalg.eigvalsh(Q[:3, :3])[0] >= position**2 - rounding(Q[:3, :3])
    assert np.linalg.eigvalsh(Q[3:, 3:])[0] >= velocity**2 - rounding(Q[3:, 3:])
    assert np.all(np.abs(np.array(out.x[:3]) - state.x[:3]) <= step / 2 + 1e-6)
    assert (out.x[3:], out.t) == (state.x[3:], state.t)


@given(states())
def test_with_nothing_to_coarsen_it_is_the_same_state(state: StateEstimate) -> None:
    assert coarse_state(state, 0.0, 0.0, 0.0) == state


@given(states(), st.floats(1.0, 1e5))
def test_positions_within_a_cell_of_the_grid_are_told_alike(state: StateEstimate, step: float) -> None:
    out = coarse_state(state, step, 0.0, 0.0)
    assert coarse_state(out, step, 0.0, 0.0).x == out.x


def test_the_variance_of_rounding_is_what_is_added() -> None:
    x = np.random.default_rng(1).uniform(-1e6, 1e6, (20_000, 3))
    off = []
    for row in x:
        state = StateEstimate(t=0.0, x=(*map(float, row), 0.0, 0.0, 0.0), P=tuple(np.eye(6).ravel()))
        out = coarse_state(state, 100.0, 0.0, 0.0)
        off.append(np.array(out.x[:3]) - row)
    added = np.array(out.P).reshape(6, 6)[0, 0] - 1.0
    # 60,000 draws of a uniform error: the mean square is known to 0.4 %.
    assert abs(np.mean(np.square(off)) / added - 1.0) < 0.02


@given(places, METRES, METRES)
def test_a_coarse_place_is_near_and_its_regions_hold_no_less(place: Place, step: float, floor: float) -> None:
    out = coarse_place(place, step, floor)
    half = math.degrees(step / 2 / 6371e3)
    assert abs(out.lat_deg - place.lat_deg) <= half + 1e-9
    wide = max(math.cos(math.radians(out.lat_deg)), 0.01)
    assert abs(out.lon_deg - place.lon_deg) <= half / wide + 1e-9
    assert abs(out.lat_deg) <= 90.0
    assert abs(out.lon_deg) <= 180.0
    for p, before, after in (
        (0.5, place.ellipse_50_km, out.ellipse_50_km),
        (0.9, place.ellipse_90_km, out.ellipse_90_km),
    ):
        k = math.sqrt(-2.0 * math.log(1.0 - p))
        assert after.semi_minor_km >= max(before.semi_minor_km, k * floor / 1e3) * (1 - 1e-12)
        assert after.semi_major_km >= max(before.semi_major_km, after.semi_minor_km)
        assert after.azimuth_deg == before.azimuth_deg


def test_with_nothing_to_coarsen_it_is_the_same_place() -> None:
    assert coarse_place(a_place(), 0.0, 0.0) == a_place()


def test_a_rounded_region_is_wider_by_what_rounding_adds() -> None:
    # 50 % region: semi-axes of 1.17741 sigmas (Rayleigh's median); a step of 12 km adds 12 km2 of variance.
    out = coarse_place(a_place(), 12e3, 0.0).ellipse_50_km
    assert math.isclose(out.semi_major_km**2, 3.0**2 + 1.17741**2 * 12.0, rel_tol=1e-5)
    assert math.isclose(out.semi_minor_km**2, 2.0**2 + 1.17741**2 * 12.0, rel_tol=1e-5)


def test_rounding_does_not_leave_the_earth() -> None:
    # 90 deg is 10.6 of these steps: the nearest point of the grid lies beyond the pole.
    step = math.radians(90.0 / 10.6) * 6371e3
    corner = structs.replace(a_place(), lat_deg=90.0, lon_deg=180.0)
    assert coarse_place(corner, step, 0.0).lat_deg == 90.0
    assert coarse_place(structs.replace(corner, lat_deg=-90.0), step, 0.0).lat_deg == -90.0
    assert coarse_place(structs.replace(corner, lat_deg=0.0), step, 0.0).lon_deg <= 180.0
