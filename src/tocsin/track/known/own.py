"""Looks that are a known object's own: as its offsets have it, or without the look it had last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.known.entries import Entries
from tocsin.track.known.errorstate import ErrorState
from tocsin.track.known.match import Frame
from tocsin.track.known.report import Report

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True)
class Own:
    """Of objects (n,) in sight: look (n,) or -1; now, before: their offsets with it and without; z (n, 3)
    where they should be; chance (n,) of a look; contested (n,): had one within the gate. taken (k,), of each
    look.
    """

    look: Ints
    taken: Ints
    now: ErrorState
    before: ErrorState
    z: Array
    chance: Array
    contested: Bools
    reports: tuple[Report, ...]


def own_looks(frame: Frame, objects: Ints, entries: Entries, taken: Ints) -> Own:
    """Deal the looks out among objects (n,) by their offsets; then, among those left with a last look that
    nothing has confirmed, by what they were without it.

    A look that fits only without the one before shows that one to have been another's: it is `released`.
    """
    known, plan, radar = frame.known, frame.known.plan, frame.radar
    seen = frame.predicted(objects, entries.now)
    found = entries.found[:, radar] > 0.0
    most = np.where(found, plan.detection, plan.search)
    chance = known.views[radar].detection(seen.z, known.rcs_m2[objects], most, plan.loss_db)
    chance = np.clip(np.minimum(chance, most), 1e-3, 0.95)
    first = frame.matched(seen, taken < 0, chance)
    look, taken = first.look.copy(), taken.copy()
    hit = np.flatnonzero(look >= 0)
    taken[look[hit]] = objects[hit]
    now, before = entries.now, entries.before
    if len(hit):
        now, before = (
            now.with_rows(hit, frame.updated(seen, hit, look[hit])),
            before.with_rows(hit, seen.state.where(hit).untied(0)),
        )
    doubt = np.flatnonzero((look < 0) & (entries.claimed[:, 0] > 0.0))
    reports: list[Report] = []
    if len(doubt) and (taken < 0).any():
        without = frame.predicted(objects[doubt], entries.before.where(doubt).untied())
        again = frame.matched(without, taken < 0, chance[doubt])
        back = np.flatnonzero(again.look >= 0)
        if len(back):
            mine, looks = doubt[back], again.look[back]
            look[mine], taken[looks] = looks, objects[mine]
            now = now.with_rows(mine, frame.updated(without, back, looks))
            before = before.with_rows(mine, without.state.where(back).untied(0))
            reports = [Report("released", frame.t, int(objects[i]), (entries.claim(int(i)),)) for i in mine]
    return Own(look, taken, now, before, seen.z, chance, first.contested, tuple(reports))
