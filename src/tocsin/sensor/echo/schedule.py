"""Which looks a radar has time for: a search fence, tracks at each revisit, and room for so many at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

NO_LIMIT = 10**9


@final
@dataclass(frozen=True, slots=True)
class Schedule:
    """How a radar searches and keeps what it has found; how many at once is its site's `capacity`.

    Search looks at all that is within half a beamwidth of the fence, at all that enters the view by its other
    edges (the rim of the sector is searched as the fence is: assumed), and at the rest of the volume slowly.
    What search detects is confirmed by a second look at once, while its echo is the same, and looked at from
    then on at each revisit, until it has been missed too often. Search has its share of the time first; each
    track look and confirmation takes a dwell of the rest.
    """

    volume_s: float = assumed(60.0, 20.0, 600.0, "s", "in which the volume above the fence is searched once")
    misses: float = assumed(5.0, 2.0, 10.0, "", "in a row after which what was in track is given up")
    fence_s: float = assumed(0.0, 1.0, 20.0, "s", "revisit of the fence; 0 for every frame", zero=True)
    search_share: float = assumed(0.5, 0.2, 0.8, "", "of the time, kept for search")
    dwell_s: float = assumed(0.005, 0.001, 0.04, "s", "of a track look, several in each listening time")

    def __post_init__(self) -> None:
        check_assumed(self)
        if not self.search_share < 1.0:
            raise TocsinError(
                f"Schedule.search_share = {self.search_share:g} leaves no time for tracks: give less than 1"
            )

    def budget(self, frame_s: float) -> int:
        """Track looks and confirmations that a frame has time for: (1 - search_share) frame_s / dwell_s.

        With the defaults 700 in 7 s and 500 in 5 s. TocsinError where there is no time for one.
        """
        looks = math.floor((1.0 - self.search_share) * frame_s / self.dwell_s + 1e-9)
        if looks < 1:
            raise TocsinError(
                f"Schedule: a frame of {frame_s:g} s has no time for a track look of {self.dwell_s:g} s: "
                "give a shorter dwell_s, a smaller search_share or a longer revisit"
            )
        return looks

    def fence_every(self, frame_s: float) -> int:
        """Frames of frame_s between two passes of the fence, at least 1."""
        return max(1, round(self.fence_s / frame_s))


SCHEDULE = Schedule()


@final
@dataclass(frozen=True, slots=True)
class TimeLine:
    """Which rows (n,) get a look; in each frame (frames,) the track looks put off, and the bodies refused;
    `without`: which rows (n,) those are.
    """

    look: Bools
    put_off: Ints
    refused: Ints
    without: Bools

    @property
    def shed(self) -> Ints:
        """What each frame (frames,) had no room for: looks put off and bodies refused."""
        return self.put_off + self.refused


def searched(
    frame: Ints,
    body: Ints,
    elevation: Array,
    fence_el: float,
    beamwidth: float,
    every: int,
    fence_every: int = 1,
) -> Bools:
    """Whether search looks at each row (n,), rows being what is in view, body by body and in order of frames.

    elevation (n,) apparent; fence_el, beamwidth rad; every: frames in which the volume is searched once, each
    body at a frame of its own; fence_every likewise of the fence.
    """
    in_fence = np.abs(elevation - fence_el) <= 0.5 * beamwidth
    if fence_every > 1:
        in_fence &= frame % fence_every == body % fence_every
    enters = np.ones(len(frame), dtype=bool)
    enters[1:] = (body[1:] != body[:-1]) | (frame[1:] != frame[:-1] + 1)
    return np.asarray(in_fence | enters | (frame % every == body % every))


def time_line(
    frame: Ints,
    body: Ints,
    search: Bools,
    detected: Bools,
    frames: int,
    bodies: int,
    capacity: int,
    misses: int,
    budget: int = NO_LIMIT,
) -> TimeLine:
    """The looks that one radar makes, and what it sheds: rows (n,) of what is in view, in order of frames.

    What is in track stays there, first come first served, so that a crowd never loses what was known; a body
    that left the view is given up after as many frames as may be missed. At most `capacity` are in track,
    what is found beyond is refused. At most `budget` looks of a frame are track looks and confirmations
    (a body in track that search looks at anyway costs none): first tracks that were put off, the longest
    unseen before the others, then confirmations, then the other tracks. Nothing here knows what a body is.
    """
    look, without = np.zeros(len(frame), dtype=bool), np.zeros(len(frame), dtype=bool)
    put_off, refused = np.zeros(frames, dtype=np.int64), np.zeros(frames, dtype=np.int64)
    _keep(frame, body, search, detected, bodies, capacity, misses, budget, look, put_off, refused, without)
    return TimeLine(look, put_off, refused, without)


@njit(cache=True, error_model="numpy")
def _keep(
    frame: Ints, body: Ints, search: Bools, detected: Bools, bodies: int, capacity: int, misses: int,
    budget: int, look: Bools, put_off: Ints, refused: Ints, without: Bools,
) -> None:  # fmt: skip
    missed = np.full(bodies, -1)  # in a row; -1 for what is not in track
    last = np.full(bodies, -1)  # frame in view
    seen = np.full(bodies, -1)  # frame looked at
    asking, since = np.empty(bodies, np.int64), np.empty(bodies, np.int64)
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
        asks, finds = 0, 0
        for i in range(row, end):
            b = body[i]
            last[b] = now
            if missed[b] >= 0:
                if search[i]:
                    look[i] = True
                else:
                    asking[asks], since[asks] = i, seen[b]
                    asks += 1
            elif search[i] and detected[i]:
                finds += 1
        kept = min(finds, capacity - held)
        if asks + finds <= budget:
            for k in range(asks):
                look[asking[k]] = True
            used = asks
        else:
            used = 0
            for k in np.argsort(since[:asks], kind="mergesort"):
                if used < (budget if since[k] < now - 1 else budget - kept):
                    look[asking[k]] = True
                    used += 1
                else:
                    put_off[now] += 1
                    without[asking[k]] = True
        for i in range(row, end):
            b = body[i]
            if look[i]:
                seen[b] = now
                missed[b] = 0 if detected[i] else missed[b] + 1
                if missed[b] > misses:
                    missed[b] = -1
                    held -= 1
        for i in range(row, end):
            b = body[i]
            if look[i] or not search[i] or missed[b] >= 0:
                continue
            if detected[i] and (held >= capacity or used >= budget):
                refused[now] += 1
                without[i] = True
            elif held < capacity:
                look[i] = True
                if detected[i]:
                    missed[b], seen[b] = 0, now
                    held += 1
                    used += 1
        row = end
