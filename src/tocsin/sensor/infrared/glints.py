"""Cells of cloud that the Sun makes as bright as a plume for some minutes: at rest over the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Satellite
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.field import behind_the_earth, in_field

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Glints:
    """Where bright cells stand, r_ecef (n, 3) m; from when, start (n,) TAI s, and for how long (n,) s.

    brightness (n,): of the signal over the threshold, in a frame without the Sun's noise. TocsinError for
    numbers that are none, a duration that is not above 0, or columns that do not fit.
    """

    r_ecef: Array
    start: Array
    duration: Array
    brightness: Array

    def __post_init__(self) -> None:
        n = len(self.start)
        shapes = {self.duration.shape, self.brightness.shape, self.start.shape}
        if self.r_ecef.shape != (n, 3) or shapes != {(n,)}:
            raise TocsinError(
                "Glints: give a place (n, 3), and a start, a duration and a brightness for each"
            )
        numbers("place of a glint (m)", self.r_ecef)
        numbers("start of a glint (TAI s)", self.start)
        numbers("brightness of a glint", self.brightness, 0.0)
        if not np.all(numbers("duration of a glint (s)", self.duration, 0.0) > 0.0):
            raise TocsinError("Glints: one lasts for no time; give a duration above 0")


def glints_in(glints: Glints, satellite: Satellite, t: Array, r_satellite: Array) -> tuple[Ints, Ints]:
    """Frame and glint (m,) of each that shines in a frame at t (k,), in the field and not behind the Earth.

    r_satellite (k, 3) m, of each frame.
    """
    shines = (t[:, None] >= glints.start) & (t[:, None] < glints.start + glints.duration)
    frame, which = np.nonzero(shines)
    place, seen_from = glints.r_ecef[which], r_satellite[frame]
    there = in_field(satellite, place, seen_from) & ~behind_the_earth(place, seen_from, 0.0)
    return frame[there].astype(np.int64), which[there].astype(np.int64)
