"""Tracks of one sensor that it cannot tell apart: a group of at least so many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.track.hypotheses.radar_motion import AZIMUTH
from tocsin.track.local import LocalTracks, short_way

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Two bodies d sigma of a look apart are taken for each other with the chance Q(d / sqrt 2), 0.0023 here; what
# may be closer by so many sigmas of the two tracks is not told apart when it begins, and later on.
CLOSE, BEGIN, PART = 4.0, 2.0, 3.0
FORMATION_M = 25e3  # from one to the next in a formation, at most (assumed)
YOUNG_S = 10.0  # since its first look, a track is not yet known apart (assumed)
LAST = np.iinfo(np.int64).max
ONE_MOTION = 16.0  # squared difference of two rates over their errors, of one that begins beside another


@final
@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """How the tracks (n,) of one sensor go together.

    label (n,): lowest number of a track that its group has had, its own of a track alone; unit (n,): row of
    `units`, which hold one track for each group: the mean of its tracks, their scatter in P; spread (n,):
    1 sigma of the scatter along an axis of a telescope's group, rad, 0 of one alone; wide (n,): of a
    formation, which other sensors cannot tell apart though this one might.
    """

    label: Ints
    unit: Ints
    units: LocalTracks
    spread: Array
    wide: Bools


def alone(tracks: LocalTracks) -> Groups:
    """Each track by itself."""
    n = len(tracks)
    return Groups(tracks.id, np.arange(n), tracks, np.zeros(n), np.zeros(n, bool))


def grouped(
    ids: Ints,
    labels: Ints,
    wide: Bools,
    tracks: LocalTracks,
    sigma: Array | None,
    telescope: bool,
    away: float = np.inf,
) -> Groups:
    """The groups after a scan.

    ids, labels, wide (m,): the tracks as they were, their labels, and which were of a formation; sigma (q,):
    of a look, None in a scan without; away: metres to what a telescope sees. A track that in its first
    YOUNG_S may be closer to another than CLOSE sigmas of a look, and moves as it does, is in its group: which
    look is whose cannot be told. It stays until it is surely farther from all the others, FORMATION_M in a
    formation. Tracks that come near one another later keep their names.
    """
    n = len(tracks)
    at = np.searchsorted(ids, tracks.id)
    known = np.zeros(n, bool)
    known[at < len(ids)] = ids[at[at < len(ids)]] == tracks.id[at < len(ids)]
    label, spaced = tracks.id.copy(), np.zeros(n, bool)
    label[known], spaced[known] = labels[at[known]], wide[at[known]]
    if sigma is not None and n > 1:
        label = _begun(label, tracks, sigma, telescope)
        spaced = np.isin(label, label[spaced])
        across = max(CLOSE, FORMATION_M / (away * float(sigma[:2].mean()))) if telescope else CLOSE
        label = _parted(label, np.where(spaced, across, CLOSE), tracks, sigma, telescope)
        _, part, count = np.unique(label, return_inverse=True, return_counts=True)
        spaced &= count[part] > 1
    return _united(label, spaced, tracks, telescope)


def as_one(groups: Groups, tracks: LocalTracks, rows: Ints, telescope: bool) -> Groups:
    """The groups with those of these tracks (k,) made one, a formation."""
    one = np.isin(groups.label, groups.label[rows])
    label = np.where(one, groups.label[rows].min(), groups.label)
    return _united(label, groups.wide | one, tracks, telescope)


def _near(
    tracks: LocalTracks,
    a: Ints,
    b: Ints,
    sigma: Array,
    telescope: bool,
    slack: float,
    close: Array | float = CLOSE,
) -> Bools:
    """Which tracks (a, b) are, by `slack` of their own errors, closer than `close` errors of a look."""
    seen = [0, 3] if telescope else [0, 1, 2]
    d = tracks.x[a][:, None, seen] - tracks.x[b][None, :, seen]
    if not telescope:
        d[..., AZIMUTH] = short_way(d[..., AZIMUTH])
    d /= sigma[: len(seen)]
    var = np.array([tracks.P[:, k, k] for k in seen]).T / sigma[: len(seen)] ** 2
    d2 = np.sum(d**2, axis=-1)
    # Of the two tracks, along the line between them.
    along = np.sum(d**2 * (var[a][:, None] + var[b][None]), axis=-1) / np.maximum(d2, 1e-12)
    return np.asarray(np.sqrt(d2) < close + slack * np.sqrt(along))


def _begun(label: Ints, tracks: LocalTracks, sigma: Array, telescope: bool) -> Ints:
    """Labels with those of groups that are all young made one with what they begin beside."""
    young = tracks.t - tracks.first_t < YOUNG_S
    if not young.any():
        return label
    names, part = np.unique(label, return_inverse=True)
    new = np.ones(len(names), bool)
    np.logical_and.at(new, part, young)
    mine = np.flatnonzero(young & new[part])
    if not len(mine):
        return label
    beside = _near(tracks, mine, np.arange(len(tracks)), sigma, telescope, BEGIN)
    rates = [1, 4] if telescope else [3, 4, 5]
    dv = tracks.x[mine][:, None, rates] - tracks.x[None, :, rates]
    var = np.array([tracks.P[:, r, r] for r in rates]).T
    beside &= np.sum(dv**2 / (var[mine][:, None] + var[None]), axis=-1) < ONE_MOTION
    link = np.zeros((len(names), len(names)), bool)
    a, b = np.nonzero(beside)
    link[part[mine[a]], part[b]] = True
    link |= link.T
    # Two that were known apart stay so, whoever comes between them.
    passed = link & new[:, None] & new[None, :] | np.eye(len(names), dtype=bool)
    home = _lowest(np.where(new, names, LAST), passed)
    old = np.where(link & ~new[None, :], names[None, :], LAST).min(axis=1)
    first = np.full(len(names), LAST)
    at = np.searchsorted(names, np.where(new, home, names))
    np.minimum.at(first, at, np.where(new, old, LAST))
    out = np.where(new, np.minimum(first[at], home), names)
    return np.asarray(out[part])


def _lowest(number: Ints, linked: Bools) -> Ints:
    """The lowest number (n,) of all that each is linked (n, n) to, by way of others too."""
    while True:
        passed = np.where(linked, number[None, :], LAST).min(axis=1)
        if np.array_equal(passed, number):
            return number
        number = passed


def _parted(label: Ints, apart: Array, tracks: LocalTracks, sigma: Array, telescope: bool) -> Ints:
    """Labels where what has come apart, by so many sigmas (n,), has its own: the part with the lowest number
    keeps the group's."""
    _, part, count = np.unique(label, return_inverse=True, return_counts=True)
    many = np.flatnonzero(count[part] > 1)
    if not len(many):
        return label
    same = part[many][:, None] == part[many][None, :]
    far = np.minimum(apart[many][:, None], apart[many][None, :])
    close = same & _near(tracks, many, many, sigma, telescope, PART, far)
    first = _lowest(tracks.id[many], close)
    oldest = np.full(len(count), LAST)
    np.minimum.at(oldest, part[many], tracks.id[many])
    gone = first != oldest[part[many]]
    label = label.copy()
    label[many[gone]] = first[gone]
    return label


