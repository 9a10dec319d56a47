"""Which local tracks make up a system track, and what each has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.track.picture import Members


@final
@dataclass(frozen=True, slots=True)
class Member:
    """A local track's part in a system track, kept after the local track itself has ended; times TAI s."""

    local: int
    channel: int
    first_t: float
    last_t: float
    hits: int
    llr: float
    live: bool


def members_of(members: Members, system: int) -> tuple[Member, ...]:
    """The parts of a system track, in the order in which they joined it."""
    return tuple(
        Member(
            int(members.local[k]),
            int(members.channel[k]),
            float(members.first_t[k]),
            float(members.last_t[k]),
            int(members.hits[k]),
            float(members.llr[k]),
            bool(members.live[k]),
        )
        for k in members.of(system)
    )
