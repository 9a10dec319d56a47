"""When a new stage began: restarts of the thrust's acceleration that the looks show."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.boost.foreseen import begun_ln_a
from tocsin.estimate.boost.knots import Room, Solved, coarser, solve
from tocsin.estimate.boost.turn import LN_A, OUT, STAGED

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_STAGINGS, APART = 5, 4
# How far back an engine's end is looked for, how closely, and what must follow it.
KINK_S, KINK_APART, COAST_S = 60.0, 3, 4.0


def with_stagings(room: Room, found: Solved, since: int) -> list[tuple[float, Solved]]:
    """What the looks may mean: no restart more than `found` has, one, two and so on, each with its evidence.

    One restart more is tried as long as it betters the evidence, which is summed over all the steps from
    `since` on at which it may have been: every fourth is judged as if all were linear, on every fourth knot,
    and the likeliest is then solved for. The last try is told too, though it is not better, since it may be
    nearly as good.
    """
    told = [(found.evidence, found)]
    for _ in range(MOST_STAGINGS):
        steps = np.array(
            [k for k in range(max(since, 1), len(found.restart), APART) if not found.restart[_near(k)].any()],
            dtype=np.int64,
        )
        if len(steps) == 0:
            return told
        guess = _roughly(room, found, STAGED, steps, APART)
        at = int(steps[np.argmin(guess)])
        places = float(np.exp(-0.5 * (guess - guess.min())).sum()) * APART
        near = np.arange(max(at - 3, 1), min(at + 4, len(found.restart)))
        closer = room.foreseen(found.x, found.c, found.restart, STAGED, near)
        other = solve(room, *_begun(room, found, STAGED, int(near[np.argmin(closer)])))
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


def _roughly(room: Room, found: Solved, kind: float, steps: Ints, apart: int) -> Array:
    """What `Room.foreseen` tells of the steps, on few knots: what follows a step or a restart, and one in
    `apart`."""
    n = len(found.restart)
    begun = np.flatnonzero(found.restart)
    kept = np.unique(np.concatenate([[0], np.arange((steps[0] + 1) % apart, n, apart), begun + 1, [n]]))
    few = Room(coarser(room.frame, kept))
    restart = np.zeros(len(kept) - 1)
    restart[np.searchsorted(kept, begun + 1) - 1] = found.restart[begun]
    return few.foreseen(found.x[kept], found.c, restart, kind, np.searchsorted(kept, steps + 1) - 1)


def _begun(room: Room, found: Solved, kind: float, k: int) -> tuple[Array, Array, Array]:
    """Knots, fixed values and restarts with one more at step k, its likeliest thrust until the next or, where
    the engine goes out, none to the end: so begun, the rest of the problem is nearly linear."""
    x, restart = found.x.copy(), found.restart.copy()
    if kind == OUT:
        restart[k + 1 :] = 0.0
    later = np.flatnonzero(restart[k + 1 :])
    end = k + 1 + (int(later[0]) if len(later) else len(restart) - k - 1)
    for j in range(k + 1, end + 1):
        x[j, LN_A] = begun_ln_a((j - k - 0.5) * float(room.frame.dt[0]), found.c[0], kind)
    restart[k] = kind
    return x, found.c, restart


def with_kink(room: Room, found: Solved) -> tuple[float, Solved, tuple[float, float]] | None:
    """The engine out before the last look: evidence, solution, time s after the first look and its sigma.

    For what is still seen as it coasts. Every third of the last steps is judged from a start without
    thrust after it, where the rest is nearly linear. None where there is no room for it, or no solution.
    """
    dt = float(room.frame.dt[0])
    last = len(found.restart) - int(COAST_S / dt)
    # A stage that seems to begin there may be the end: its step is among them.
    steps = np.arange(max(last - int(KINK_S / dt), 1), last, KINK_APART)
    if len(steps) == 0:
        return None
    # Restarts after the end are none, so that one candidate has fewer than another.
    later = np.array([np.count_nonzero(found.restart[k:]) for k in steps])
    guess = _roughly(room, found, OUT, steps, KINK_APART) + 2.0 * later * (room.chance(1) - room.chance(0))
    least = float(guess.min())
    if not math.isfinite(least):
        return None
    weights = np.exp(-0.5 * (guess - least))
    at = (steps + 0.5) * dt
    mean = float(weights @ at / weights.sum())
    spread = float(weights @ (at - mean) ** 2 / weights.sum()) + (KINK_APART * dt) ** 2 / 12.0
    other = solve(room, *_begun(room, found, OUT, int(steps[np.argmin(guess)])))
    if not other.sound:
        return None
    evidence = other.evidence - 2.0 * math.log(float(weights.sum()) * KINK_APART)
    return evidence, other, (mean, math.sqrt(spread))
