"""Where system tracks in free flight are now, without solving them anew."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.motion.coasting import propagate_each
from tocsin.motion.forces import GATING
from tocsin.track.picture import Picture
from tocsin.track.setting import Setting
from tocsin.track.solution import Solution

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

STEP_S, NODE_S = 30.0, 600.0


def flies(solution: Solution | None) -> bool:
    """Whether a solution is of a body that has only gravity and air to follow."""
    return (
        solution is not None and solution.state is not None and solution.phase in ("ballistic", "manoeuvring")
    )


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Of a solution: its state at the last whole NODE_S before, or as solved where none is since; and at a
    whole STEP_S.
    """

    solution: Solution
    t: float
    x: Array
    grid: float
    there: Array


@final
class Coasts:
    """States at whole half minutes, worked out once for each solution: it saves time and changes nothing.

    An arc of hours goes from one whole ten minutes to the next, each kept, so that it is not begun anew each
    half minute; what comes out hangs on no other time that was asked for.
    """

    def __init__(self) -> None:
        self._held: dict[int, _Held] = {}

    def keep(self, founders: set[int]) -> None:
        """Forget the states of all other system tracks."""
        self._held = {founder: held for founder, held in self._held.items() if founder in founders}

    def __call__(self, picture: Picture, rows: Ints, t: float, setting: Setting) -> Array:
        """States (n, 6) at t of system tracks that fly; NaN where there is none."""
        grid = STEP_S * math.floor(t / STEP_S)
        new = []
        for row in rows:
            founder, solution = int(picture.systems.founder[row]), picture.solutions[row]
            held = self._held.get(founder)
            if held is None or held.solution is not solution or held.grid != grid:
                new.append((founder, solution))
        if new:
            self._work_out(new, grid, setting.bank.inv_beta)
        x = np.array([self._held[int(f)].there for f in picture.systems.founder[rows]]).reshape(-1, 6)
        return propagate_each(np.full(len(x), grid), x, setting.bank.inv_beta, t, GATING)

    def _work_out(self, new: list[tuple[int, Solution]], grid: float, inv_beta: float) -> None:
        """Carry solutions to the grid, by way of all whole NODE_S since they were solved."""
        starts = [self._start(founder, solution, grid) for founder, solution in new]
        t = np.array([start[0] for start in starts])
        x = np.array([start[1] for start in starts])
        node = NODE_S * (math.floor(t.min() / NODE_S) + 1)
        while node <= grid:
            on = np.flatnonzero(t < node)
            x[on], t[on] = propagate_each(t[on], x[on], inv_beta, node, GATING), node
            node += NODE_S
        there = propagate_each(t, x, inv_beta, grid, GATING)
        for k, (founder, solution) in enumerate(new):
            self._held[founder] = _Held(solution, float(t[k]), x[k].copy(), grid, there[k])

    def _start(self, founder: int, solution: Solution, grid: float) -> tuple[float, Array]:
        held = self._held.get(founder)
        if held is not None and held.solution is solution and held.t <= grid:
            return held.t, held.x
        assert solution.state is not None
        return solution.state.t, solution.state.x
