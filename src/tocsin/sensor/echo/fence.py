"""A search fence: how long a row of beams along the horizon takes, within listening time and duty."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError


@final
@dataclass(frozen=True, slots=True)
class Fence:
    """A fence of `azimuths` beams shared by `faces`, each face sending its pulses one after another.

    beams_per_interval pulses of pulse_s go out before one listening time, each in its own direction and
    frequency. Faces work together, or take turns where they share a receiver (`in_turn`). duty_most
    bounds the time that a face transmits, over a whole revisit.
    """

    azimuths: int
    faces: int
    beams_per_interval: int
    pulse_s: float
    listening_s: float
    duty_most: float
    in_turn: bool = False

    def __post_init__(self) -> None:
        problems = [
            f"Fence.{name} = {value} is impossible: give 1 or more"
            for name, value in (
                ("azimuths", self.azimuths),
                ("faces", self.faces),
                ("beams_per_interval", self.beams_per_interval),
            )
            if value < 1
        ]
        problems += [
            f"Fence.{name} = {value:g} is impossible: give a time above 0 s"
            for name, value in (("pulse_s", self.pulse_s), ("listening_s", self.listening_s))
            if not (math.isfinite(value) and value > 0.0)
        ]
        if not 0.0 < self.duty_most <= 1.0:
            problems.append(f"Fence.duty_most = {self.duty_most:g} is impossible: give a fraction up to 1")
        if problems:
            raise TocsinError(problems)

    @property
    def beams_per_face(self) -> int:
        """Beams of one face in one revisit."""
        return -(-self.azimuths // self.faces)

    @property
    def interval_s(self) -> float:
        """One group of pulses and its listening time, s."""
        return self.beams_per_interval * self.pulse_s + self.listening_s

    @property
    def search_s(self) -> float:
        """Time that the fence takes when nothing else is done, s; a last group may be shorter."""
        groups = -(-self.beams_per_face // self.beams_per_interval)
        alone = self.beams_per_face * self.pulse_s + groups * self.listening_s
        return alone * (self.faces if self.in_turn else 1)

    @property
    def transmitting_s(self) -> float:
        """Time that one face transmits in one revisit, s."""
        return self.beams_per_face * self.pulse_s

    @property
    def revisit_s(self) -> float:
        """Shortest time between two looks in one direction, s: of listening or of duty, the longer."""
        return max(self.search_s, self.transmitting_s / self.duty_most)

    @property
    def blind_m(self) -> float:
        """Range below which the first pulse of a group comes back, in part, while others still go out, m."""
        return 0.5 * C_LIGHT * self.beams_per_interval * self.pulse_s

    def duty(self, revisit_s: float) -> float:
        """Fraction of the time that one face transmits for the fence, when it is repeated each revisit_s."""
        return self.transmitting_s / revisit_s


def listening_time(range_m: float, at_least_s: float = 0.038) -> float:
    """Time s for the echo of the last pulse to come back from range_m: 2 R / c, and at least `at_least_s`.

    The default is published for PAVE PAWS (NRC 2005): 38 ms, which is 5,696 km.
    """
    if not (math.isfinite(range_m) and range_m > 0.0):
        raise TocsinError(f"listening_time: range_m = {range_m:g} is impossible: give a range above 0 m")
    return max(2.0 * range_m / C_LIGHT, at_least_s)


def beams_needed(fence: Fence, revisit_s: float) -> int:
    """Fewest beams a listening interval with which the fence is repeated within revisit_s.

    TocsinError where no number does: the pulses alone take too long, or more than the duty allows.
    """
    for beams in range(1, fence.beams_per_face + 1):
        if replace(fence, beams_per_interval=beams).revisit_s <= revisit_s:
            return beams
    shortest = replace(fence, beams_per_interval=fence.beams_per_face).revisit_s
    raise TocsinError(
        f"fence: {fence.azimuths} beams of {1e3 * fence.pulse_s:g} ms cannot be repeated in {revisit_s:g} s, "
        f"at best in {shortest:.3g} s: give shorter pulses, fewer beams or a longer revisit"
    )
