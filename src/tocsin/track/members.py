"""Which local tracks make up a system track, and what each has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tocsin.track.local import LocalTracks


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


def member(tracks: LocalTracks, row: int) -> Member:
    """The member that row `row` of the local tracks is now."""
    return Member(
        int(tracks.id[row]),
        int(tracks.channel[row]),
        float(tracks.first_t[row]),
        float(tracks.last_t[row]),
        int(tracks.hits[row]),
        float(tracks.llr[row]),
        True,
    )


def refreshed(members: tuple[Member, ...], tracks: LocalTracks) -> tuple[Member, ...]:
    """The members as the local tracks stand; one whose local track has ended keeps what it had."""
    rows = {int(name): row for row, name in enumerate(tracks.id)}
    return tuple(
        m if not m.live else member(tracks, rows[m.local]) if m.local in rows else replace(m, live=False)
        for m in members
    )
