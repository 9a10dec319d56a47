"""Looks that no known object explains as it was, tried as those of one that has changed its orbit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.track.known.errorstate import ErrorState
from tocsin.track.known.known import Known
from tocsin.track.known.match import Frame
from tocsin.track.known.report import LookRef, Report
from tocsin.track.known.suspects import Suspects, loosened

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_FORGOTTEN_S = 600.0  # without a scan that could have seen it
_HOPELESS = 3  # misses in a row with which a hypothesis ends


def pursued(frame: Frame, taken: Ints, seen: Ints, channel: int) -> tuple[Known, Ints, tuple[Report, ...]]:
    """Hypotheses near the radar's view after the looks that are left; those that are sure become reports.

    seen: objects that had a look of their own, whose hypotheses end. Score, from the second look on: the sum
    of ln P_d N(nu; 0, S) / other, and of ln(1 - P_d) for a miss. Of hypotheses on looks that are nobody's no
    more than false_manoeuvred ever pass its limit (Wald 1945).
    """
    known, plan = frame.known, frame.known.plan
    if not len(known.suspects):
        return known, taken, ()
    fresh = frame.t - known.suspects.state.t < _FORGOTTEN_S
    suspects = known.suspects.where(fresh & ~np.isin(known.suspects.object, seen))
    here = np.flatnonzero(np.isin(suspects.object, frame.grid.near[frame.radar]))
    if not len(here):
        return replace(known, suspects=suspects), taken, ()
    look_at = frame.predicted(suspects.object[here], suspects.state.where(here))
    inside = known.views[frame.radar].surely(look_at.z)
    chance = np.full(len(here), plan.detection)
    found = frame.matched(look_at, taken < 0, chance)
    hit = np.flatnonzero(found.look >= 0)
    tried = np.flatnonzero((found.look >= 0) | (inside & (frame.scan.shed == 0)))
    gain = np.log1p(-chance) + np.where(found.look >= 0, found.gain, 0.0)
    state = look_at.state.with_rows(hit, frame.updated(look_at, hit, found.look[hit]))
    refs = tuple(LookRef(channel, frame.scan.t, int(i)) if i >= 0 else None for i in found.look[tried])
    suspects = suspects.after(here[tried], state.where(tried), gain[tried], refs)
    count = np.array([len(looks) for looks in suspects.looks])
    sure = (suspects.score >= plan.manoeuvred_at) & (count >= plan.least_looks) & (suspects.misses == 0)
    taken, reports = taken.copy(), []
    for i in np.flatnonzero(sure):
        looks, known_object = suspects.looks[i], int(suspects.object[i])
        reports.append(Report("manoeuvred", frame.t, known_object, looks))
        if looks[-1].t == frame.scan.t and looks[-1].channel == channel:
            taken[looks[-1].row] = known_object
    known = _adopted(known, suspects.where(sure))
    keep = ~sure & (suspects.misses < _HOPELESS) & (suspects.score > np.log(plan.false_manoeuvred))
    return replace(known, suspects=suspects.where(keep)), taken, tuple(reports)


def begun(frame: Frame, taken: Ints, objects: Ints, state: ErrorState, channel: int) -> Known:
    """Hypotheses begun for objects (m,), with offsets `state`, on looks that are left; they take none yet."""
    known = frame.known
    if not len(objects) or (taken >= 0).all():
        return known
    pending = {(looks[-1].t, looks[-1].row) for looks in known.suspects.looks if looks[-1].channel == channel}
    free = (taken < 0) & np.array(
        [(frame.scan.t, row) not in pending for row in range(len(taken))], dtype=bool
    )
    if not free.any():
        return known
    loose = loosened(state, known.motion[objects], known.plan, known.plan.aside_m)
    look_at = frame.predicted(objects, loose)
    found = frame.matched(look_at, free, np.full(len(objects), known.plan.detection))
    hit = np.flatnonzero(found.look >= 0)
    if not len(hit):
        return known
    looks = found.look[hit]
    fresh = Suspects(
        objects[hit], frame.iterated(objects[hit], look_at.state.where(hit), looks), np.zeros(len(hit)),
        np.zeros(len(hit), np.int64), tuple((LookRef(channel, frame.scan.t, int(i)),) for i in looks),
    )  # fmt: skip
    return replace(known, suspects=known.suspects.joined(fresh))


def _adopted(known: Known, sure: Suspects) -> Known:
    """The offsets of hypotheses that are sure in place of the objects' own."""
    if not len(sure):
        return known
    missed, absent = known.missed.copy(), known.absent.copy()
    missed[sure.object], absent[sure.object] = 0.0, False
    order = np.argsort(known.working.row[sure.object])
    rows = known.working.row[sure.object][order]
    entries = known.working.take(rows)
    entries.claimed[:], entries.run[:] = 0.0, 0.0
    state = sure.state.where(order)
    work = known.working.put(rows, replace(entries, now=state, before=state.untied(0)))
    return replace(known, working=work, missed=missed, absent=absent)
