"""Which system track a sensor's own track belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.gaussian import transported
from tocsin.track.coasts import Coasts, flies
from tocsin.track.correlate import agree, explains, squared_distance
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.local import LocalTracks
from tocsin.track.looktable import LookTable
from tocsin.track.others import Others, seen_now, units_of
from tocsin.track.picture import NOBODY, Picture
from tocsin.track.placed import placed
from tocsin.track.relit import RELIT_GATE, relit
from tocsin.track.setting import Setting
from tocsin.track.solves import Solves

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Squared distances of five sigma, those of states scaled to it; one home is preferred to another only if
# it is e^4.5 times likelier by lines, up to e^6 by states.
GATE, MARGIN = 25.0, 9.0
SAME_START_S, MOST_LATER = 2.0, 9.0  # first looks of one plume (assumed), and what a later one costs at most
NEAR_M, CANDIDATES = 400e3, 4  # of a coasted state, to be compared at all
ARC_GATE = 35.0  # of six values
WAIT = -2


@final
@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """What pictures point into: chains and looks; and what saves time and changes nothing."""

    chains: Chains
    looks: LookTable
    coasts: Coasts
    solves: Solves


def home_of(
    picture: Picture,
    c: int,
    row: int,
    others: Others | None,
    setting: Setting,
    tables: Tables,
    own: int = NOBODY,
) -> int:
    """The row of the system track that a sensor's group belongs to, -1 of none, -2 if it must wait.

    By its place or line against those of the live tracks of other sensors; then, of a radar's, by the arcs
    of those in free flight, of a telescope's, by those that have just gone dark. Where two homes that may
    not be one body, or two tracks for one home, are about as likely it has none yet; by an arc, only homes
    are compared.
    own: the row of the system track that it is in already, which is no answer.
    """
    tracks = picture.sensed[c].groups.units
    mine = tracks.where(np.array([row]))
    shut = shut_to(picture, c, float(mine.first_t[0]), own)
    d2, judged = apart(picture, mine, others, setting)
    d2[shut] = np.inf
    best = int(np.argmin(d2)) if len(d2) else NOBODY
    if others is not None and best >= 0 and d2[best] <= GATE:
        clear = all(_one(picture, best, int(h), others) for h in homes_of(d2) if h != best)
        if clear and not len(rivals(picture, c, row, best, float(d2[best]), others, setting)):
            return best
        return NOBODY
    if setting.telescope[c]:
        d2 = relit(picture, c, row, shut | judged, setting, tables.chains, tables.looks)
        order = np.argsort(d2, kind="stable")[:2]
        clear = len(order) < 2 or d2[order[1]] > d2[order[0]] + MARGIN
        return int(order[0]) if len(order) and clear and d2[order[0]] <= RELIT_GATE else NOBODY
    return _on_an_arc(picture, c, row, shut | judged, setting, tables)


def apart(
    picture: Picture, mine: LocalTracks, others: Others | None, setting: Setting
) -> tuple[Array, NDArray[np.bool_]]:
    """How far a track is from the system tracks (s,) by their live tracks of other sensors, as a squared
    distance, inf where there is none; and which could be judged so."""
    worst = np.full(len(picture.systems), -np.inf)
    if others is not None:
        a = seen_now(picture, mine, setting)
        d2 = 25.0 * agree(a, others.seen) ** 2 + _later(mine, others.tracks, setting)
        part = others.system >= 0
        np.maximum.at(worst, others.system[part], d2[part])
    judged = worst > -np.inf
    return np.where(judged, worst, np.inf), judged


def homes_of(d2: Array) -> Ints:
    """The system tracks (k,) that are within the gate and about as likely as the likeliest."""
    return np.flatnonzero(d2 <= min(GATE, float(d2.min(initial=np.inf)) + MARGIN))


def _one(picture: Picture, a: int, b: int, others: Others) -> bool:
    """Whether two system tracks may be one body, by their live tracks and by who has seen them."""
    seen_a, seen_b = (others.seen.where(others.system == s) for s in (a, b))
    near = all((agree(seen_a.where(np.array([i])), seen_b) <= 1.0).all() for i in range(len(seen_a)))
    return near and apart_nowhere(picture, a, b)


def apart_nowhere(picture: Picture, a: int, b: int) -> bool:
    """Whether no sensor has seen two system tracks at one time as two."""
    m = picture.members
    for i in m.of(a):
        same = m.of(b)[m.channel[m.of(b)] == m.channel[i]]
        if np.any((m.first_t[same] <= m.last_t[i]) & (m.last_t[same] >= m.first_t[i])):
            return False
    return True


def shut_to(picture: Picture, c: int, since: float, own: int) -> NDArray[np.bool_]:
    """System tracks (s,) that cannot be its home: merged ones, and those that this sensor saw beside it."""
    m = picture.members
    shut = picture.systems.into != NOBODY
    shut[m.system[(m.channel == c) & (m.last_t >= since)]] = True
    if own != NOBODY:
        shut[own] = True
    return np.asarray(shut)


def _later(mine: LocalTracks, others: LocalTracks, setting: Setting) -> Array:
    """What it costs (n,) that telescopes first saw a plume at different times: it shows to all at once."""
    if not setting.telescope[mine.channel[0]]:
        return np.zeros(len(others))
    off = (others.first_t - mine.first_t[0]) / SAME_START_S
    return np.where(setting.telescope[others.channel], np.minimum(off**2, MOST_LATER), 0.0)


def rivals(
    picture: Picture, c: int, row: int, home: int, d2: float, others: Others | None, setting: Setting
) -> Ints:
    """Which other groups (k,) of the same sensor, in no other company, suit the home about as well."""
    tracks = picture.sensed[c].groups.units
    if others is None or len(tracks) < 2:
        return np.empty(0, np.int64)
    company = units_of(picture, c)
    m = picture.members
    strange = np.zeros(len(picture.systems) + 1, bool)
    strange[m.system[m.channel != c]] = True
    free = (company == NOBODY) | ~strange[company]
    free[row] = False
    rows = np.flatnonzero(free)
    if not len(rows):
        return rows
    own = tracks.where(rows)
    theirs = seen_now(picture, own, setting)
    worst = np.zeros(len(rows))
    for k in np.flatnonzero(others.system == home):
        one = others.tracks.where(np.array([k]))
        off = 25.0 * agree(others.seen.where(np.array([k])), theirs) ** 2 + _later(one, own, setting)
        worst = np.maximum(worst, off)
    return rows[worst <= d2 + MARGIN]


def _on_an_arc(
    picture: Picture, c: int, row: int, shut: NDArray[np.bool_], setting: Setting, tables: Tables
) -> int:
    """The system track in free flight on whose arc a radar's track lies, as `home_of`."""
    open_ = np.flatnonzero(~shut)
    rows = np.array([s for s in open_ if flies(picture.solutions[s])], dtype=np.int64)
    if not len(rows):
        return NOBODY
    tracks = picture.sensed[c].groups.units
    t = float(tracks.t[row])
    (x,), (P,) = placed(tracks.where(np.array([row])), t, setting.channels, picture.r_sensor, 0.0)
    ahead = tables.coasts(picture, rows, t, setting)
    off = np.linalg.norm(ahead[:, :3] - x[:3], axis=1)
    near = np.flatnonzero(off <= NEAR_M)
    near = near[np.argsort(off[near], kind="stable")][:CANDIDATES]
    found = []
    for s in rows[near]:
        solution = picture.solutions[s]
        assert solution is not None
        assert solution.state is not None
        there = transported(solution.state, t, setting.bank.inv_beta)
        d, S = x - there.x, P + there.P
        d2 = float(squared_distance(d[None], S[None])[0]) if np.isfinite(S).all() else np.inf
        if d2 <= ARC_GATE:
            found.append((d2, int(s)))
    found.sort()
    if not found or (len(found) > 1 and found[1][0] <= found[0][0] + MARGIN):
        return NOBODY
    solution = picture.solutions[found[0][1]]
    assert solution is not None
    assert solution.state is not None
    rows = tables.chains.rows(int(tracks.cell[row]))
    looks = tables.looks.looks(rows, np.zeros(len(rows)))
    same = explains(looks, setting.channels, solution.state, setting.bank.inv_beta)
    if same is None:
        return WAIT
    return found[0][1] if same else NOBODY
