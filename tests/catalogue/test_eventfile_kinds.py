"""Events of every kind: the plans that a file becomes."""

from pathlib import Path

from tests.catalogue.eventkinds import EVERY, TLE
from tocsin.catalogue import read_event
from tocsin.catalogue.plan import (
    AscentPlan,
    GivenPlan,
    Glide,
    MeteorPlan,
    ReentryPlan,
    Release,
    SatellitePlan,
    SpaceLaunchPlan,
    plan_names,
)
from tocsin.catalogue.tle import elements_of_tle
from tocsin.earth.time import tai_from_utc


def test_every_kind_becomes_its_plan_in_the_stated_order(folder: Path) -> None:
    (folder / "mine.toml").write_text(EVERY)
    flight, space, satellite, reentry, meteor, given, ascent = read_event(folder / "mine.toml").flights
    assert flight.release == Release(5, 2.0, 60.0, 100.0, 0.1)
    assert flight.debris == Release(20, 50.0, 2.0, 50.0, 0.2)
    assert flight.glide == Glide(2.0, 8000.0)
    assert flight.spent_stages
    assert space == SpaceLaunchPlan("launcher-medium", 45.9, 63.3, 62.0, 400.0, None, 5400.0)
    assert isinstance(satellite, SatellitePlan)
    assert (satellite.rcs_m2, satellite.duration_s, satellite.start_s) == (20.0, 3600.0, 0.0)
    assert satellite.elements.epoch_t_tai == tai_from_utc("2025-07-14T00:00:00Z")
    assert (satellite.elements.norad, satellite.elements.raan_deg) == (25544, 10.0)
    assert reentry == ReentryPlan("falling", elements_of_tle(*TLE), 100.0, 1.0, 43_200.0, 60.0)
    assert meteor == MeteorPlan("bright", 54.8, 61.1, 23.3, (12.8, -13.3, -2.4), 1e7, 3300.0, 1.0)
    assert given == GivenPlan("from elsewhere", folder / "below/track.oem", 1.0, 100.0, None)
    assert ascent == AscentPlan("filmed", folder / "telemetry.json", 28.6, -80.6, 90.0, 1.0, 5.0)


def test_plans_are_named_as_in_the_file(folder: Path) -> None:
    (folder / "mine.toml").write_text(EVERY + EVERY[EVERY.index("[[meteor]]") : EVERY.index("[[reentry]]")])
    names = plan_names(read_event(folder / "mine.toml").flights)
    once = ["flight 1", "space_launch 1", "satellite 1", "reentry 1", "meteor 1", "path 1", "ascent 1"]
    assert names == (*once[:5], "meteor 2", *once[5:])


def test_what_is_left_out_and_assumed_is_noted(folder: Path) -> None:
    (folder / "mine.toml").write_text(EVERY)
    assert read_event(folder / "mine.toml").notes == (
        "rcs_m2 is not given for 1 [[reentry]]; assumed 1",
        "beta_kg_m2 is not given for 1 [[reentry]]; assumed 100",
        "rcs_m2 is not given for 1 [[meteor]]; assumed 1",
        "density_kg_m3 is not given for 1 [[meteor]]; assumed 3300",
        "rcs_m2 is not given for 1 [[path]]; assumed 1",
        "rcs_m2 is not given for 1 [[ascent]]; assumed 1",
    )
