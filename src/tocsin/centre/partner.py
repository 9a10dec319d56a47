"""The partner's track reports: kept, and set against our own tracks."""

from __future__ import annotations

import numpy as np

from tocsin.assess.assessment import StateEstimate
from tocsin.estimate.ballistic import Gaussian
from tocsin.exchange.report import TrackReport
from tocsin.track.powered import one_motion
from tocsin.track.solution import LEAST_TAIL, Solution


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


def as_solution(report: TrackReport) -> Solution:
    """A partner's track that fits none of ours, as it was reported."""
    state = gaussian(report.state) if report.state is not None else None
    phase = "boost" if report.boosting else "ballistic"
    if state is None:
        return Solution("unobservable", None, None, None, 1.0, False, False)
    return Solution("boost" if phase == "boost" else "ballistic", state, None, None, 1.0, False, False)
