"""Whether a threat is settled as it stands, or which look will settle it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

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
