"""The warning ladder: how sure that something was launched, and whether it comes down on protected ground."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.assess.assessment import EventState, ThreatState

ORDER: tuple[EventState, ...] = ("quiet", "notice", "probable", "confirmed (degraded)", "confirmed", "closed")
PROTECTED = ("RU", "CN")
# Thresholds of the threat on P(impact on protected ground): assumed, shown with every event.
POSSIBLE, PROBABLE, CONFIRMED = 0.01, 0.5, 0.9
LEAST_RADAR_LOOKS = 3
LEAST_TAIL = 1e-4


class Grounds(NamedTuple):
    """What the ladder looks at: telescopes and radars that see it, whether one arc explains all of them.

    radars: (site, band, looks) of each; satellites_by_date: whether the picture has any telescope at all;
    agrees: infrared and radar have one motion; ballistic: one arc explains the looks; over: impact passed.
    """

    infrared: int
    infrared_looks: int
    radars: tuple[tuple[str, str, int], ...]
    satellites_by_date: bool
    agrees: bool
    ballistic: bool
    over: bool = False


def event_state(grounds: Grounds, before: EventState) -> tuple[EventState, tuple[str, ...]]:
    """The event state now, and the rules that gave it; it never falls, but for `closed` at the end.

    confirmed: infrared and radar agree in kinematics. confirmed (degraded): no satellite by date, and two
    radars of different site and band agree in six dimensions. probable: two telescopes, one with twenty
    looks, or a radar's ballistic arc. notice: any confirmed local track.
    """
    enough = [r for r in grounds.radars if r[2] >= LEAST_RADAR_LOOKS]
    sites, bands = {r[0] for r in enough}, {r[1] for r in enough}
    reasons: list[str] = []
    now: EventState = "quiet"
    if grounds.infrared or grounds.radars:
        now = "notice"
        reasons.append("a sensor's looks form a track")
    if grounds.infrared >= 2 or grounds.infrared_looks >= 20 or (grounds.ballistic and enough):
        now = "probable"
        reasons.append("two telescopes, one for twenty looks, or a radar's ballistic arc")
    if grounds.infrared and enough and grounds.agrees:
        now = "confirmed"
        reasons.append("infrared and radar agree on one arc")
    elif not grounds.satellites_by_date and grounds.ballistic and len(sites) > 1 and len(bands) > 1:
        now = "confirmed (degraded)"
        reasons.append("no satellite in this picture; two radars of different site and band agree on one arc")
    if ORDER.index(now) < ORDER.index(before):
        now = before
    if now.startswith("confirmed"):
        reasons.append("falls only by explanation")
    elif not grounds.infrared:
        reasons.append(
            "would be raised by infrared looks that agree"
            if grounds.satellites_by_date
            else "no telescope looks here"
        )
    elif not enough:
        reasons.append("would be raised by a radar that agrees in kinematics")
    if grounds.over:
        return "closed", ("the predicted impact has passed",)
    return now, tuple(reasons)


def threat_state(territory: dict[str, float] | None, event: EventState) -> tuple[ThreatState, str]:
    """The threat state from P(impact on protected territory), and the reason."""
    if territory is None:
        return ("none", "nothing is known yet") if event in ("quiet", "notice") else (
            "possible", "no impact region yet: protected ground is not excluded"
        )  # fmt: skip
    p = sum(territory.get(name, 0.0) for name in PROTECTED)
    reason = f"P(impact on protected ground: {', '.join(PROTECTED)}) = {p:.3f}"
    if p < POSSIBLE:
        return "none", reason
    if p < PROBABLE:
        return "possible", reason
    if p < CONFIRMED or not event.startswith("confirmed"):
        return "probable", reason
    return "confirmed", reason
