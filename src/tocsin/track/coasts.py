"""Where system tracks in free flight are now, without solving them anew."""

from __future__ import annotations

import math
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

STEP_S = 30.0


def flies(solution: Solution | None) -> bool:
    """Whether a solution is of a body that has only gravity and air to follow."""
    return (
        solution is not None and solution.state is not None and solution.phase in ("ballistic", "manoeuvring")
    )


@final
class Coasts:
    """States at whole half minutes, worked out once for each solution: it saves time and changes nothing."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Solution, float, Array]] = {}

    def forget(self) -> None:
        """Keep no state: most are of tracks long over."""
        self._held.clear()

    def __call__(self, picture: Picture, rows: Ints, t: float, setting: Setting) -> Array:
        """States (n, 6) at t of system tracks that fly; NaN where there is none."""
        grid = STEP_S * math.floor(t / STEP_S)
        new = []
        for row in rows:
            founder, solution = int(picture.systems.founder[row]), picture.solutions[row]
            held = self._held.get(founder)
            if held is None or held[0] is not solution or held[1] != grid:
                new.append((founder, solution))
        if new:
            t0 = np.array([s.state.t for _, s in new])
            x0 = np.array([s.state.x for _, s in new])
            for (founder, solution), x in zip(
                new, propagate_each(t0, x0, setting.bank.inv_beta, grid, GATING), strict=True
            ):
                self._held[founder] = solution, grid, x
        x = np.array([self._held[int(f)][2] for f in picture.systems.founder[rows]]).reshape(-1, 6)
        return propagate_each(np.full(len(x), grid), x, setting.bank.inv_beta, t, GATING)
