"""Which local tracks make up a system track, and what each has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.track.local import LocalTracks


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


def member(tracks: LocalTracks, row: int, live: bool = True) -> Member:
    """The member that row `row` of the local tracks is now."""
    return Member(
        int(tracks.id[row]),
        int(tracks.channel[row]),
        float(tracks.first_t[row]),
        float(tracks.last_t[row]),
        int(tracks.hits[row]),
        float(tracks.llr[row]),
        live,
    )
