"""The partner's track reports: kept, and set against our own tracks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import structs

from tocsin.assess.assessment import Assessment, StateEstimate
from tocsin.estimate.ballistic import Gaussian
from tocsin.exchange.report import TrackReport
from tocsin.track.arc import SETTLE_S
from tocsin.track.powered import one_motion
from tocsin.track.solution import LEAST_TAIL, Phase, Solution
from tocsin.track.tracker import Tracker


def gaussian(state: StateEstimate) -> Gaussian:
    """A reported state as arrays."""
    return Gaussian(state.t, np.array(state.x), np.array(state.P).reshape(6, 6))


def powered_match(own: Solution, report: TrackReport) -> bool:
    """Whether a burning track of ours and a burning track of the partner's have one motion."""
    if own.state is None or report.state is None or own.phase != "boost" or not report.boosting:
        return False
    return one_motion(own.state, gaussian(report.state))


def ballistic_match(own: Solution, joint: Solution) -> bool:
    """Whether one arc explains our looks and the partner's state together, the prior of ours included."""
    return (
        joint.phase == "ballistic"
        and joint.chi2_tail > LEAST_TAIL
        and joint.prior_rejected == own.prior_rejected
    )


def joined(
    tracker: Tracker,
    system: int,
    name: str,
    alone: Solution,
    reports: Mapping[str, TrackReport],
    married: Mapping[str, str],
) -> tuple[Solution, TrackReport | None]:
    """A track of ours solved with the partner's report of the same object, if there is one.

    married: which of our tracks each of the partner's was found to be one with; a report of another is none.
    """
    for report in reports.values():
        if married.get(report.track, name) != name or report.state is None:
            continue
        if powered_match(alone, report):
            return alone, report
        testable = report.track in married or _since(tracker, system, alone, report.burnout_t)
        if testable and not report.boosting and (report.burnout_t is not None or alone.phase != "boost"):
            joint = tracker.solution(system, (gaussian(report.state),), report.burnout_t)
            if ballistic_match(alone, joint):
                return joint, report
        if report.track in married and (report.boosting or alone.phase == "boost"):
            return alone, report
    return alone, None


def _since(tracker: Tracker, system: int, alone: Solution, burnout_t: float | None) -> bool:
    """Whether looks of ours can be set against the arc of a partner whose telescopes saw its engine's end.

    Radar looks from before are no part of it: one that has none since would fit any partner's track.
    """
    if burnout_t is None or alone.boost is not None:
        return True
    return any(m.last_t > burnout_t + SETTLE_S for m in tracker.members_of(system))


def same_but_picture(alone: Assessment | None, joint: Assessment | None) -> bool:
    """Whether a track stands the same in both pictures, or in neither."""
    if alone is None or joint is None:
        return alone is joint
    return structs.replace(alone, picture="joint") == joint


def as_solution(report: TrackReport) -> Solution:
    """A partner's track that fits none of ours, as it was reported."""
    state = gaussian(report.state) if report.state is not None else None
    if state is None:
        return Solution("unobservable", None, None, None, 1.0, False, False)
    phase: Phase = "boost" if report.boosting else "ballistic"
    held, out = report.first_radar_t, report.burnout_t
    # The radar that saw only the ascent does not hold the arc.
    if held is not None and out is not None and held <= out:
        held = state.t if state.t > out + SETTLE_S else None
    return Solution(phase, state, None, None, 1.0, False, False, held_t=held)
