"""When a new stage began: restarts of the thrust's acceleration that the looks show."""

from __future__ import annotations

import math

import numpy as np

from tocsin.estimate.boost.knots import Room, Solved, solve

MOST_STAGINGS, APART = 5, 4


def with_stagings(room: Room, found: Solved, since: int) -> list[tuple[float, Solved]]:
    """What the looks may mean: no restart more than `found` has, one, two and so on, each with its evidence.

    One restart more is tried as long as it betters the evidence, which is summed over all the steps from
    `since` on at which it may have been: every fourth is judged as if all were linear, and the likeliest is
    then solved for. The last try is told too, though it is not better, since it may be nearly as good.
    """
    told = [(found.evidence, found)]
    for _ in range(MOST_STAGINGS):
        steps = [k for k in range(max(since, 1), len(found.restart), APART) if not found.restart[_near(k)].any()]
        guess = {k: _foreseen(room, found, k) for k in steps}
        if not guess:
            return told
        least = min(guess.values())
        places = sum(math.exp(-0.5 * (g - least)) for g in guess.values()) * APART
        first = min(guess, key=lambda k: guess[k])
        # The jump is far from linear: what comes second, elsewhere, is tried as well.
        second = min((k for k in guess if abs(k - first) > 2 * APART), key=lambda k: guess[k], default=first)
        tries = []
        for at in dict.fromkeys((first, second)):
            near = {k: _foreseen(room, found, k) for k in range(at - 3, at + 4) if 0 < k < len(found.restart)}
            at = min(near, key=lambda k: near[k])
            tries.append(solve(room, found.x, found.c, _begun(found, at)))
        other = min(tries, key=lambda t: t.evidence if t.sound else math.inf)
        evidence = other.evidence - 2.0 * math.log(places)
        if other.sound:
            told.append((evidence, other))
        if not (other.sound and evidence < told[-2][0]):
            return told
        found = other
    return told


def _near(k: int) -> slice:
    """The steps within two of step k."""
    return slice(max(k - 2, 0), k + 3)


def _begun(found: Solved, k: int) -> np.ndarray:
    """The restarts with one more, at step k."""
    restart = found.restart.copy()
    restart[k] = 1.0
    return restart


def _foreseen(room: Room, found: Solved, k: int) -> float:
    """The evidence that a restart at step k would have."""
    evidence = room.foreseen(found.x, found.c, _begun(found, k))
    return evidence if math.isfinite(evidence) else math.inf
