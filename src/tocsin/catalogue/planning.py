"""From an event file's tables, already sound, to the plans of what flies."""

from collections.abc import Iterator
from pathlib import Path

from tocsin.catalogue.filekind import Table
from tocsin.catalogue.flighttables import (
    Ascent,
    Flight,
    GivenPath,
    Meteor,
    Reentry,
    ReleaseTable,
    SatelliteTable,
    SpaceLaunch,
)
from tocsin.catalogue.orbits import elements_of
from tocsin.catalogue.plan import (
    KINDS,
    AscentPlan,
    FlightPlan,
    GivenPlan,
    Glide,
    MeteorPlan,
    Plan,
    ReentryPlan,
    Release,
    SatellitePlan,
    SpaceLaunchPlan,
)
from tocsin.catalogue.schema import EventTable

# Figures that an event may leave out and that are then assumed.
_ASSUMED = ("rcs_m2", "beta_kg_m2", "density_kg_m3")


def plans_of(table: EventTable, folder: Path) -> tuple[Plan, ...]:
    """Every plan, in the order of `KINDS` and of the file; files are relative to `folder`."""
    return tuple(_plan(row, folder) for _, rows in _rows(table) for row in rows)


def assumed_notes(table: EventTable) -> tuple[str, ...]:
    """One line for each figure that was left out, with the value assumed for it."""
    notes = []
    for kind, rows in _rows(table):
        for key in _ASSUMED:
            without = [
                row for row in rows if key in type(row).model_fields and key not in row.model_fields_set
            ]
            if without:
                value = getattr(without[0], key)
                notes.append(f"{key} is not given for {len(without)} [[{kind}]]; assumed {value:g}")
    return tuple(notes)


def _rows(table: EventTable) -> Iterator[tuple[str, list[Table]]]:
    for kind in KINDS:
        yield kind, getattr(table, kind)


def _plan(row: Table, folder: Path) -> Plan:
    match row:
        case Flight():
            return _flight(row)
        case SpaceLaunch():
            figures = row.model_dump(exclude={"launch"})
            return SpaceLaunchPlan(
                launch_lat_deg=row.launch.lat_deg, launch_lon_deg=row.launch.lon_deg, **figures
            )
        case SatelliteTable():
            figures = row.model_dump(exclude={"tle", "elements"})
            return SatellitePlan(elements=elements_of(row.tle, row.elements), **figures)
        case Reentry():
            figures = row.model_dump(exclude={"tle", "elements"})
            return ReentryPlan(elements=elements_of(row.tle, row.elements), **figures)
        case Meteor():
            vx, vy, vz = row.velocity_km_s
            return MeteorPlan(velocity_km_s=(vx, vy, vz), **row.model_dump(exclude={"velocity_km_s"}))
        case GivenPath():
            return GivenPlan(file=folder / row.file, **row.model_dump(exclude={"file"}))
        case Ascent():
            return AscentPlan(
                file=folder / row.file,
                launch_lat_deg=row.launch.lat_deg,
                launch_lon_deg=row.launch.lon_deg,
                **row.model_dump(exclude={"file", "launch"}),
            )
    raise TypeError(f"no plan of {type(row).__name__}")


def _flight(row: Flight) -> FlightPlan:
    return FlightPlan(
        vehicle=row.vehicle,
        launch_lat_deg=row.launch.lat_deg,
        launch_lon_deg=row.launch.lon_deg,
        impact_lat_deg=None if row.impact is None else row.impact.lat_deg,
        impact_lon_deg=None if row.impact is None else row.impact.lon_deg,
        bearing_deg=row.bearing_deg,
        apogee_km=row.apogee_km,
        range_km=row.range_km,
        loft=row.loft,
        launch_s=row.launch_s,
        spent_stages=row.spent_stages,
        release=_release(row.release),
        debris=_release(row.debris),
        glide=None if row.glide is None else Glide(**row.glide.model_dump()),
    )


def _release(row: ReleaseTable | None) -> Release | None:
    return None if row is None else Release(**row.model_dump())
