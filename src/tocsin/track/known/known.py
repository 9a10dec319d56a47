"""The known objects of a tracker: their element sets, the radars that see them, and what looks have told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self, final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.catalogue.elementspread import ELEMENT_SPREAD, ElementSpread
from tocsin.errors import TocsinError
from tocsin.estimate.looks import Channel
from tocsin.motion.elementsets import ElementSets
from tocsin.motion.orbits import Orbits, orbits_of
from tocsin.track.known.ahead import Ahead
from tocsin.track.known.errorstate import ErrorState, prior, wandering
from tocsin.track.known.grid import STEP_S, Grid, grid_at
from tocsin.track.known.plan import PLAN, Plan
from tocsin.track.known.radarview import RadarView, radar_view
from tocsin.track.known.suspects import Suspects, no_suspects
from tocsin.track.known.working import Working, changed_to, nothing_near

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True)
class Known:
    """N objects with elements and what is known of them; `known_step` gives the next from a scan.

    motion (N,) rad/s; wander (N, 2), see `errorstate`; rcs_m2 (N,), NaN where unknown. views, of each radar;
    radar (c,): the number of each channel's, -1 for others. grids: the newest first; ahead: what is done of
    the next node; rest: offsets of all
    objects; working: of those near a view. missed (N,): score of misses since an object's last look; absent
    (N,): those told to be.
    """

    orbits: Orbits
    motion: Array
    wander: Array
    rcs_m2: Array
    views: tuple[RadarView, ...]
    radar: Ints
    plan: Plan
    grids: tuple[Grid, ...]
    ahead: Ahead | None
    rest: ErrorState
    working: Working
    suspects: Suspects
    missed: Array
    absent: Bools

    @classmethod
    def of(
        cls,
        elements: ElementSets,
        channels: tuple[Channel, ...],
        sites: tuple[RadarSite, ...],
        rcs_m2: Array | None = None,
        spread: ElementSpread = ELEMENT_SPREAD,
        plan: Plan = PLAN,
    ) -> Self:
        """Nothing seen yet. sites: the radars among the channels, by key = name; others see no object.

        rcs_m2 (N,): mean cross-sections, for the chance of a look; NaN, or None for all, where unknown.
        """
        by_name = {c.name: c for c in channels}
        strange = [s.key for s in sites if s.key not in by_name]
        if strange:
            raise TocsinError(f"radars {', '.join(strange)} are no channels; give the sites of the channels")
        number = {s.key: i for i, s in enumerate(sites)}
        rest, n = prior(elements, spread), len(elements)
        return cls(
            orbits=orbits_of(elements),
            motion=elements.mean_motion,
            wander=wandering(elements, spread),
            rcs_m2=np.full(n, np.nan) if rcs_m2 is None else np.asarray(rcs_m2, dtype=np.float64),
            views=tuple(radar_view(s, by_name[s.key]) for s in sites),
            radar=np.array([number.get(c.name, -1) for c in channels], dtype=np.int64),
            plan=plan,
            grids=(),
            ahead=None,
            rest=rest,
            working=nothing_near(n, len(sites)),
            suspects=no_suspects(),
            missed=np.zeros(n),
            absent=np.zeros(n, dtype=bool),
        )

    def __len__(self) -> int:
        return len(self.motion)

    def at(self, t: float) -> tuple[Known, Grid]:
        """The same ready for a scan at t (TAI s), and the grid it is on: a new one each minute.

        The grid before is kept for scans that come late; later ones still have the objects worked out anew.
        With each scan on the newest a part of the next is worked out.
        """
        for grid in self.grids:
            if grid.covers(t):
                return self._ahead_of(t, grid), grid
        grid = grid_at(t, self.orbits, self.views, self.grids[0] if self.grids else None, self.ahead)
        grids = tuple(sorted((grid, *self.grids), key=lambda g: -float(g.t[0]))[:2])
        if not any(g is grid for g in grids):
            grids = (grids[0], grid)
        near = [part for parts in zip(*(g.near for g in grids), strict=True) for part in parts]
        working, rest = changed_to(self.working, (*near, self.suspects.object), self.rest)
        return replace(self, grids=grids, working=working, rest=rest), grid

    def _ahead_of(self, t: float, grid: Grid) -> Known:
        """The same with as much of the next node worked out as is due at t."""
        if grid is not self.grids[0]:
            return self
        after = float(grid.t[1]) + STEP_S
        ahead = self.ahead if self.ahead is not None and self.ahead.t == after else Ahead(after)
        return replace(self, ahead=ahead.worked(self.orbits, (t - float(grid.t[0])) / STEP_S))
