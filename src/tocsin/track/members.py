"""Which local tracks make up a system track, and what each has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.gather import Tables
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.picture import NOBODY, Members, Picture

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


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


def rows_of(chains: Chains, members: Members, parts: Ints) -> tuple[Ints, Array]:
    """The rows (n,) of all looks of these members, and the spread (n,) of the group that each is one of."""
    each = [chains.rows(int(cell)) for cell in members.cell[parts]]
    rows = np.concatenate([np.empty(0, np.int64), *each])
    return rows, np.repeat(members.spread[parts], [len(own) for own in each])


def owners_of(picture: Picture, tables: Tables, number: dict[int, int]) -> Ints:
    """The number (n,) of each look's system track by its founder's, -1 of none; as looks were taken in."""
    out = np.full(tables.looks.fed, NOBODY)
    m = picture.members
    for cell, founder in zip(m.cell.tolist(), picture.systems.founder[m.system].tolist(), strict=True):
        out[tables.looks.serial(tables.chains.rows(cell))] = number[founder]
    return out
