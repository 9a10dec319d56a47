"""One object one look: the looks of a scan dealt out among predictions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan
from tocsin.track.assign import assign
from tocsin.track.known.entries import Entries
from tocsin.track.known.errorstate import ErrorState
from tocsin.track.known.grid import Grid
from tocsin.track.known.innovation import candidates, folded
from tocsin.track.known.known import Known
from tocsin.track.known.predict import Seen, predicted

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_TURNS = 4  # of the update, where the offset is so large that its slopes change within


@final
@dataclass(frozen=True, slots=True)
class Matches:
    """Of n predictions: look (n,) or -1; gain (n,), ln LR of it; d2 (n,); contested (n,): had one in its
    gate.
    """

    look: Ints
    gain: Array
    d2: Array
    contested: Bools


@final
@dataclass(frozen=True, slots=True)
class Frame:
    """A radar's scan as it is matched: `radar`, its number; t; rates and sigmas (k,), NaN where none.

    other (k,): ln of the density, per m and rad2, of looks there that are nobody's known, false ones and all.
    """

    known: Known
    grid: Grid
    scan: Scan
    radar: int
    t: float
    rates: tuple[Array, Array]
    other: Array

    def predicted(self, objects: Ints, state: ErrorState) -> Seen:
        """The looks expected at objects (n,) with offsets (n)."""
        view, g, k = self.known.views[self.radar], self.grid, self.known
        return predicted(
            self.t, self.radar, (g.t, g.r, g.v), objects, state, k.wander, k.motion, view
        )  # fmt: skip

    def matched(self, seen: Seen, free: Bools, chance: Array) -> Matches:
        """The free looks, dealt out for the greatest sum of ln P_d N(nu; 0, S) / ((1 - P_d) other)."""
        n, k = len(chance), len(free)
        look, gain, far = np.full(n, -1, np.int64), np.zeros(n), np.zeros(n)
        if not n or not free.any():
            return Matches(look, gain, far, np.zeros(n, dtype=bool))
        start, column, ln, d2 = candidates(
            seen, self.scan.values, self.scan.sigmas, self.rates, free, self.known.plan.gate
        )
        count = np.diff(start)
        row = np.repeat(np.arange(n), count)
        gains = ln + (np.log(chance) - np.log1p(-chance))[row] - self.other[column]
        look = assign(start, column, gains, k)
        own = column == look[row]
        gain[row[own]], far[row[own]] = gains[own], d2[own]
        return Matches(look, gain, far, count > 0)

    def updated(self, seen: Seen, rows: Ints, looks: Ints) -> ErrorState:
        """The offsets of some rows (m,) after a look each (m,)."""
        return folded(seen, rows, looks, self.scan.values, self.scan.sigmas)

    def iterated(self, objects: Ints, state: ErrorState, looks: Ints) -> ErrorState:
        """The offsets of objects (m,) after a look each, by Gauss and Newton: z is h(x_i) + H (x - x_i)."""
        rows = np.arange(len(objects))
        base = self.predicted(objects, state).state
        x = base.x
        for _ in range(_TURNS):
            seen = self.predicted(objects, replace(base, x=x))
            z = seen.z + np.einsum("nij,nj->ni", seen.H, base.x - x)
            out = self.updated(replace(seen, z=z, state=base), rows, looks)
            x = out.x
        return out


def frame_of(
    known: Known, scan: Scan, channel: int, density: float, rival: Array | None = None
) -> tuple[Frame, Ints, Entries]:
    """A scan ready to be matched, and the objects (n,) that may be in its view with their entries."""
    radar = int(known.radar[channel])
    t = float(np.median(scan.t_look)) if len(scan) else scan.t
    known, grid = known.at(t)
    objects = grid.in_sight(t, radar, known.views[radar])
    objects = objects[np.argsort(known.working.row[objects])]
    other = _others(known, radar, density, rival, len(scan))
    entries = known.working.take(known.working.row[objects])
    return Frame(known, grid, scan, radar, t, _rates(scan), other), objects, entries


def _rates(scan: Scan) -> tuple[Array, Array]:
    """Range rates (k,) and their sigmas, NaN where none is measured."""
    if scan.rate is None or scan.rate_sigma is None:
        none = np.full(len(scan), np.nan)
        return none, none
    return scan.rate, scan.rate_sigma


def _others(known: Known, radar: int, density: float, rival: Array | None, k: int) -> Array:
    """ln density (k,) of looks of no known object: false, of what no catalogue has, of the tracks."""
    s = known.views[radar].site
    angles = math.radians(s.sector_deg) * math.radians(s.el_max_deg - s.el_min_deg)
    unknown = known.plan.unknown / (angles * (s.range_max_km - s.range_min_km) * 1e3)
    ln = np.full(k, math.log(density + unknown))
    return ln if rival is None else np.logaddexp(ln, rival)
