"""One scan of a radar against all that is known to be overhead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan
from tocsin.track.known.entries import Entries
from tocsin.track.known.known import Known
from tocsin.track.known.manoeuvre import begun, pursued
from tocsin.track.known.match import Frame, frame_of
from tocsin.track.known.own import Own, own_looks
from tocsin.track.known.report import Report
from tocsin.track.known.strain import given_way, strain_after

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def known_step(
    known: Known, scan: Scan, channel: int, density: float, rival: Array | None = None
) -> tuple[Known, Ints, tuple[Report, ...]]:
    """The known objects after a scan, whose look each of it is (k,), a row of the element sets or -1, and
    news.

    channel: the scan's, as in `Known.of`; density: false looks per scan, m and rad2; rival (k,): ln density,
    per m and rad2, with which the tracker's own tracks expect each look, -inf where none does: what these
    explain better is not set aside. Looks are taken in rounds, each of what the one before left: by the
    offsets as they are; by those without the last look, which is then `released`; by hypotheses of manoeuvres
    that are sure. Looks that are left begin hypotheses for objects that were missed, which take nothing yet.
    """
    if known.radar[channel] < 0 or scan.blind:
        return known, np.full(len(scan), -1, np.int64), ()
    frame, objects, entries = frame_of(known, scan, channel, density, rival)
    own = own_looks(frame, objects, entries, np.full(len(scan), -1, np.int64))
    hit, counts = np.flatnonzero(own.look >= 0), _counting(frame, own)
    known, entries = _tallied(frame, objects, entries, own, hit, counts, channel)
    strained = hit[entries.strain[hit] >= known.plan.manoeuvred_at]
    known, bent = given_way(known, frame.t, objects, entries, strained)
    known, taken, moved = pursued(replace(frame, known=known), own.taken, objects[hit], channel)
    odd = counts[(entries.run[counts] >= known.plan.awaited) & (own.chance[counts] >= known.plan.hopeful)]
    odd = odd[~np.isin(objects[odd], known.suspects.object)]
    known = begun(replace(frame, known=known), taken, objects[odd], entries.now.where(odd), channel)
    late = objects[counts]
    late = late[(known.missed[late] >= known.plan.absent_at) & ~known.absent[late]]
    late = late[~np.isin(late, known.suspects.object)]
    if len(late):
        absent = known.absent.copy()
        absent[late] = True
        known = replace(known, absent=absent)
    gone = tuple(Report("absent", frame.t, int(i)) for i in late)
    return known, taken, (*own.reports, *bent, *moved, *gone)


def _counting(frame: Frame, own: Own) -> Ints:
    """The objects (m,) whose miss says something: surely in view of a radar that had time for all.

    A look within its gate that another took, or that a track explains better, makes a miss say nothing.
    """
    if frame.scan.shed:
        return np.empty(0, np.int64)
    missed = np.flatnonzero((own.look < 0) & ~own.contested)
    return missed[frame.known.views[frame.radar].surely(own.z[missed])]


def _tallied(
    frame: Frame, objects: Ints, entries: Entries, own: Own, hit: Ints, counts: Ints, channel: int
) -> tuple[Known, Entries]:
    """The known objects with the looks and misses of a scan written down: the score of misses begins anew
    with each look, and grows by -ln(1 - P_d) with each miss that counts.
    """
    known, scan = frame.known, frame.scan
    entries = replace(entries, now=own.now, before=own.before)
    one = np.ones(len(hit))
    entries.claimed[hit] = np.column_stack([one, one * channel, one * scan.t, own.look[hit]])
    entries.found[hit, frame.radar], entries.run[hit] = 1.0, 0.0
    entries.run[counts] += 1.0
    entries.strain[hit] = strain_after(entries.strain[hit], own.d2[hit])
    entries.found[counts[entries.run[counts] >= known.plan.given_up], frame.radar] = 0.0
    missed, absent = known.missed.copy(), known.absent.copy()
    missed[objects[hit]], absent[objects[hit]] = 0.0, False
    missed[objects[counts]] -= np.log1p(-own.chance[counts])
    changed = np.sort(np.concatenate([hit, counts]))
    working = known.working.put(known.working.row[objects[changed]], entries.where(changed))
    return replace(known, working=working, missed=missed, absent=absent), entries
