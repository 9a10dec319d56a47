"""One scan folded into the hypotheses of its sensor: predict, gate, grow, choose, prune, begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.scan import Scan
from tocsin.track.assign import assign
from tocsin.track.hypotheses.begin import begun
from tocsin.track.hypotheses.best import best_set
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.gate import gate, update
from tocsin.track.hypotheses.grow import children, numbered, shared, unlike
from tocsin.track.hypotheses.leaves import MISSED, SCANS, STATE, Leaves, joined, no_leaves
from tocsin.track.hypotheses.watch import Watch
from tocsin.track.score import SequentialTest

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GATE = 25.0  # squared distance, which a right look exceeds once in 60,000
# Of a body seen once: the prior of its speed is wider than any speed, so that less is enough (assumed).
FIRST_GATE = 9.0
# Leaves of a track at the most and at the least, by the room for those of all; and how much worse than its
# best one may be. A track that is chosen by none has half as many.
MOST, LEAST, ROOM, WITHIN = 20, 4, 8000, 10.0
ALIKE = 4  # scans: leaves of a track that agree on so many are one
TENTATIVE_MISSES = 2
BORN = 4000  # tracks begun in a scan at the most (assumed)
HIDDEN = 0.5  # chance from which on no look is no miss
SURE = 4.0  # how much better a look is as a track's than as another body's, for no track to begin there


@final
@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """One sensor's hypotheses after a scan.

    t: its last scan, TAI s; base (SCANS,): numbers of the first look of each of the last scans, the newest
    last; count: looks so far; chosen (t,): leaf of each track in the best joint hypothesis, or -1; lack: how
    much better a joint hypothesis could yet be.
    """

    leaves: Leaves
    t: float
    base: Ints
    count: int
    chosen: Ints
    lack: float = 0.0


def no_local(watch: Watch) -> Local:
    """Before any scan."""
    return Local(no_leaves(watch.models), -np.inf, np.zeros(SCANS, np.int64), 0, np.empty(0, np.int64))


def follow(
    local: Local,
    scan: Scan,
    watch: Watch,
    test: SequentialTest,
    next_track: int,
    row: int,
    chains: Chains,
    aside: Bools | None = None,
) -> Local:
    """The hypotheses after a scan.

    next_track: number of the first track that begins here, at most two a look; row: of the scan's first look
    in the table of all; aside (k,): looks that are known already for what they are.
    """
    z, sigma, k = scan.values, scan.sigmas, len(scan)
    old = local.leaves
    if not k and not len(old):
        return replace(local, t=scan.t, base=np.append(local.base[1:], local.count))
    x, P, w = old.x.copy(), old.P.copy(), old.w.copy()
    if len(old):
        watch.predict(x, P, w, np.full(len(old), scan.t - local.t), scan.r_ecef)
    base = np.append(local.base[1:], local.count)
    usable = np.ones(k, bool) if aside is None else ~aside
    order = np.flatnonzero(usable)[np.argsort(z[usable, 0], kind="stable")]
    start, look, value = gate(
        x, P, w, z[order], sigma[order], np.arange(len(order)), watch.seen, watch.angle,
        np.where(old.hits > 1, GATE, FIRST_GATE),
    )  # fmt: skip
    look = order[look]
    miss, lost = watch.missed(x, P, w, z, order)
    gain = value + np.log(watch.detection) - np.log(watch.density)
    best = np.zeros(len(old), bool)
    most = min(max(ROOM // max(len(local.chosen), 1), LEAST), MOST)
    best[local.chosen[local.chosen >= 0]] = True
    around = watch.around(scan, order)
    spare = np.log(around / watch.density) + np.log1p(-watch.detection)
    fresh = np.setdiff1d(order, _claimed(local, start, look, gain, spare))
    if len(fresh) > BORN:
        # What floods a sensor is bounded: the strongest looks, the same in whatever order they come.
        fresh = np.sort(fresh[np.lexsort((z[fresh, 0], -scan.snr[fresh]))[:BORN]])
    new = begun(fresh, around, scan, watch, _led(local, x, P), next_track, local.count, row, chains)
    contested = shared(old.track, start, look, fresh, k)
    parent, child, fit = children(old.track, old.fit, best, start, look, gain, miss, contested, most, WITHIN)
    # No state is worked out of what is not kept.
    grown = joined(_grown(old, parent, child, fit, lost, scan, local.count), new.bare())
    of_best = np.concatenate([best[parent], np.zeros(len(new), bool)])
    keep = np.flatnonzero(_alive(grown, test, most < MOST))
    keep = keep[unlike(grown.track[keep], grown.recent[keep], of_best[keep], ALIKE)]
    grown = grown.where(keep)
    window = int(base[0])
    chosen, lack = best_set(grown.track, grown.fit, grown.recent, window, local.count + k - window)
    grown = _confirmed(grown, chosen, test)
    kept, chosen = _pruned(grown, chosen, most // 2)
    keep, grown = keep[kept], grown.where(kept)
    own = keep[keep < len(parent)]
    leaves = _stated(
        grown, (x, P, w), parent[own], child[own], new, keep[len(own) :] - len(parent), scan, watch
    )
    cell = leaves.cell.copy()
    hit = np.flatnonzero(child[own] >= 0)
    cell[hit] = chains.add(row + child[own][hit], cell[hit])
    return Local(
        replace(leaves, cell=cell), scan.t, base, local.count + k, chosen, float(lack.max(initial=0.0))
    )


def _grown(
    old: Leaves, parent: Ints, child: Ints, fit: Array, lost: Array, scan: Scan, count: int
) -> Leaves:  # fmt: skip
    """The children without their states, and with their parents' cells."""
    hit = child >= 0
    recent = np.empty((len(parent), SCANS), np.int64)
    recent[:, :-1] = old.recent[parent, 1:]
    recent[:, -1] = np.where(hit, count + child, MISSED)
    return Leaves(
        track=old.track[parent],
        x=old.x[parent, :0],
        P=old.P[parent, :0],
        w=old.w[parent, :0],
        llr=old.llr[parent] + fit - old.fit[parent],
        fit=fit,
        fall=np.maximum(old.fall[parent] - (fit - old.fit[parent]), 0.0),
        hits=old.hits[parent] + hit,
        misses=np.where(hit, 0, old.misses[parent] + (lost[parent] < HIDDEN)),
        first_t=old.first_t[parent],
        last_t=np.where(hit, scan.t, old.last_t[parent]),
        confirmed=old.confirmed[parent],
        recent=recent,
        cell=old.cell[parent],
    )


