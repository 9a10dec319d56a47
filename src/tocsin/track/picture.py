"""What a tracker has made of the scans up to a time: never changed, each scan makes another."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self, final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.group import Groups, alone
from tocsin.track.hypotheses.follow import Local, no_local
from tocsin.track.known import Known
from tocsin.track.local import LocalTracks, confirmed
from tocsin.track.setting import Setting
from tocsin.track.solution import Solution

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NOBODY = -1


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sensed:
    """One sensor's part: all its hypotheses, its confirmed tracks as they stand, and how they go together."""

    local: Local
    tracks: LocalTracks
    groups: Groups


@final
@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The confirmed tracks (n,) of all sensors, ended ones too, in the order in which they were taken in.

    local (n,): number; channel (n,); system (n,): row of the system track; first_t, last_t (n,) of its
    looks; hits (n,); llr (n,); cell (n,): newest look in the chains; live (n,); spread (n,): of the group
    that a telescope's is in, 1 sigma, rad.
    """

    local: Ints
    channel: Ints
    system: Ints
    first_t: Array
    last_t: Array
    hits: Ints
    llr: Array
    cell: Ints
    live: Bools
    spread: Array

    def __len__(self) -> int:
        return len(self.local)

    def of(self, system: int) -> Ints:
        """The rows of a system track."""
        return np.flatnonzero(self.system == system)

    def taking(self, tracks: LocalTracks, rows: Ints, system: Ints, spread: Array) -> Members:
        """With these confirmed tracks of one sensor, each part of a system track, and of a group so wide."""
        new = (
            tracks.id[rows],
            tracks.channel[rows],
            system,
            tracks.first_t[rows],
            tracks.last_t[rows],
            tracks.hits[rows],
            tracks.llr[rows],
            tracks.cell[rows],
            np.ones(len(rows), bool),
            spread,
        )
        names = [f.name for f in fields(Members)]
        return Members(*(np.concatenate([getattr(self, k), v]) for k, v in zip(names, new, strict=True)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Systems:
    """System tracks (s,), merged and lost ones too, in the order in which they were founded.

    founder (s,): number of the first member; into (s,): row it was merged into, or -1; burning (s,): seen by
    a telescope, and its engine not known to be out; ended (s,): it went out since it was solved; joined (s,):
    gained a member since;
    solved_looks (s,), solved_t (s,): looks that its solution is made of, and when it was made; size (s,): of
    how many bodies at the least, as one sensor saw at one time.
    """

    founder: Ints
    into: Ints
    burning: Bools
    ended: Bools
    joined: Bools
    solved_looks: Ints
    solved_t: Array
    size: Ints

    def __len__(self) -> int:
        return len(self.founder)

    def founded(self, founders: Ints) -> Systems:
        """With system tracks that these local tracks found."""
        n = len(founders)
        ones = np.ones(n, np.int64)
        new = (founders, -ones, ones < 0, ones < 0, ones > 0, 0 * ones, np.full(n, -np.inf), ones)
        names = [f.name for f in fields(Systems)]
        return Systems(*(np.concatenate([getattr(self, k), v]) for k, v in zip(names, new, strict=True)))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """After the scan at t of channel `channel`.

    sensed (c,); r_sensor, v_sensor (c, 3): where each sensor is at t and how it moves, Earth-fixed; heard
    (c,): its last scan; blind (c,): since when it has seen nothing, inf where it sees; silent (c,): told to
    be dead; members; systems; solutions (s,); known: the objects of the catalogue.
    """

    t: float
    channel: int
    sensed: tuple[Sensed, ...]
    r_sensor: Array
    v_sensor: Array
    heard: Array
    blind: Array
    silent: Bools
    members: Members
    systems: Systems
    solutions: tuple[Solution | None, ...]
    known: Known | None

    @classmethod
    def empty(cls, setting: Setting, known: Known | None) -> Self:
        """Before any scan."""
        ints, reals, bools = np.empty(0, np.int64), np.empty(0), np.empty(0, bool)
        n = len(setting.channels)
        local = [no_local(w) for w in setting.watches]
        return cls(
            t=-np.inf,
            channel=-1,
            sensed=tuple(
                Sensed(own, tracks, alone(tracks))
                for own, tracks in ((o, confirmed(o, c)) for c, o in enumerate(local))
            ),
            r_sensor=np.full((n, 3), np.nan),
            v_sensor=np.zeros((n, 3)),
            heard=np.full(n, -np.inf),
            blind=np.full(n, np.inf),
            silent=np.zeros(n, bool),
            members=Members(ints, ints, ints, reals, reals, ints, reals, ints, bools, reals),
            systems=Systems(ints, ints, bools, bools, bools, ints, reals, ints),
            solutions=(),
            known=known,
        )
