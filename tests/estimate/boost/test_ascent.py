"""The template's ascent in compiled code, against the motion that flies the truth, and its derivatives."""

import math

import numpy as np
import pytest

from tests.estimate.scenes import LAUNCH, template
from tocsin.earth.atmosphere import US_1976
from tocsin.estimate.boost.ascent import fly
from tocsin.estimate.boost.engine import CUTOFF, TIME
from tocsin.motion.thrust import ascend

# Engines off their class, and a cut-off before the last drop.
THETA = np.array([LAUNCH[0], LAUNCH[1], -30.0, 0.3, math.log(0.8), 175.0, 1.004, 1.01, 0.98, 1.02])
STEPS = np.array([1e-6, 1e-6, 1.0, 1e-5, 1e-5, 1e-3, 1e-5, 1e-5, 1e-5, 1e-5])
BODY = template().rocket


def reference(theta, t):
    """States by the 8 x 8 field in steps of 0.1 s."""
    body = BODY.scaled(theta[7:], theta[6])
    return ascend(body, (theta[0], theta[1], 0.0), theta[3], math.exp(theta[4]), theta[5], t, 0.1)


def flown(rocket, theta, until):
    """Times (n,) s after launch and states (n, 6) of an ascent without its derivatives."""
    t, x = np.empty(384), np.empty((384, 6))
    count = fly(
        theta, 0, rocket.stages, rocket.body, rocket.vertical_s, rocket.pitch_over_end_s, US_1976, until, t,
        x, np.zeros((6, 6)), np.empty(9), np.zeros((8, 3)), np.zeros(len(theta)), np.zeros((3, len(theta))),
    )  # fmt: skip
    return t[:count], x[:count]


def with_derivatives(until):
    p = len(THETA)
    t, x = np.empty(300), np.empty((300, 6 + 6 * p))
    count = fly(
        THETA, p, BODY.stages, BODY.body, BODY.vertical_s, BODY.pitch_over_end_s, US_1976, until, t, x,
        np.zeros((6, 6 + 6 * p)), np.empty(9), np.zeros((8, 3)), np.zeros(p), np.zeros((3, p)),
    )  # fmt: skip
    return t[:count], x[:count, :6], x[:count, 6:].reshape(count, 6, p)


def test_it_flies_as_the_truth_does():
    """Within 30 m and 0.3 m/s of the full field: a look at 40,000 km has a sigma of 2 km."""
    t, x = flown(BODY.scaled(THETA[7:], THETA[6]), np.concatenate([THETA[:6], np.ones(4)]), 190.0)
    apart = np.abs(x - reference(THETA, t))
    assert apart[:, :3].max() < 30.0
    assert apart[:, 3:].max() < 0.3


def test_with_derivatives_it_is_the_same_flight():
    t, x, _ = with_derivatives(190.0)
    alone, y = flown(BODY, THETA, 190.0)
    once = np.append(np.diff(t) > 0.0, True)  # the row after a jump
    np.testing.assert_allclose(t[once], alone)
    np.testing.assert_allclose(x[once], y, rtol=1e-12)


@pytest.mark.parametrize("until", [12.0, 45.0, 100.0, 170.0, 190.0])
def test_derivatives(until):
    """To 0.3 % of the reference's central differences, within each stage and after the cut-off."""
    t, _, S = with_derivatives(until)
    assert t[-1] == pytest.approx(until)
    for j, h in enumerate(STEPS):
        if j == TIME:
            assert not S[-1, :, j].any()  # the launch time only moves the clock
            continue
        e = np.zeros(len(THETA))
        e[j] = h
        by_difference = (reference(THETA + e, [until])[0] - reference(THETA - e, [until])[0]) / (2 * h)
        for part in (slice(0, 3), slice(3, 6)):
            size = np.linalg.norm(by_difference[part])
            assert np.linalg.norm(S[-1, part, j] - by_difference[part]) < 3e-3 * size + 1e-3


def test_a_later_cut_off_moves_what_follows_by_the_thrust():
    t, _, S = with_derivatives(180.0)
    before = S[t < THETA[CUTOFF], :, CUTOFF]
    assert not before[:-1].any()
    k = int(np.searchsorted(t, THETA[CUTOFF], side="right"))
    assert np.linalg.norm(S[k, 3:, CUTOFF]) > 30.0  # m/s for each second


def test_no_room_is_told():
    p = len(THETA)
    count = fly(
        THETA, 0, BODY.stages, BODY.body, BODY.vertical_s, BODY.pitch_over_end_s, US_1976, 190.0, np.empty(9),
        np.empty((9, 6)), np.zeros((6, 6)), np.empty(9), np.zeros((8, 3)), np.zeros(p), np.zeros((3, p)),
    )  # fmt: skip
    assert count == 0
