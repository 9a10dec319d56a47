"""Looks that are a known object's own: as its offsets have it, or without the look it had last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.known.entries import Entries
from tocsin.track.known.errorstate import ErrorState
from tocsin.track.known.innovation import innovation, squared
from tocsin.track.known.match import Frame
from tocsin.track.known.predict import Seen
from tocsin.track.known.report import Report
from tocsin.track.known.strain import least_d2

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


_ODD = 11.3  # of d2: one look in a hundred is as far off by itself
_LIKELIER = 10.0  # ln of how much likelier a look must be without the last one; by chance in e^-10 (Markov)


@final
@dataclass(frozen=True, slots=True)
class Own:
    """Of objects (n,) in sight: look (n,) or -1; now, before: their offsets with it and without; z (n, 3)
    where they should be; chance (n,) of a look; contested (n,): had one within the gate;
    d2 (n,): how far it was off at least (`strain`), -inf where that says nothing because the last one was
    another's. taken (k,), of each look.
    """

    look: Ints
    taken: Ints
    now: ErrorState
    before: ErrorState
    z: Array
    chance: Array
    contested: Bools
    d2: Array
    reports: tuple[Report, ...]


def own_looks(frame: Frame, objects: Ints, entries: Entries, taken: Ints) -> Own:
    """Deal the looks out among objects (n,) by their offsets; then, among those left with a last look that
    nothing has confirmed, by what they were without it.

    A look that fits only without the one before, or much better, shows that one to have been another's: it is
    `released`.
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
    off = np.zeros(len(objects))
    if len(hit):
        off[hit] = least_d2(seen, hit, look[hit], frame.scan.values, frame.scan.sigmas)
        now, before = (
            now.with_rows(hit, frame.updated(seen, hit, look[hit])),
            before.with_rows(hit, seen.state.where(hit).untied(0)),
        )
    doubt = np.flatnonzero(((look < 0) | (first.d2 > _ODD)) & (entries.claimed[:, 0] > 0.0))
    reports: list[Report] = []
    if len(doubt):
        without = frame.predicted(objects[doubt], entries.before.where(doubt).untied())
        again = _without(frame, seen, without, doubt, look, taken, chance)
        back = np.flatnonzero(again >= 0)
        if len(back):
            mine, looks = doubt[back], again[back]
            look[mine], taken[looks], off[mine] = looks, objects[mine], -np.inf
            now = now.with_rows(mine, frame.updated(without, back, looks))
            before = before.with_rows(mine, without.state.where(back).untied(0))
            reports = [Report("released", frame.t, int(objects[i]), (entries.claim(int(i)),)) for i in mine]
    return Own(look, taken, now, before, seen.z, chance, first.contested, off, tuple(reports))


def _without(
    frame: Frame, seen: Seen, without: Seen, doubt: Ints, look: Ints, taken: Ints, chance: Array
) -> Ints:
    """The looks (m,), or -1, of doubtful objects, rows `doubt` (m,), that show their last one to be
    another's.
    """
    own = look[doubt]
    free = frame.matched(without, taken < 0, chance[doubt]).look
    nu, inverse = np.empty(3), np.empty((3, 3))
    for i in np.flatnonzero(own >= 0):
        ln = [
            -0.5 * (innovation(s.z[row], s.S[row], z, sigma, nu, inverse) + squared(nu, inverse))
            for s, row, z, sigma in (
                (without, i, frame.scan.values[own[i]], frame.scan.sigmas[own[i]]),
                (seen, doubt[i], frame.scan.values[own[i]], frame.scan.sigmas[own[i]]),
            )
        ]
        free[i] = own[i] if ln[0] - ln[1] > _LIKELIER else -1
    return free
