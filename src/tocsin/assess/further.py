"""What each further look would change of where a body comes down, and which look would decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.assess.ahead import View, Watcher, look_sigma, next_view
from tocsin.assess.decision import SURE, Decision, Effect, Outlook, Standing, Thresholds, deciding
from tocsin.assess.outcome import Prospect, prospect_of
from tocsin.assess.region import ellipse
from tocsin.estimate.body import Body
from tocsin.estimate.falls import predict_falls
from tocsin.estimate.foresee import after_looks
from tocsin.motion.arcs import arcs_down

Array = NDArray[np.float64]
Share = Callable[[Array], NDArray[np.bool_]]
"""Which places (k, 2) lat, lon rad lie on protected ground."""

STEPS = 240  # along the arc
PASS_S, PASS_LOOKS = 60.0, 8  # a pass, and the most looks that it is reckoned with
LEAST_LEFT_S = 1.0
LEAST_CHANCE = 1e-6


class Further(Struct, frozen=True, kw_only=True):
    """What further looks would change of one track, at t (TAI s).

    semi_major_90_km, protected: the impact region and P(impact on protected ground) now; None without an arc.
    looks: each radar that will see it, in order of time. decides, decides_t: the radar and the time of the
    earliest look after which the threat will be `none` or `confirmed` with probability `SURE`, which is the
    standing `look`; else None, and the threat is `none` or `confirmed` as it stands, or confirmed with the
    `event`; or `open` whatever one radar sees, `unseen` by any, or `unknown`. reason: why.
    """

    t: float
    semi_major_90_km: float | None
    protected: float | None
    looks: tuple[Outlook, ...]
    standing: Standing
    decides: str | None
    decides_t: float | None
    reason: str


def further_looks(
    body: Body | None,
    now: float,
    radars: Sequence[Watcher],
    share: Share,
    thresholds: Thresholds,
    sure: float = SURE,
    confirmed: bool = True,
    p: float | None = None,
) -> Further:
    """What each radar's next look, and a minute of them, would change of where a body comes down.

    Its arc is followed to the impact; a radar sees it within its limits, first once a revisit after it came
    into view (assumed), with the noise of 1 m2 (assumed). The covariance that the looks leave is carried to
    the impact by the linear map; where the region would then lie is drawn from the present one (`outcome`).
    Each radar is taken by itself. confirmed: whether the event is, without which no threat is; p: P(impact on
    protected ground) with all that its class may do beside falling, None for that of the arc alone.
    """
    if body is None:
        return _unknown(now, "it burns yet, or is on no ballistic arc: when a radar will see it is not known")
    falls = predict_falls([body])
    if not falls.known[0] or not np.isfinite(falls.ephemeris[0, 0, 0]):
        return _unknown(now, "its arc has no impact: no look would change where it comes down")
    start, end = max(now, body.t), float(falls.ephemeris[0, -1, 0])
    if end - start < LEAST_LEFT_S:
        return _unknown(now, "it comes down by now: no look is left")
    t = np.linspace(start, end - 1e-3, STEPS)
    x = _arc(body, t)[0]
    views = [(w, v) for w in radars if (v := next_view(w, t, x)) is not None]
    prospect = prospect_of(falls, body.P, share, (thresholds.possible, thresholds.confirmed))
    told = sorted(_outlooks(body, views, prospect), key=lambda o: (o.first_t, o.radar))
    region = ellipse(falls.P[0], 0.9).semi_major_km
    p = prospect.protected if p is None else p
    decision = deciding(told, region, (prospect.protected, p), thresholds, sure, confirmed)
    return Further(
        t=now,
        semi_major_90_km=region,
        protected=p,
        looks=tuple(told),
        **decision._asdict(),
    )


def _unknown(now: float, reason: str) -> Further:
    none = Decision("unknown", None, None, reason)
    return Further(t=now, semi_major_90_km=None, protected=None, looks=(), **none._asdict())


def _arc(body: Body, t: Array) -> tuple[Array, Array]:
    """States (n, 6) at t (n,) along its arc, and their slopes (n, 6, 7) in its state and ln beta."""
    arcs = arcs_down(body.x[None], body.inv_beta, body.P[None], (t - body.t)[None])
    return arcs.asked_x[0], arcs.asked_phi[0]


def _looks(watcher: Watcher, view: View) -> tuple[Array, int]:
    """When a radar looks first and, at even steps, later (k,), and for how many looks these stand."""
    revisit = watcher.site.revisit_s
    first = min(view.start_t + revisit, 0.5 * (view.start_t + view.end_t))
    number = max(int((min(view.start_t + PASS_S, view.end_t) - first) / revisit) + 1, 1)
    k = min(number, PASS_LOOKS)
    return first + revisit * np.linspace(0.0, number - 1.0, k), number


def _outlooks(body: Body, views: list[tuple[Watcher, View]], prospect: Prospect) -> list[Outlook]:
    """The outlook of each radar; all their looks' states from one arc, all their outcomes in one question."""
    if not views:
        return []
    plans = [_looks(w, v) for w, v in views]
    ends = np.cumsum([0, *(len(when) for when, _ in plans)])
    x, phi = _arc(body, np.concatenate([when for when, _ in plans]))
    left: list[Array] = []
    chances: list[float] = []
    for k, ((watcher, _), (_, number)) in enumerate(zip(views, plans, strict=True)):
        rows, first = slice(ends[k], ends[k + 1]), slice(ends[k], ends[k] + 1)
        sigma, chance = look_sigma(watcher, x[rows])
        chances.append(float(chance[0]))
        # Looks that fail, and those between the ones reckoned with, count by their weight.
        fewer = sigma * np.sqrt(len(sigma) / (number * np.maximum(chance, LEAST_CHANCE)))[:, None]
        left.append(
            after_looks(body.P, watcher.channel, watcher.beam.r_ecef, x[first], phi[first], sigma[:1])
        )
        left.append(after_looks(body.P, watcher.channel, watcher.beam.r_ecef, x[rows], phi[rows], fewer))
    effects: list[dict[str, Any]] = [outcome._asdict() for outcome in prospect.after(np.array(left))]
    return [
        Outlook(
            radar=watcher.channel.name,
            first_t=view.start_t,
            in_view_s=view.end_t - view.start_t,
            detection=chances[k],
            look=Effect(t=float(when[0]), looks=1, **effects[2 * k]),
            minute=Effect(t=float(when[-1]), looks=number, **effects[2 * k + 1]),
        )
        for k, ((watcher, view), (when, number)) in enumerate(zip(views, plans, strict=True))
    ]
