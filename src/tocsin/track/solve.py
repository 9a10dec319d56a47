"""What the looks of one system track say: still burning, on a ballistic arc, or not explained by one."""

from __future__ import annotations

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.looks import Channel, Looks
from tocsin.track.air import on_an_arc
from tocsin.track.arc import SETTLE_S, arc_from_boost, arc_from_partner, arc_of_radars
from tocsin.track.boost import Bank, estimate_boost
from tocsin.track.powered import RECENT_S, one_motion, powered_state
from tocsin.track.solution import Solution


def solve(
    looks: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    burnout: tuple[float, float] | None,
    before: Solution | None,
    others: tuple[Gaussian, ...] = (),
    free_from: float | None = None,
) -> Solution:
    """Solve one system track from all its looks; `others` are independent states, from a partner say, who
    saw the engine go out at `free_from`.

    With infrared looks, the bank fits the boost and, after burnout, its state is the prior of one ballistic
    arc through the radar looks since. Without, the arc begins at the first radar look from which on one arc
    explains all (no rarer than 1e-4), for long enough that thrust would have shown; before, it was powered.
    """
    infrared, radar = looks.of(channels, True), looks.of(channels, False)
    if burnout is not None:
        # What was seen since is no plume of its.
        infrared = infrared.where(infrared.t <= burnout[0])
    boost = before.boost if before is not None else None
    if len(infrared) and (
        boost is None or boost.looks != len(infrared) or (burnout is not None) != (boost.burnout is not None)
    ):
        boost = estimate_boost(infrared, channels, bank, burnout, boost) or boost
    if len(infrared) and burnout is None:
        by_radar = powered_state(radar.where(radar.t > radar.t.max(initial=0.0) - RECENT_S), channels)
        by_boost = boost.state if boost is not None else None
        agrees = by_boost is not None and by_radar is not None and one_motion(by_boost, by_radar)
        state = by_boost if by_boost is not None else by_radar
        return Solution("boost" if state else "unobservable", state, boost, None, 1.0, agrees, False)
    if boost is not None and boost.state is not None and burnout is not None:
        since = on_an_arc(radar.where(radar.t > burnout[0] + SETTLE_S))
        return arc_from_boost(since, channels, bank, boost, before, others)
    if others and free_from is not None:
        found = arc_from_partner(radar, channels, bank, boost, others, free_from)
        if found is not None:
            return found
    return arc_of_radars(radar, channels, bank, before, boost, others)
