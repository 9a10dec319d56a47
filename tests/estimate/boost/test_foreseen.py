"""One restart more foreseen in one pass, beside a step of Gauss-Newton for each; and when a fit ends."""

import math

import numpy as np
import pytest

from tests.estimate.boost.drawn import Drawn
from tests.estimate.scenes import TELESCOPES, Ascent
from tocsin.estimate.boost import knots
from tocsin.estimate.boost.gravity_turn import _begun as rough_knots
from tocsin.estimate.boost.knots import LN_A_SIGMA, SLOWNESS, Room, coarser, frame_of, of_noise, solve
from tocsin.estimate.boost.meeting import meeting
from tocsin.estimate.boost.sighting import sightings
from tocsin.estimate.boost.staging import _begun, _roughly
from tocsin.estimate.boost.turn import OUT, STAGED, STEADY, STEERED, USUAL

SEEDS = range(6)


def solved(flight, stagings):
    """A room for a flight's looks and the solution with these stagings, from knots where lines meet."""
    seen = sightings(flight.looks, TELESCOPES)
    path = meeting(seen)
    room = Room(frame_of(seen, path))
    restart = np.zeros(len(room.frame.dt))
    restart[list(stagings)] = STAGED
    return room, solve(room, rough_knots(room.frame, path), np.array([SLOWNESS, 0.0, 0.0, 0.0, 0.0]), restart)


def one_by_one(room, found, kind, steps):
    """-2 ln of each step's likelihood as `Room.step` has it, from the knots that a search would begin at."""
    out = []
    for k in steps:
        log, least = room.step(*_begun(room, found, kind, int(k)))
        out.append(log + least)
    return np.array(out)


@pytest.mark.parametrize("kind", [STAGED, OUT])
@pytest.mark.parametrize("seed", SEEDS)
def test_many_in_one_pass_are_what_each_is_alone(kind, seed):
    """To a tenth of -2 ln of the likelihood, five hundredths of a weight; and the likeliest is the same."""
    room, found = solved(Drawn(seed), (35,))
    steps = np.array([5, 20, 60, 77, 80, 81, 95, 117])
    alone = one_by_one(room, found, kind, steps)
    together = room.foreseen(found.x, found.c, found.restart, kind, steps)
    assert np.ptp(alone) > 4.0
    # What is less likely by far need be known no better than in proportion.
    np.testing.assert_allclose(together - alone.min(), alone - alone.min(), rtol=0.01, atol=0.1)
    assert np.argmin(together) == np.argmin(alone)


@pytest.mark.parametrize("seed", SEEDS)
def test_few_knots_tell_what_all_of_them_do(seed):
    """Every fourth knot finds the likeliest step among every fourth, or the one beside it."""
    room, found = solved(Drawn(seed), ())
    steps = np.arange(1, 117, 4)
    fine = room.foreseen(found.x, found.c, found.restart, STAGED, steps)
    rough = _roughly(room, found, STAGED, steps, 4)
    assert abs(int(np.argmin(rough)) - int(np.argmin(fine))) <= 1
    # What one passes over the other passes over too.
    assert np.corrcoef(rough, fine)[0, 1] > 0.9


def test_a_coarser_frame_has_the_same_looks_at_the_same_times():
    room, _ = solved(Drawn(0), ())
    kept = np.array([0, 3, 4, 40, 120])
    few = coarser(room.frame, kept)
    t = np.concatenate([[0.0], np.cumsum(few.dt)])
    np.testing.assert_allclose(t, kept)
    fine = np.concatenate([[0.0], np.cumsum(room.frame.dt)])
    np.testing.assert_allclose(t[few.knot] + few.since, fine[room.frame.knot] + room.frame.since)
    # Each look hangs on the knot that is nearest to it.
    light = few.since - 0.14
    gap = np.concatenate([[math.inf], few.dt, [math.inf]])
    assert np.all(light >= -0.5 * gap[few.knot] - 1e-9)
    assert np.all(light <= 0.5 * gap[few.knot + 1] + 1e-9)


@pytest.mark.parametrize("noise", [USUAL, STEADY, STEERED])
def test_evidence_has_the_priors_of_its_own_kind_of_vehicle(noise):
    """-2 ln of the likelihood: cost and ln det of the information less that of all priors and the chances."""
    room, found = solved(Drawn(0), (35, 80))
    own = Room(of_noise(room.frame, noise))
    other = solve(own, found.x, found.c, found.restart)
    log, _ = own.step(other.x, other.c, other.restart)
    sigmas = [*np.linalg.eigvalsh(own.frame.W0[:6, :6]) ** -0.5, LN_A_SIGMA, noise[0], noise[0]]
    prior = -2.0 * float(np.log(sigmas).sum()) + float(np.log(own.frame.Wc).sum())
    expected = other.cost + log - prior - 2.0 * own.chance(2)
    assert other.evidence == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("seed", range(10))
def test_the_last_step_leaves_next_to_nothing(seed, monkeypatch):
    """A fit that ends where its fall was foreseen lies within a tenth of a sigma of one that goes on."""
    flight = Drawn(seed) if seed % 2 else Ascent(seed)
    room, found = solved(flight, (35, 80))
    monkeypatch.setattr(knots, "SETTLED", 1e-7)
    on = solve(room, found.x, found.c, found.restart)
    assert found.sound
    assert on.sound
    sigma = np.sqrt(np.diag(on.P))
    assert np.max(np.abs(found.x[-1] - on.x[-1]) / sigma[:9]) < 0.1
    assert found.cost - on.cost < 0.1


def test_a_fall_beyond_what_was_foreseen_is_no_end(monkeypatch):
    """A model that falls by more than its slopes foresaw is not yet linear, and is drawn on."""
    falls = []
    room, found = solved(Drawn(1), (35, 80))
    step = Room.step

    def short_sighted(self, x, c, restart):
        log, least = step(self, x, c, restart)
        falls.append(least)
        return log, least + 1.0

    monkeypatch.setattr(Room, "step", short_sighted)
    solve(room, found.x, found.c, found.restart)
    assert len(falls) == knots.ITERATIONS