def _united(label: Ints, wide: Bools, tracks: LocalTracks, telescope: bool) -> Groups:
    """The groups of labelled tracks (n,)."""
    _, unit, count = np.unique(label, return_inverse=True, return_counts=True)
    order = np.argsort(unit, kind="stable")
    first = order[np.searchsorted(unit[order], np.arange(len(count)))]
    units, spread = tracks.where(first), np.zeros(len(label))
    if not (count > 1).any():
        return Groups(label, unit, units, spread, wide)
    d = tracks.x - units.x[unit]
    if not telescope:
        d[:, AZIMUTH] = short_way(d[:, AZIMUTH])

    def mean(a: Array) -> Array:
        out = np.zeros((len(count), *a.shape[1:]))
        np.add.at(out, unit, a)
        return np.asarray(out / count.reshape(-1, *[1] * (a.ndim - 1)))

    x, P = mean(d), mean(tracks.P)
    d -= x[unit]
    scatter = mean(d[:, :, None] * d[:, None, :])
    hits, llr = np.bincount(unit, tracks.hits), np.bincount(unit, tracks.llr).astype(np.float64)
    last, since = units.last_t.copy(), units.first_t.copy()
    np.maximum.at(last, unit, tracks.last_t)
    np.minimum.at(since, unit, tracks.first_t)
    if telescope:
        spread = np.sqrt(0.5 * (scatter[:, 0, 0] + scatter[:, 3, 3]))[unit]
    units = replace(
        units, x=units.x + x, P=P + scatter, hits=hits.astype(np.int64), llr=llr, first_t=since, last_t=last
    )
    return Groups(label, unit, units, spread, wide)
