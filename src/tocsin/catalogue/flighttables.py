"""The tables of what flies, one for each kind of plan: every key, its type and its limits."""

import math
from typing import Annotated

from pydantic import AfterValidator, Field

from tocsin.catalogue.fields import (
    AfterStartS,
    ApogeeKm,
    BearingDeg,
    BetaKgM2,
    DurationS,
    FlightVehicle,
    LatDeg,
    LauncherVehicle,
    LonDeg,
    Name,
    Place,
    RangeKm,
    RcsM2,
    Text,
    Utc,
    number,
)
from tocsin.catalogue.filekind import Table, refusal

SPEEDS_KM_S = 5.0, 80.0


def _two_lines(lines: list[str]) -> list[str]:
    if len(lines) != 2:
        raise refusal(f"has {len(lines)} lines; give the two lines of one element set")
    return lines


def _velocity(velocity: list[float]) -> list[float]:
    if len(velocity) != 3:
        raise refusal(f"has {len(velocity)} numbers; give three, [vx, vy, vz]")
    speed, (least, most) = math.hypot(*velocity), SPEEDS_KM_S
    if not least <= speed <= most:
        raise refusal(f"is {speed:.1f} km/s in all; a meteor has {least:g} to {most:g} km/s")
    return velocity


TwoLines = Annotated[list[str], AfterValidator(_two_lines)]
Velocity = Annotated[list[Annotated[float, number()]], AfterValidator(_velocity)]


class ReleaseTable(Table):
    """`release` and `debris` of a flight."""

    count: Annotated[int, Field(ge=1, le=200)]
    dv_m_s: Annotated[float, number(ge=0.1, le=500.0)]
    after_burnout_s: Annotated[float, number(ge=0.0, le=600.0)]
    beta_kg_m2: BetaKgM2
    rcs_m2: RcsM2


class GlideTable(Table):
    """`glide` of a flight."""

    lift_to_drag: Annotated[float, number(ge=0.1, le=4.0)]
    beta_kg_m2: BetaKgM2


class Flight(Table):
    """`[[flight]]`; which of the aiming keys go together is checked in `aiming`."""

    vehicle: FlightVehicle
    launch: Place
    launch_s: AfterStartS = 0.0
    bearing_deg: BearingDeg | None = None
    apogee_km: ApogeeKm | None = None
    range_km: RangeKm | None = None
    impact: Place | None = None
    loft: Annotated[float, number(gt=0.0, le=20.0)] | None = None
    spent_stages: bool = False
    release: ReleaseTable | None = None
    debris: ReleaseTable | None = None
    glide: GlideTable | None = None


class SpaceLaunch(Table):
    """`[[space_launch]]`."""

    vehicle: LauncherVehicle
    launch: Place
    launch_s: AfterStartS = 0.0
    bearing_deg: BearingDeg
    height_km: Annotated[float, number(ge=150.0, le=2000.0)]
    deorbit_range_km: Annotated[float, number(ge=1000.0, le=39_000.0)] | None = None
    coast_s: DurationS = 5400.0
    spent_stages: bool = True


class ElementsTable(Table):
    """`elements` of a satellite or re-entry: SGP4 mean elements in figures."""

    epoch_utc: Utc
    mean_motion_rev_day: Annotated[float, number(gt=0.0, le=18.0)]
    eccentricity: Annotated[float, number(ge=0.0, lt=1.0)]
    inclination_deg: Annotated[float, number(ge=0.0, le=180.0)]
    raan_deg: Annotated[float, number(ge=0.0, le=360.0)]
    argp_deg: Annotated[float, number(ge=0.0, le=360.0)]
    mean_anomaly_deg: Annotated[float, number(ge=0.0, le=360.0)]
    bstar: Annotated[float, number(ge=-1.0, le=1.0)]
    ndot_rev_day2: Annotated[float, number(ge=-1.0, le=1.0)] = 0.0
    norad: Annotated[int, Field(ge=0, le=339_999)]
    source: Text


class SatelliteTable(Table):
    """`[[satellite]]`; that one of `tle` and `elements` is there is checked in `orbits`."""

    name: Name
    tle: TwoLines | None = None
    elements: ElementsTable | None = None
    rcs_m2: RcsM2 = 1.0
    start_s: AfterStartS = 0.0
    duration_s: DurationS = 3600.0


class Reentry(Table):
    """`[[reentry]]`; `tle` and `elements` as of a satellite."""

    name: Name
    tle: TwoLines | None = None
    elements: ElementsTable | None = None
    beta_kg_m2: BetaKgM2 = 100.0
    rcs_m2: RcsM2 = 1.0
    start_s: AfterStartS = 0.0
    duration_s: DurationS = 43_200.0


class Meteor(Table):
    """`[[meteor]]`."""

    name: Name
    lat_deg: LatDeg
    lon_deg: LonDeg
    height_km: Annotated[float, number(gt=0.0, lt=120.0)]
    velocity_km_s: Velocity
    mass_kg: Annotated[float, number(ge=1e-3, le=1e10)]
    density_kg_m3: Annotated[float, number(ge=100.0, le=10_000.0)] = 3300.0
    rcs_m2: RcsM2 = 1.0
    peak_s: AfterStartS = 0.0


class GivenPath(Table):
    """`[[path]]`; whether the file is there is checked in `files`."""

    name: Name
    file: Text
    rcs_m2: RcsM2 = 1.0
    burns_until_s: AfterStartS = 0.0
    shift_s: AfterStartS | None = None


class Ascent(Table):
    """`[[ascent]]`; whether the file is there is checked in `files`."""

    name: Name
    file: Text
    launch: Place
    launch_s: AfterStartS = 0.0
    bearing_deg: BearingDeg
    rcs_m2: RcsM2 = 1.0
