"""The profile-free fit: its equations, its solver, and whether its covariance is honest on its own truth."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.estimate.boost.drawn import Drawn
from tests.estimate.scenes import (
    KICK,
    LAUNCH,
    TELESCOPES,
    Ascent,
    nees,
    telescope_looks,
    template,
)
from tocsin.estimate.boost import fit_gravity_turn
from tocsin.estimate.boost.knots import Room, frame_of, solve
from tocsin.estimate.boost.meeting import meeting
from tocsin.estimate.boost.sighting import sightings
from tocsin.estimate.boost.turn import (
    LN_A,
)
from tocsin.estimate.looks import in_order, joined
from tocsin.motion.thrust import ascend

RUNS = 40
BAND = 0.001


@pytest.fixture(scope="module")
def drawn():
    return [Drawn(seed) for seed in range(RUNS)]


def interval(n):
    return stats.chi2.interval(1.0 - BAND, n)


def test_with_its_stagings_told_it_is_efficient(drawn):
    """NEES and the ratio of the error to the posterior bound, the covariance with the truth linearised."""
    values, off, bound = [], [], []
    for flight in drawn:
        seen = sightings(flight.looks, TELESCOPES)
        room = Room(frame_of(seen, meeting(seen)))
        c = np.concatenate([[flight.slowness], np.zeros(4)])
        found = solve(room, flight.x, c, flight.restart)
        at_truth = solve(room, flight.x, c, flight.restart, 1)
        d = found.x[-1, :6] - flight.x[-1, :6]
        values.append(nees(d, found.P[:6, :6]))
        off.append([d[:3] @ d[:3], d[3:] @ d[3:]])
        bound.append([np.trace(at_truth.P[:3, :3]), np.trace(at_truth.P[3:6, 3:6])])
    low, high = interval(6 * RUNS)
    assert low < sum(values) < high
    ratio = np.sqrt(np.mean(off, axis=0) / np.mean(bound, axis=0))
    # Three independent errors a run at the least: the RMS of 40 runs is known to a tenth or so.
    assert np.all(ratio < 1.25)
    assert np.all(ratio > 0.75)


def test_with_its_stagings_unknown_it_stays_honest(drawn):
    values, found = [], 0
    for flight in drawn:
        fit = fit_gravity_turn(flight.looks, TELESCOPES)
        assert fit.status == "converged"
        assert fit.state.t == pytest.approx(fit.t[-1])
        assert len(fit.stagings) <= 4
        values.append(nees(fit.state.x - flight.x[-1, :6], fit.state.P))
        jump = flight.x[81, LN_A] - flight.x[80, LN_A]
        if abs(jump) > 1.2:
            found += any(abs(s - 1080.5) < 8.0 for s in fit.stagings)
    large = sum(abs(f.x[81, LN_A] - f.x[80, LN_A]) > 1.2 for f in drawn)
    assert found >= 0.8 * large
    assert 0.7 < np.mean(values) / 6.0 < 1.5


# Within a stage, after a staging, and near burnout, where the acceleration grows fastest.
@pytest.mark.parametrize("t_end", [66.0, 105.0, 150.0, 186.0])
def test_on_a_rocket_it_is_no_surer_than_right(t_end):
    """A rocket is no draw from the model (its thrust has no deviation, its drag is not in it)."""
    t = np.arange(40.0, t_end + 0.5)
    x = ascend(template().rocket, LAUNCH, np.radians(12.262), KICK, 187.0, t, 0.25)
    values = []
    for seed in range(24):
        fit = fit_gravity_turn(telescope_looks(x, t, np.random.default_rng(seed)), TELESCOPES)
        values.append(nees(fit.state.x - x[-1], fit.state.P) / 6.0)
    assert 0.3 < np.mean(values) < 1.5


def test_after_burnout_the_state_is_that_of_the_arc():
    values = []
    for seed in range(24):
        ascent = Ascent(seed)
        fit = fit_gravity_turn(ascent.looks, TELESCOPES, ascent.out)
        assert fit.state.t == pytest.approx(ascent.out[0] + 1.0)
        values.append(nees(fit.state.x - ascent.states(fit.state.t)[0], fit.state.P) / 6.0)
    assert 0.3 < np.mean(values) < 1.5


def test_an_engine_that_goes_out_while_it_is_still_seen():
    """Looks at a body that has coasted for 45 s: burnout is a kink in its motion.

    One in four may still pass for a weak stage; of a burning engine none is told.
    """
    found = []
    for seed in range(8):
        ascent = Ascent(300 + seed)
        rng = np.random.default_rng(seed)
        t = ascent.t_launch + np.arange(rng.random(), ascent.cutoff + 45.0, 1.0)
        fit = fit_gravity_turn(telescope_looks(ascent.states(t), t, rng), TELESCOPES)
        if fit.kink is not None:
            late = fit.kink[0] - ascent.t_launch - ascent.cutoff
            assert abs(late) < 4.0 * fit.kink[1] + 1.0
            found.append(late)
        assert fit_gravity_turn(ascent.looks, TELESCOPES).kink is None
    assert len(found) >= 5


def test_one_frame_more_ends_where_a_fit_anew_does():
    looks = Ascent(2, until=110.0).looks
    before = fit_gravity_turn(looks.where(looks.t < looks.t[-1]), TELESCOPES)
    warm, cold = fit_gravity_turn(looks, TELESCOPES, None, before), fit_gravity_turn(looks, TELESCOPES)
    sigma = np.sqrt(np.diag(cold.state.P))
    assert np.max(np.abs(warm.state.x - cold.state.x) / sigma) < 0.3


def test_one_telescope_is_unobservable():
    fit = fit_gravity_turn(Ascent(1, eyes=(0,)).looks, TELESCOPES)
    assert fit.status == "unobservable"
    assert fit.state is None


def test_bad_looks_have_a_status():
    looks = Ascent(1).looks
    assert fit_gravity_turn(looks.where(np.arange(1)), TELESCOPES).status == "unobservable"
    assert fit_gravity_turn(looks.where(np.arange(0)), TELESCOPES).status == "invalid"
    for value in (0.0, math.nan, -1.0):
        sigma = looks.sigma.copy()
        sigma[5, 1] = value
        assert fit_gravity_turn(replace(looks, sigma=sigma), TELESCOPES).status == "invalid"
    z = looks.z.copy()
    z[::2, 0] += 100.0 * 50e-6
    # They contradict one another by a hundred sigma: no flight explains them.
    assert fit_gravity_turn(replace(looks, z=z), TELESCOPES).status == "diverged"


def test_two_telescopes_at_one_place_are_unobservable():
    ascent = Ascent(1, eyes=(0,))
    other = replace(ascent.looks, channel=np.ones(len(ascent.looks), dtype=np.int64))
    assert fit_gravity_turn(in_order(joined([ascent.looks, other])), TELESCOPES).status == "unobservable"
