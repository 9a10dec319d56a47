"""Propagation against an independent inertial integration, and the state transition against differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.motion.arcs import BURNOUT, BURNOUT_T, earth_fixed, reference_arc
from tocsin.motion.ballistic import propagate, propagate_stm

LOFTED = np.array([-3.1e6, 4.0e6, 4.1e6, -2900.0, 3800.0, 4300.0])


def test_a_coast_of_1800_s_is_within_a_millimetre():
    times = np.linspace(0.0, 1800.0, 37)
    x = propagate(5e8, LOFTED, 0.0, 5e8 + times)
    arc = reference_arc(LOFTED, 0.0, (0.0, 1800.0), max_step=30.0, rtol=3e-14)
    expected = np.array([earth_fixed(t, arc.sol(t)) for t in times])
    assert np.linalg.norm(x[:, :3] - expected[:, :3], axis=1).max() < 1e-3
    assert np.linalg.norm(x[:, 3:] - expected[:, 3:], axis=1).max() < 1e-6


@pytest.mark.parametrize("beta", [500.0, 9000.0])
def test_an_arc_with_drag(beta):
    # From 218 km up over the apogee and down to about 10 km.
    times = np.array([300.0, 1000.0, 1500.0, 1570.0, 1585.0])
    x = propagate(BURNOUT_T, BURNOUT, 1 / beta, BURNOUT_T + times)
    arc = reference_arc(BURNOUT, 1 / beta, (0.0, times[-1]), max_step=20.0)
    expected = np.array([earth_fixed(t, arc.sol(t)) for t in times])
    np.testing.assert_allclose(x[:, :3], expected[:, :3], rtol=0, atol=0.01)
    np.testing.assert_allclose(x[:, 3:], expected[:, 3:], rtol=0, atol=0.01)


@settings(max_examples=25)
@given(st.lists(st.floats(-900.0, 1500.0), min_size=1, max_size=12), st.floats(100.0, 700.0))
def test_times_in_any_order_and_both_ways(offsets, middle):
    t0 = 5e8
    times = t0 + np.array(offsets)
    x = propagate(t0, LOFTED, 1e-5, times)
    for t, row in zip(times, x, strict=True):
        np.testing.assert_allclose(row, propagate(t0, LOFTED, 1e-5, [t])[0], rtol=0, atol=5e-4)
    there = propagate(t0, LOFTED, 0.0, [t0 + middle])[0]
    np.testing.assert_allclose(propagate(t0 + middle, there, 0.0, [t0])[0], LOFTED, rtol=0, atol=1e-3)


def test_the_epoch_itself_and_repeated_times():
    x = propagate(10.0, LOFTED, 0.0, [10.0, 70.0, 10.0, 70.0])
    np.testing.assert_array_equal(x[0], LOFTED)
    np.testing.assert_array_equal(x[2], LOFTED)
    np.testing.assert_array_equal(x[1], x[3])
    _, phi = propagate_stm(10.0, LOFTED, 0.0, [10.0])
    np.testing.assert_array_equal(phi[0], np.eye(6, 7))


def test_states_alone_and_with_transition_are_the_same():
    times = BURNOUT_T + np.array([-20.0, 100.0, 900.0, 1590.0])
    x, _ = propagate_stm(BURNOUT_T, BURNOUT, 1 / 3000, times)
    np.testing.assert_allclose(x, propagate(BURNOUT_T, BURNOUT, 1 / 3000, times), rtol=1e-13)


def scaled(phi):
    """Metres and seconds of the orbit's size, so that every block of phi weighs alike."""
    scale = np.array([1.0, 1.0, 1.0, 1e3, 1e3, 1e3])
    return scale[:, None] * phi[:, :6] / scale, scale * phi[:, 6]


@pytest.mark.parametrize(
    ("seconds", "beta", "limit"),
    [(1200.0, None, 1e-6), (-250.0, None, 1e-6), (1588.0, 9000.0, 1e-4), (1590.0, 1000.0, 1e-4)],
)
def test_state_transition_against_central_differences(seconds, beta, limit):
    start = LOFTED if beta is None else BURNOUT
    inv_beta = 0.0 if beta is None else 1 / beta
    _, phi = propagate_stm(0.0, start, inv_beta, [seconds])
    shifts = np.diag([100.0] * 3 + [0.1] * 3)

    def end(x0, ib):
        arc = reference_arc(x0, ib, (0.0, seconds), max_step=30.0, rtol=1e-13)
        return earth_fixed(seconds, arc.y[:, -1])

    def difference(shift):
        return (end(start + shift, inv_beta) - end(start - shift, inv_beta)) / (2 * shift.sum())

    expected = np.zeros((6, 7))
    for i, shift in enumerate(shifts):
        # In the air the differences are 2e-4 wrong, by the shift's square: half shifts take it out.
        expected[:, i] = (
            difference(shift) if beta is None else (4.0 * difference(shift / 2) - difference(shift)) / 3.0
        )
    if beta is not None:
        expected[:, 6] = (end(start, inv_beta * np.exp(1e-3)) - end(start, inv_beta * np.exp(-1e-3))) / -2e-3
    ours, by_beta = scaled(phi[0])
    theirs, beta_expected = scaled(expected)
    assert np.linalg.norm(ours - theirs) < limit * np.linalg.norm(theirs)
    if beta is None:
        np.testing.assert_array_equal(by_beta, 0.0)
    else:
        assert np.linalg.norm(by_beta - beta_expected) < limit * np.linalg.norm(beta_expected)


def test_state_transitions_multiply():
    x1, phi1 = propagate_stm(0.0, LOFTED, 0.0, [600.0])
    _, phi2 = propagate_stm(600.0, x1[0], 0.0, [1500.0])
    _, phi = propagate_stm(0.0, LOFTED, 0.0, [1500.0])
    np.testing.assert_allclose(
        scaled(phi2[0][:, :6] @ phi1[0])[0],
        scaled(phi[0])[0],
        rtol=0,
        atol=1e-9 * np.abs(scaled(phi[0])[0]).max(),
    )


def test_what_has_no_arc_is_not_a_number():
    bad = LOFTED.copy()
    bad[4] = np.nan
    assert np.isnan(propagate(0.0, bad, 0.0, [0.0, 10.0])).all()
    assert np.isnan(propagate(0.0, LOFTED, -1.0, [10.0])).all()
    assert np.isnan(propagate(0.0, LOFTED, np.nan, [10.0])).all()
    x, phi = propagate_stm(np.nan, LOFTED, 0.0, [10.0])
    assert np.isnan(x).all()
    assert np.isnan(phi).all()
    mixed = propagate(0.0, LOFTED, 0.0, [10.0, np.nan, -5.0])
    assert np.isnan(mixed[1]).all()
    assert np.isfinite(mixed[[0, 2]]).all()
    assert np.isnan(propagate(0.0, np.zeros(6), 0.0, [10.0])).all()


def test_back_through_the_air_without_bound_ends():
    # Followed back in time through dense air a light body's speed has no bound.
    falling = np.array([6378137.0 + 5e3, 0.0, 0.0, -300.0, 0.0, 0.0])
    x = propagate(0.0, falling, 0.1, [-0.05, -500.0])
    assert np.isfinite(x[0]).all()
    assert np.isnan(x[1]).all()


def test_no_times_give_no_states():
    assert propagate(0.0, LOFTED, 0.0, []).shape == (0, 6)
    x, phi = propagate_stm(0.0, LOFTED, 0.0, np.empty(0))
    assert x.shape == (0, 6)
    assert phi.shape == (0, 6, 7)
