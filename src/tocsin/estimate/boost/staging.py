"""When a new stage began: restarts of the thrust's acceleration that the looks show."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.boost.knots import Room, Solved, solve
from tocsin.estimate.boost.turn import LN_A, OUT, OUT_LN_A, RESTART_LN_A, STAGED

Array = NDArray[np.float64]

MOST_STAGINGS, APART = 5, 4
# How far back an engine's end is looked for, how closely, and what must follow it.
KINK_S, KINK_APART, COAST_S = 60.0, 3, 4.0


def with_stagings(room: Room, found: Solved, since: int) -> list[tuple[float, Solved]]:
    """What the looks may mean: no restart more than `found` has, one, two and so on, each with its evidence.

    One restart more is tried as long as it betters the evidence, which is summed over all the steps from
    `since` on at which it may have been: every fourth is judged as if all were linear, and the likeliest is
    then solved for. The last try is told too, though it is not better, since it may be nearly as good.
    """
    told = [(found.evidence, found)]
    for _ in range(MOST_STAGINGS):
        steps = [
            k for k in range(max(since, 1), len(found.restart), APART) if not found.restart[_near(k)].any()
        ]
        guess = {k: _foreseen(room, found, k) for k in steps}
        if not guess:
            return told
        at = min(guess, key=lambda k: guess[k])
        places = sum(math.exp(-0.5 * (g - guess[at])) for g in guess.values()) * APART
        near = {k: _foreseen(room, found, k) for k in range(at - 3, at + 4) if 0 < k < len(found.restart)}
        x, restart = _begun(room, found, min(near, key=lambda k: near[k]))
        other = solve(room, x, found.c, restart)
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


def _begun(room: Room, found: Solved, k: int) -> tuple[Array, Array]:
    """Knots and restarts of the same with one more at step k, and with its likeliest thrust until the next.

    ln a of a stage is ln a_0 - ln(1 - a_0 t / v_e). Begun so, the rest of the problem is nearly linear.
    """
    x, restart = found.x.copy(), found.restart.copy()
    later = np.flatnonzero(restart[k + 1 :])
    end = k + 1 + (int(later[0]) if len(later) else len(restart) - k)
    burnt = math.exp(RESTART_LN_A) * found.c[0] * float(room.frame.dt[0]) * (np.arange(end - k) + 0.5)
    x[k + 1 : end + 1, LN_A] = RESTART_LN_A - np.log(np.maximum(1.0 - burnt, 0.3))[: len(x) - k - 1]
    restart[k] = STAGED
    return x, restart


def _foreseen(room: Room, found: Solved, k: int) -> float:
    """The evidence that a restart at step k would have."""
    x, restart = _begun(room, found, k)
    evidence = room.foreseen(x, found.c, restart)
    return evidence if math.isfinite(evidence) else math.inf


def with_kink(room: Room, found: Solved) -> tuple[float, Solved, tuple[float, float]] | None:
    """The engine out before the last look: evidence, solution, time s after the first look and its sigma.

    For what is still seen as it coasts. Every third of the last steps is judged from a start without
    thrust after it, where the rest is nearly linear. None where there is no room for it, or no solution.
    """
    dt = float(room.frame.dt[0])
    last = len(found.restart) - int(COAST_S / dt)
    # A stage that seems to begin there may be the end: its step is among them.
    steps = list(range(max(last - int(KINK_S / dt), 1), last, KINK_APART))
    if not steps:
        return None
    guess = []
    for k in steps:
        x, restart = _coasting(found, k)
        evidence = room.foreseen(x, found.c, restart)
        guess.append(evidence if math.isfinite(evidence) else math.inf)
    least = min(guess)
    if not math.isfinite(least):
        return None
    weights = np.exp(-0.5 * (np.array(guess) - least))
    at = (np.array(steps) + 0.5) * dt
    mean = float(weights @ at / weights.sum())
    spread = float(weights @ (at - mean) ** 2 / weights.sum()) + (KINK_APART * dt) ** 2 / 12.0
    x, restart = _coasting(found, steps[int(np.argmin(guess))])
    other = solve(room, x, found.c, restart)
    if not other.sound:
        return None
    evidence = other.evidence - 2.0 * math.log(float(weights.sum()) * KINK_APART)
    return evidence, other, (mean, math.sqrt(spread))


def _coasting(found: Solved, k: int) -> tuple[Array, Array]:
    """Knots and restarts of the same with no thrust after step k."""
    x, restart = found.x.copy(), found.restart.copy()
    x[k + 1 :, LN_A] = OUT_LN_A
    restart[k] = OUT
    restart[k + 1 :] = 0.0
    return x, restart
