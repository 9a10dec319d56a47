"""Boosts that the estimator does not share: at burnout, with radars after it, a part of the fit left out."""

import math

import numpy as np
import pytest

from tocsin.estimate.boost import gravity_turn
from tocsin.study.accuracy.ascent import Ascent, fly, thrust_at
from tocsin.study.accuracy.figures import told
from tocsin.study.accuracy.monte_carlo import case_of, some
from tocsin.study.accuracy.other_boost import ASIDE, other_boost

RUNS = 10


def of(name, truth, runs=RUNS):
    return told(case_of(name), truth, some(name, truth, 0, 0, runs))


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        ("boost-strange", "own"),
        ("boost-bank", "other"),
        ("fused-30-push-100", "other"),
    ],
)
def test_nothing_is_beyond_what_is_asked(name, truth):
    """A figure fails where its whole 95 % band lies outside what is asked at full size."""
    found = of(name, truth)
    assert found.ended == {"converged": RUNS}
    assert not {k: f for k, f in found.figures.items() if f.verdict == "missed"}


def test_without_the_kind_that_steers_the_fit_is_too_sure(monkeypatch):
    monkeypatch.setattr(gravity_turn, "of_another_kind", lambda frame, usual: [])
    assert of("boost-strange", "other").figures["nees"].verdict == "missed"


def test_thrust_is_held_off_the_velocity_from_the_second_stage_on():
    """The angle between what the engine adds and the velocity, 20 s after the second stage's start."""
    seen = other_boost("AB", 50e-6, 20e-6, np.random.default_rng(4))
    plain = fly((Ascent(),))[0]
    np.testing.assert_allclose(seen.flown.x[seen.flown.t <= 59.0], plain.x[plain.t <= 59.0], atol=1e-6)
    k = int(np.searchsorted(plain.t, 70.0))
    dt = float(plain.t[k] - 60.0)
    gained = np.linalg.norm(seen.flown.x[k, 3:] - plain.x[k, 3:])
    a = float(np.mean(thrust_at(np.linspace(60.0, 60.0 + dt, 20))[0]))
    angle = 2.0 * math.asin(0.5 * gained / (a * dt))
    assert 0.8 * ASIDE[0] < angle < 1.2 * ASIDE[1]
