"""What the correlation tells of known objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final


@final
@dataclass(frozen=True, slots=True)
class LookRef:
    """A look by its radar's channel, the time of its scan (TAI s) and its row in that scan."""

    channel: int
    t: float
    row: int


@final
@dataclass(frozen=True, slots=True)
class Report:
    """What was found at t (TAI s) of a known object, a row of the element sets.

    absent: it should have been seen for long and was not. manoeuvred: these looks are its own, off its
    elements; until now they were set aside for nobody, from now on they are; or its looks, the last of them
    told, were each its own and together too far off. released: this look was set
    aside for it and was not its own, for the next one fits only without.
    """

    kind: Literal["absent", "manoeuvred", "released"]
    t: float
    known: int
    looks: tuple[LookRef, ...] = ()
