"""Any plan flown."""

from __future__ import annotations

import numpy as np

from tocsin.catalogue import Plan
from tocsin.catalogue.plan import (
    AscentPlan,
    FlightPlan,
    GivenPlan,
    MeteorPlan,
    ReentryPlan,
    SatellitePlan,
    SpaceLaunchPlan,
)
from tocsin.flight.ascent import fly_ascent
from tocsin.flight.ballistic import fly_ballistic
from tocsin.flight.flight import Flight
from tocsin.flight.given import fly_given
from tocsin.flight.launch import fly_launch
from tocsin.flight.meteor import fly_meteor
from tocsin.flight.reentry import fly_reentry
from tocsin.flight.satellite import fly_satellite


def fly(plan: Plan, t_start: float, rng: np.random.Generator | None) -> Flight:
    """Fly a plan of an event that starts at t_start (TAI s); with a generator, one drawn around its class.

    Raises TocsinError when the plan cannot be flown.
    """
    match plan:
        case FlightPlan():
            return fly_ballistic(plan, t_start, rng)
        case SpaceLaunchPlan():
            return fly_launch(plan, t_start, rng)
        case SatellitePlan():
            return fly_satellite(plan, t_start)
        case ReentryPlan():
            return fly_reentry(plan, t_start)
        case MeteorPlan():
            return fly_meteor(plan, t_start)
        case GivenPlan():
            return fly_given(plan, t_start)
        case AscentPlan():
            return fly_ascent(plan, t_start)