def _stated(
    leaves: Leaves, moved: tuple[Array, Array, Array], parent: Ints, child: Ints, new: Leaves, born: Ints,
    scan: Scan, watch: Watch,
) -> Leaves:  # fmt: skip
    """Leaves with their states: of what was moved and has had a look or none, then of what was born."""
    count = len(parent)
    x, P, w = (np.empty((len(leaves), *a.shape[1:])) for a in moved)
    for out, a, b in zip((x, P, w), moved, (new.x, new.P, new.w), strict=True):
        np.take(a, parent, axis=0, out=out[:count])
        np.take(b, born, axis=0, out=out[count:])
    update(
        x[:count], P[:count], w[:count], child, scan.values, scan.sigmas, watch.seen, watch.angle,
        np.empty(STATE),
    )  # fmt: skip
    return replace(leaves, x=x, P=P, w=w)


def _led(local: Local, x: Array, P: Array) -> tuple[Array, Array]:
    """Where the confirmed tracks are expected (t, 6), P (t, 6, 6), in the first way to move."""
    at = local.chosen[local.chosen >= 0]
    at = at[local.leaves.confirmed[at]]
    return x[at, 0], P[at, 0]


def _claimed(local: Local, start: Ints, look: Ints, gain: Array, spare: Array) -> Ints:
    """Looks that the confirmed tracks take if each scan is judged by itself: no track begins there.

    spare (k,): what a look is worth as another body's, with what the track then loses by a miss.
    """
    at = local.chosen[local.chosen >= 0]
    at = at[local.leaves.confirmed[at]]
    size = start[at + 1] - start[at]
    rows = np.concatenate([[0], np.cumsum(size)])
    part = np.arange(rows[-1]) + np.repeat(start[at] - rows[:-1], size)
    better = gain[part] - spare[look[part]]
    taken = assign(rows, look[part], better, len(spare))
    own = np.repeat(np.arange(len(at)), size)
    sure = (taken[own] == look[part]) & (better > SURE)
    return np.unique(look[part][sure])


def _alive(leaves: Leaves, test: SequentialTest, full: bool) -> Bools:
    """A confirmed track ends by its misses, or where its score has fallen from its most by as much as it took
    to confirm it: false looks now and then keep no track alive. Another ends by its score as well."""
    # Where room is short, one look and then none is nothing: the next begins it anew, with a smaller gate.
    most = np.where(full & (leaves.hits == 1), 0, TENTATIVE_MISSES)
    most = np.where(leaves.confirmed, test.most_misses, most)
    scored = np.where(leaves.confirmed, leaves.fall < test.upper, leaves.llr > test.lower)
    return np.asarray((leaves.misses <= most) & scored)


def _confirmed(leaves: Leaves, chosen: Ints, test: SequentialTest) -> Leaves:
    """The leaves of a track whose chosen one passes the test are confirmed with it."""
    passed = np.zeros(len(chosen), bool)
    own = chosen >= 0
    at = chosen[own]
    passed[own] = (leaves.llr[at] > test.upper) & (leaves.hits[at] >= test.least_hits)
    number = numbered(leaves.track)
    return replace(leaves, confirmed=leaves.confirmed | passed[number])


def _pruned(leaves: Leaves, chosen: Ints, spare: int) -> tuple[Ints, Ints]:
    """The leaves that agree with the chosen ones as they were SCANS ago, and which of them are chosen.

    A track that is chosen by none ends then.
    """
    number = numbered(leaves.track)
    mine = chosen[number]
    oldest = leaves.recent[:, 0]
    agrees = oldest == np.where(mine >= 0, leaves.recent[mine, 0], MISSED)
    # A young track in whose place none was chosen has had its time when its first look leaves the window.
    rank = np.arange(len(number)) - np.searchsorted(number, number)
    young = (mine < 0) & (oldest == MISSED) & ~leaves.confirmed & (rank < spare)
    keep = np.where(mine >= 0, agrees, young)
    at = np.cumsum(keep) - 1
    left = chosen[np.unique(number[keep])]
    return np.flatnonzero(keep), np.where(left >= 0, at[left], -1)
