"""What is assumed of what flies, by its kind."""

from __future__ import annotations

from tocsin.catalogue import Event, FlightPlan, Plan, vehicle
from tocsin.catalogue.plan import (
    AscentPlan,
    GivenPlan,
    Glide,
    MeteorPlan,
    ReentryPlan,
    Release,
    SatellitePlan,
    SpaceLaunchPlan,
)

STAGES = "spent stages: they tumble and fall by themselves; their drag and cross-sections are round figures"


def flights_assumed(event: Event, drawn: bool = True) -> list[str]:
    """What is assumed of each flight, drawn around its class or not; what several share makes one line."""
    return list(dict.fromkeys(line for plan in event.flights for line in _plan(plan, drawn)))


def _plan(plan: Plan, drawn: bool) -> list[str]:
    match plan:
        case FlightPlan():
            off = (("released", plan.release), ("debris", plan.debris))
            lines = [_vehicle(plan.vehicle, drawn), *(_released(what, r) for what, r in off if r is not None)]
            lines += [_glide(plan.glide)] if plan.glide is not None else []
            return [*lines, STAGES] if plan.spent_stages else lines
        case SpaceLaunchPlan():
            return [_vehicle(plan.vehicle, drawn), *([STAGES] if plan.spent_stages else [])]
        case SatellitePlan():
            return [f"satellites: a cross-section of {plan.rcs_m2:g} m2"]
        case ReentryPlan():
            return [f"re-entries: a cross-section of {plan.rcs_m2:g} m2, m/(Cd A) {plan.beta_kg_m2:g} kg/m2"]
        case MeteorPlan():
            return [
                f"meteors: a cross-section of {plan.rcs_m2:g} m2, a density of {plan.density_kg_m3:,g} kg/m3"
            ]
        case GivenPlan():
            return [f"paths from files: a cross-section of {plan.rcs_m2:g} m2"]
        case AscentPlan():
            return [f"ascents from telemetry: a cross-section of {plan.rcs_m2:g} m2, bearing as given"]


def _vehicle(key: str, drawn: bool) -> str:
    how = "thrust, exhaust and pitch drawn around its class" if drawn else "the class as it is"
    return f"the vehicle: {vehicle(key).title}; {how}"


def _released(what: str, release: Release) -> str:
    return (
        f"{what}: {release.count} of {release.rcs_m2:g} m2 and m/(Cd A) {release.beta_kg_m2:,g} kg/m2, each "
        f"at {release.dv_m_s:g} m/s in its own direction, {release.after_burnout_s:g} s after burnout"
    )


def _glide(glide: Glide) -> str:
    return (
        f"the glide: a notional body of lift-to-drag {glide.lift_to_drag:g} and m/(Cd A) "
        f"{glide.beta_kg_m2:,g} kg/m2"
    )
