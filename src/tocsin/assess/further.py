"""What each further look would change of where a body comes down, and which look would decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.assess.ahead import View, Watcher, look_sigma, next_view
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
SURE = 0.9  # the chance from which a look is said to decide: assumed, 0.8 to 0.99


Standing = Literal["unknown", "none", "confirmed", "event", "look", "open", "unseen"]


class Thresholds(NamedTuple):
    """Of the threat state on P(impact on protected ground)."""

    possible: float
    probable: float
    confirmed: float


class Effect(Struct, frozen=True, kw_only=True):
    """What would be known after looks up to t: the 90 % impact region, what was gained, and the threat.

    bits: entropy of the place of impact that is taken away. none, confirmed: chances that P(impact on
    protected ground) would then be below the threshold of `possible`, or at that of `confirmed` or above.
    """

    t: float
    looks: int
    semi_major_90_km: float
    bits: float
    none: float
    confirmed: float


class Outlook(Struct, frozen=True, kw_only=True):
    """A radar that will have it in view: from when (TAI s) and how long, the chance of one look, and the
    effects of its first look and of a pass of a minute."""

    radar: str
    first_t: float
    in_view_s: float
    detection: float
    look: Effect
    minute: Effect


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


class Decision(NamedTuple):
    """What settles a threat, as `Further` has it."""

    standing: Standing
    decides: str | None
    decides_t: float | None
    reason: str


def deciding(
    told: list[Outlook],
    region: float,
    p: tuple[float, float],
    thresholds: Thresholds,
    sure: float,
    confirmed: bool = True,
) -> Decision:
    """The radar and the time of the look that decides, and why; a look that may fail counts by its chance.

    p: P(impact on protected ground) of the arc alone, and with what its class may do beside.
    """
    below, above = max(p) < thresholds.possible, min(p) >= thresholds.confirmed
    if below or above:
        return _settled(told, p[1], thresholds, confirmed)
    if not thresholds.possible <= p[0] < thresholds.confirmed:
        words = (
            f"P is {p[0]:.2f} by the arc alone, {p[1]:.2f} with what its class may do: no look decides that"
        )
        return Decision("open", None, None, words)
    if not told:
        return Decision("unseen", None, None, "no radar will see it before it comes down")
    chances = [
        (e.t, o.radar, e, (e.none + e.confirmed) * chance)
        for o in told
        for e, chance in ((o.look, o.detection), (o.minute, 1.0))
    ]
    sure_ones = [c for c in chances if c[3] >= sure]
    if not sure_ones:
        _, radar, _, best = max(chances, key=lambda c: c[3])
        words = (
            f"no radar's looks of a minute decide with {sure:.2f}; the best are {radar}'s, with {best:.2f}"
        )
        return Decision("open", None, None, words)
    when, radar, e, _ = min(sure_ones, key=lambda c: c[:2])
    looks = "one look" if e.looks == 1 else f"{e.looks} looks"
    words = (
        f"{looks} of {radar}: the 90 % region shrinks from {_km(region)} to {_km(e.semi_major_90_km)} km; "
        f"the threat will be confirmed with probability {e.confirmed:.2f}, none with {e.none:.2f}"
    )
    return Decision("look", radar, when, words)


def _settled(told: list[Outlook], p: float, thresholds: Thresholds, confirmed: bool) -> Decision:
    """No look need decide: P is on one side by now; or it is the event that has to be confirmed first."""
    words = f"P(on protected ground) is {p:.2f}"
    if p < thresholds.possible:
        words += f", below {thresholds.possible:g}: there is no threat as it stands"
        return Decision("none", None, None, words)
    words += f", at least {thresholds.confirmed:g}: "
    if confirmed:
        return Decision("confirmed", None, None, f"{words}the threat is confirmed as it stands")
    first = f"the next radar to see it is {told[0].radar}" if told else "no radar will see it"
    return Decision("event", None, None, f"{words}the threat is confirmed once the event is; {first}")


def _km(size: float) -> str:
    return f"{size:.0f}" if size >= 9.95 else f"{size:.1f}"


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
