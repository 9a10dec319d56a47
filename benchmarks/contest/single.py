"""One assignment a scan, with Tocsin's own motions, gate, births and test: what looking back is worth."""

from __future__ import annotations

from dataclasses import replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from contest.contestant import Claims, Rows, places, watch_of
from contest.scene import Known
from tocsin.sensor.scan import Scan
from tocsin.track.assign import assign
from tocsin.track.hypotheses.begin import begun
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.follow import FIRST_GATE, GATE, TENTATIVE_MISSES, Local
from tocsin.track.hypotheses.gate import gate, update
from tocsin.track.hypotheses.leaves import SCANS, STATE, Leaves, joined, no_leaves
from tocsin.track.local import confirmed
from tocsin.track.score import SequentialTest

Array = NDArray[np.float64]
NOBODY = (np.empty((0, STATE)), np.empty((0, STATE, STATE)))


@final
class Single:
    """Each track has one leaf; a look goes to the track for which the summed score is greatest."""

    def __init__(self, known: Known) -> None:
        self._r_site, self._watch, self._test = known.r_site, watch_of(known), SequentialTest()
        self._leaves, self._t = no_leaves(self._watch.models), -np.inf
        self._chains, self._rows, self._next = Chains(), Rows(), 0
        self._cell: dict[int, int] = {}

    def step(self, t: float, looks: Scan) -> Array:
        """As `Contestant`."""
        order = np.argsort(looks.values[:, 0], kind="stable")
        own, taken = self._carried(looks, order)
        fresh = np.setdiff1d(np.arange(len(looks)), taken)
        around = self._watch.around(looks, order)
        new = begun(fresh, around, looks, self._watch, NOBODY, self._next, 0, self._rows.next, self._chains)
        self._next += len(looks)
        self._leaves, self._t = joined(own, new), t
        self._rows.add(looks)
        every = np.arange(len(self._leaves))
        sure = confirmed(Local(self._leaves, t, np.zeros(SCANS, np.int64), 0, every), 0)
        self._cell |= dict(zip(sure.id.tolist(), sure.cell.tolist(), strict=True))
        return places(sure.x, self._r_site)

    def claims(self) -> Claims:
        """As `Contestant`."""
        return [self._rows.told(self._chains.rows(self._cell[name])) for name in sorted(self._cell)]

    def _carried(self, looks: Scan, order: NDArray[np.int64]) -> tuple[Leaves, NDArray[np.int64]]:
        """The tracks after a scan, and the looks that they took."""
        old, watch = self._leaves, self._watch
        x, P, w = old.x.copy(), old.P.copy(), old.w.copy()
        if not len(old):
            return old, np.empty(0, np.int64)
        watch.predict(x, P, w, np.full(len(old), looks.t - self._t), looks.r_ecef)
        z, sigma = looks.values, looks.sigmas
        limit = np.where(old.hits > 1, GATE, FIRST_GATE)
        start, look, value = gate(x, P, w, z, sigma, order, watch.seen, watch.angle, limit)
        miss = float(np.log1p(-watch.detection))
        gain = value + np.log(watch.detection) - np.log(watch.density)
        label = assign(start, look, gain - miss, len(looks))
        hit = label >= 0
        llr = old.llr + miss
        for i in np.flatnonzero(hit):
            part = slice(start[i], start[i + 1])
            llr[i] = old.llr[i] + gain[part][look[part] == label[i]][0]
        xh, Ph, wh, taken = x[hit], P[hit], w[hit], label[hit]
        update(xh, Ph, wh, taken, z, sigma, watch.seen, watch.angle, np.empty(STATE))
        x[hit], P[hit], w[hit] = xh, Ph, wh
        cell = old.cell.copy()
        cell[hit] = self._chains.add(self._rows.next + taken, cell[hit])
        hits, misses = old.hits + hit, np.where(hit, 0, old.misses + 1)
        sure = old.confirmed | ((llr > self._test.upper) & (hits >= self._test.least_hits))
        now = replace(old, x=x, P=P, w=w, llr=llr, cell=cell, hits=hits, misses=misses, confirmed=sure)
        now = replace(now, last_t=np.where(hit, looks.t, old.last_t))
        most = np.where(sure, self._test.most_misses, TENTATIVE_MISSES)
        return now.where((misses <= most) & (sure | (llr > self._test.lower))), taken
