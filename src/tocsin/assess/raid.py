"""A raid as a whole: how many, how fast, how wide, when the first comes down, and on whose ground."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from tocsin.assess.assessment import Assessment, Place
from tocsin.assess.extremes import Moment, first_of, last_of
from tocsin.assess.ladder.event import ORDER
from tocsin.assess.scatter import Spread, spread_of
from tocsin.estimate.chi2 import chi2_tail

Extreme = Callable[[ArrayLike, ArrayLike, ArrayLike], Moment | None]

TAIL = 0.05  # on either side of what is told of a rate
NOT_GROUND = ("none", "orbit")


class When(Struct, frozen=True, kw_only=True):
    """A moment, TAI s: its mean and 1 sigma, and the span that holds it with nine tenths."""

    t: float
    sigma_s: float
    low_t: float
    high_t: float


class Raid(Struct, frozen=True, kw_only=True):
    """All tracks of one picture at t that are not closed; None where nothing is known, every `t` TAI s.

    states: tracks by event state. reported: those that a partner alone has told of, which may yet be one with
    others; closed: tracks that count nowhere else. objects: as resolved (one a track), and at the least;
    threat_free, undetermined: of the others, those with threat `none`, and those without
    an impact region or an orbit, of which `territory` and `protected` say nothing. launches_per_min with the
    90 % interval of a Poisson count over the span between first and last, the errors of these two included;
    its upper end is None where they may have been at once. territory: expected number of objects that come
    down on each.
    protected: P(at least one on protected ground), were they independent (assumed), and the bounds whatever
    they share, max p <= P <= min(1, sum p).
    """

    t: float
    tracks: int
    states: dict[str, int]
    reported: int
    closed: int
    threat_free: int
    undetermined: int
    objects_resolved: int
    objects_at_least: int
    classes: dict[str, float]
    launches: int
    launches_per_min: float | None
    launches_per_min_low: float | None
    launches_per_min_high: float | None
    first_launch: When | None
    last_launch: When | None
    launch_spread: Spread | None
    first_impact: When | None
    last_impact: When | None
    impact_spread: Spread | None
    territory: dict[str, float]
    protected: float | None
    protected_low: float | None
    protected_high: float | None


def raid_of(assessments: Sequence[Assessment], t: float) -> Raid:
    """The raid that the assessments of one picture make at t (TAI s).

    Times of launch and impact are taken as Gaussian, and independent from track to track (assumed). A track
    of several objects counts for all in expected numbers, and once in times and in P(at least one).
    """
    open_ = [a for a in assessments if a.event_state != "closed"]
    up = [a.launch for a in open_ if a.launch is not None]
    coming = [a for a in open_ if a.impact is not None]
    down = [a.impact for a in coming if a.impact is not None]
    landed = np.array([a.landed for a in coming])
    first, last = _when(first_of, up, 1.0), _when(last_of, up, 1.0)
    p = np.clip([sum(a.protected.values()) for a in open_ if a.protected is not None], 0.0, 1.0)
    held = Counter(a.event_state for a in open_)
    rate, low, high = _rate(first, last, len(up))
    return Raid(
        t=t,
        tracks=len(open_),
        states={s: held[s] for s in reversed(ORDER) if held[s]},
        reported=sum(bool(a.evidence) and all(e.by is not None for e in a.evidence) for a in open_),
        closed=len(assessments) - len(open_),
        threat_free=sum(a.threat_state == "none" for a in open_),
        undetermined=sum(a.impact is None and a.orbit == 0.0 for a in open_),
        objects_resolved=len(open_),
        objects_at_least=sum(a.objects for a in open_),
        classes=_expected([a.classes for a in open_], [a.objects for a in open_]),
        launches=len(up),
        launches_per_min=rate,
        launches_per_min_low=low,
        launches_per_min_high=high,
        first_launch=first,
        last_launch=last,
        launch_spread=spread_of(up, np.ones(len(up))),
        first_impact=_when(first_of, down, landed),
        last_impact=_when(last_of, down, landed),
        impact_spread=spread_of(down, landed),
        territory=_expected([_ground(a) for a in open_], [a.objects for a in open_]),
        protected=float(1.0 - np.prod(1.0 - p)) if len(p) else None,
        protected_low=float(p.max()) if len(p) else None,
        protected_high=float(min(1.0, p.sum())) if len(p) else None,
    )


def _ground(a: Assessment) -> dict[str, float]:
    return {code: p for code, p in a.territory.items() if code not in NOT_GROUND}


def _expected(shares: list[dict[str, float]], objects: list[int]) -> dict[str, float]:
    """Sums of probabilities, each times its number of objects; the greatest first."""
    total: defaultdict[str, float] = defaultdict(float)
    for share, n in zip(shares, objects, strict=True):
        for name, p in share.items():
            total[name] += n * p
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _when(extreme: Extreme, places: list[Place], probability: ArrayLike) -> When | None:
    moment = extreme([q.t for q in places], [q.sigma_s for q in places], probability)
    if moment is None:
        return None
    return When(t=moment.mean, sigma_s=moment.sigma, low_t=moment.low, high_t=moment.high)


def _rate(
    first: When | None, last: When | None, n: int
) -> tuple[float, float | None, float | None] | tuple[None, None, None]:
    """Launches a minute with their interval, from the n - 1 that follow the first.

    Garwood's exact limits of a Poisson count: chi2_2k(tail) / 2 and chi2_2k+2(1 - tail) / 2, over the longest
    and the shortest span that first and last allow (Garwood, Biometrika 28, 1936).
    """
    if first is None or last is None or n < 2:
        return None, None, None
    k = n - 1
    off = 1.645 * math.hypot(first.sigma_s, last.sigma_s)
    span = last.t - first.t
    shortest, longest = (span - off) / 60.0, (span + off) / 60.0
    low = 0.5 * chi2_beyond(1.0 - TAIL, 2 * k) / longest
    high = 0.5 * chi2_beyond(TAIL, 2 * k + 2) / shortest if shortest > 0.0 else None
    return 60.0 * k / max(span, 1e-3), low, high


def chi2_beyond(tail: float, freedom: int) -> float:
    """The value that a chi-square exceeds with probability `tail`, by halving."""
    low, high = 0.0, 10.0 * freedom + 100.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if chi2_tail(middle, freedom) > tail else (low, middle)
    return 0.5 * (low + high)
