"""Which looks a radar has time for: a search fence, tracks at each revisit, and room for so many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True)
class Schedule:
    """How a radar searches and keeps what it has found; how many at once is its site's `capacity`.

    Search looks at all that is within half a beamwidth of the fence, at all that enters the view by its other
    edges (the rim of the sector is searched as the fence is: assumed), and at the rest of the volume slowly.
    What search detects is looked at from then on at each revisit, until it has been missed too often.
    """

    volume_s: float = assumed(60.0, 20.0, 600.0, "s", "in which the volume above the fence is searched once")
    misses: float = assumed(5.0, 2.0, 10.0, "", "in a row after which what was in track is given up")

    def __post_init__(self) -> None:
        check_assumed(self)


SCHEDULE = Schedule()


def searched(
    frame: Ints, body: Ints, elevation: Array, fence_el: float, beamwidth: float, every: int
) -> Bools:
    """Whether search looks at each row (n,), rows being what is in view, body by body and in order of frames.

    elevation (n,) apparent; fence_el, beamwidth rad; every: frames in which the volume is searched once, each
    body at a frame of its own.
    """
    in_fence = np.abs(elevation - fence_el) <= 0.5 * beamwidth
    enters = np.ones(len(frame), dtype=bool)
    enters[1:] = (body[1:] != body[:-1]) | (frame[1:] != frame[:-1] + 1)
    return np.asarray(in_fence | enters | (frame % every == body % every))


def looked_at(
    frame: Ints,
    body: Ints,
    search: Bools,
    detected: Bools,
    frames: int,
    bodies: int,
    capacity: int,
    misses: int,
) -> tuple[Bools, Ints]:
    """Which rows (n,) get a look, and what each frame (frames,) sheds: bodies found, without room for them.

    Rows in order of frames. What is in track stays there, first come first served, so that a crowd never
    loses what was known; a body that left the view is given up after as many frames as may be missed.
    """
    look, shed = np.zeros(len(frame), dtype=bool), np.zeros(frames, dtype=np.int64)
    _keep(frame, body, search, detected, bodies, capacity, misses, look, shed)
    return look, shed


@njit(cache=True, error_model="numpy")
def _keep(
    frame: Ints, body: Ints, search: Bools, detected: Bools, bodies: int, capacity: int, misses: int,
    look: Bools, shed: Ints,
) -> None:  # fmt: skip
    missed = np.full(bodies, -1)  # in a row; -1 for what is not in track
    last = np.full(bodies, -1)
    held = 0
    row, n = 0, len(frame)
    while row < n:
        now = frame[row]
        end = row
        while end < n and frame[end] == now:
            end += 1
        for b in range(bodies):
            if missed[b] >= 0 and now - last[b] > misses:
                missed[b] = -1
                held -= 1
        for i in range(row, end):
            b = body[i]
            last[b] = now
            if missed[b] >= 0:
                look[i] = True
                missed[b] = 0 if detected[i] else missed[b] + 1
                if missed[b] > misses:
                    missed[b] = -1
                    held -= 1
        for i in range(row, end):
            b = body[i]
            if not look[i] and search[i] and missed[b] < 0:
                if held < capacity:
                    look[i] = True
                    if detected[i]:
                        missed[b] = 0
                        held += 1
                elif detected[i]:
                    shed[now] += 1
        row = end
