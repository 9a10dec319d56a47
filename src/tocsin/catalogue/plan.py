"""Plans: what an event asks to fly, one kind each; `launch_s` and the like count from the event's start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, final

from tocsin.catalogue.satellite import Elements


@final
@dataclass(frozen=True, slots=True)
class Release:
    """Objects that leave a body after burnout, each with a velocity change of `dv_m_s` in its own direction.

    Without a generator the directions are spread evenly over the sphere.
    """

    count: int
    dv_m_s: float
    after_burnout_s: float
    beta_kg_m2: float
    rcs_m2: float


@final
@dataclass(frozen=True, slots=True)
class Glide:
    """A notional gliding body: constant lift-to-drag ratio and ballistic coefficient m/(Cd A)."""

    lift_to_drag: float
    beta_kg_m2: float


@final
@dataclass(frozen=True, slots=True)
class FlightPlan:
    """Where one ballistic flight starts and what it aims at.

    Either `bearing_deg`, `apogee_km` and `range_km` are given, or the impact point and `loft`, the
    apogee over that of the minimum-energy path; the others are None. A `glide` begins where the aimed
    arc comes down into the air.
    """

    vehicle: str
    launch_lat_deg: float
    launch_lon_deg: float
    impact_lat_deg: float | None
    impact_lon_deg: float | None
    bearing_deg: float | None
    apogee_km: float | None
    range_km: float | None
    loft: float | None
    launch_s: float = 0.0
    spent_stages: bool = False
    release: Release | None = None
    debris: Release | None = None
    glide: Glide | None = None


@final
@dataclass(frozen=True, slots=True)
class SpaceLaunchPlan:
    """A launch to a circular orbit at `height_km`; with `deorbit_range_km` one that leaves it again.

    `deorbit_range_km` is the ground range from launch to impact along the ground track, less than one
    revolution: a fractional orbit. `coast_s` is how long an orbit that stays is followed.
    """

    vehicle: str
    launch_lat_deg: float
    launch_lon_deg: float
    bearing_deg: float
    height_km: float
    deorbit_range_km: float | None
    coast_s: float
    launch_s: float = 0.0
    spent_stages: bool = True


@final
@dataclass(frozen=True, slots=True)
class SatellitePlan:
    """A satellite on its elements (SGP4), followed for `duration_s`."""

    name: str
    elements: Elements
    rcs_m2: float
    duration_s: float
    start_s: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class ReentryPlan:
    """A satellite whose elements give its state at `start_s` and which the air then brings down."""

    name: str
    elements: Elements
    beta_kg_m2: float
    rcs_m2: float
    duration_s: float
    start_s: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class MeteorPlan:
    """A meteor by its state at peak brightness, as fireball tables give it; velocity is Earth-fixed."""

    name: str
    lat_deg: float
    lon_deg: float
    height_km: float
    velocity_km_s: tuple[float, float, float]
    mass_kg: float
    density_kg_m3: float
    rcs_m2: float
    peak_s: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class GivenPlan:
    """A path given in a file: CCSDS OEM (`.oem`) or a table (`.csv`); its own times count."""

    name: str
    file: Path
    rcs_m2: float
    burns_until_s: float
    shift_s: float | None


@final
@dataclass(frozen=True, slots=True)
class AscentPlan:
    """A real ascent from a telemetry table of time, speed and height, flown from a place at a bearing."""

    name: str
    file: Path
    launch_lat_deg: float
    launch_lon_deg: float
    bearing_deg: float
    rcs_m2: float
    launch_s: float = 0.0


Plan: TypeAlias = (
    FlightPlan | SpaceLaunchPlan | SatellitePlan | ReentryPlan | MeteorPlan | GivenPlan | AscentPlan
)

KINDS: dict[str, type[Plan]] = {
    "flight": FlightPlan,
    "space_launch": SpaceLaunchPlan,
    "satellite": SatellitePlan,
    "reentry": ReentryPlan,
    "meteor": MeteorPlan,
    "path": GivenPlan,
    "ascent": AscentPlan,
}


def plan_names(plans: tuple[Plan, ...]) -> tuple[str, ...]:
    """What each plan is called in its event's file: `flight 2` is the second [[flight]]."""
    kind_of = {plan: name for name, plan in KINDS.items()}
    counts = dict.fromkeys(KINDS, 0)
    names = []
    for plan in plans:
        kind = kind_of[type(plan)]
        counts[kind] += 1
        names.append(f"{kind} {counts[kind]}")
    return tuple(names)
