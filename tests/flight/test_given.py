"""Paths from files: what was flown, written and read again is the same flight; what is none is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tocsin.catalogue.plan import FlightPlan, GivenPlan
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.fly import fly
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.oem_write import write_oem

UTC = "2025-07-15T12:00:00Z"
START = tai_from_utc(UTC)
PLAN = FlightPlan("irbm", 45.0, 166.0, None, None, 60.0, 500.0, 2500.0, None)


@pytest.fixture(scope="module")
def flown() -> Flight:
    return fly(PLAN, START, None)


def ephemeris(flight: Flight, every: int = 1, name: str = "flown") -> Ephemeris:
    keep = np.unique(np.append(np.arange(0, len(flight.path.t), every), len(flight.path.t) - 1))
    t = flight.path.t[keep]
    return Ephemeris(
        name, f"id of {name}", t, flight.path.r_ecef[keep], flight.path.v_ecef[keep], t[0], t[-1]
    )


def plan(file: Path, name: str = "flown", burns: float = 0.0, shift: float | None = None) -> GivenPlan:
    return GivenPlan(name, file, 2.0, burns, shift)


def oem(folder: Path, *ephemerides: Ephemeris) -> Path:
    file = folder / "given.oem"
    file.write_text(write_oem(ephemerides, UTC))
    return file


def test_a_flight_written_and_read_again_is_the_same(flown, tmp_path):
    burns = flown.t_burnout - START
    again = fly(plan(oem(tmp_path, ephemeris(flown)), burns=burns), START, None)
    assert (again.kind, again.vehicle, again.end, again.companions) == ("path", "flown", "impact", ())
    assert again.path.rcs_m2 == 2.0
    for key in ("t_launch", "t_burnout", "t_impact"):
        assert getattr(again, key) == pytest.approx(getattr(flown, key), abs=1e-6)
    assert again.t_apogee == pytest.approx(flown.t_apogee, abs=0.2)
    assert again.apogee_m == pytest.approx(flown.apogee_m, abs=1.0)
    assert again.range_m == pytest.approx(flown.range_m, abs=1.0)
    t = np.linspace(flown.path.t[0], flown.path.t[-1], 3001)
    apart = np.linalg.norm(again.path.position(t) - flown.path.position(t), axis=1)
    assert np.nanmax(apart) < 0.01
    near = np.abs(t - flown.t_burnout) < 0.3
    assert np.array_equal(again.path.burning(t)[~near], flown.path.burning(t)[~near])


def test_between_scarce_samples_the_course_is_kept_within_a_metre(flown, tmp_path):
    path = flown.path
    free = (path.t > flown.t_burnout + 5.0) & (geodetic_from_ecef(path.r_ecef)[2] > 100e3)
    keep = np.flatnonzero(free)[::45]
    t, r, v = path.t[keep], path.r_ecef[keep], path.v_ecef[keep]
    scarce = Ephemeris("flown", "id", t, r, v, t[0], t[-1])
    again = fly(plan(oem(tmp_path, scarce)), START, None)
    t = np.linspace(again.path.t[0], again.path.t[-1], 4001)
    apart = np.linalg.norm(again.path.position(t) - flown.path.position(t), axis=1)
    assert apart.max() < 1.0
    assert (again.launch, again.t_burnout) == (None, None)


def test_a_shifted_path_keeps_its_course_over_the_ground(flown, tmp_path):
    file = oem(tmp_path, ephemeris(flown))
    later = START + 5e6
    again = fly(plan(file, shift=100.0), later, None)
    assert again.path.t[0] == pytest.approx(later + 100.0, abs=1e-6)
    t = np.linspace(1.0, 800.0, 500)
    there, here = flown.path.position(flown.path.t[0] + t), again.path.position(again.path.t[0] + t)
    assert np.linalg.norm(there - here, axis=1).max() < 0.01


def test_a_table_is_flown_as_an_oem_is(flown, tmp_path):
    given = ephemeris(flown, every=4)
    lat, lon, height = geodetic_from_ecef(given.r_ecef)
    rows = np.column_stack([given.t - START, np.degrees(lat), np.degrees(lon), height / 1e3])
    file = tmp_path / "given.csv"
    np.savetxt(file, rows, "%.9f", delimiter=",", header="t_s,lat_deg,lon_deg,height_km", comments="")
    again = fly(plan(file), START, None)
    assert again.end == "impact"
    assert again.apogee_m == pytest.approx(flown.apogee_m, abs=1.0)


def test_of_several_objects_the_one_of_that_name_is_flown(flown, tmp_path):
    file = oem(tmp_path, ephemeris(flown, name="one"), ephemeris(flown, name="two"))
    assert fly(plan(file, "two"), START, None).vehicle == "two"
    assert fly(plan(file, "id of one"), START, None).end == "impact"
    with pytest.raises(TocsinError, match=r"given\.oem: holds 2 objects: one \(id of one\), two"):
        fly(plan(file, "three"), START, None)


@pytest.mark.parametrize("days", [-2.0, 2.0])
def test_a_file_of_another_day_says_both_days(flown, tmp_path, days):
    file = oem(tmp_path, ephemeris(flown))
    with pytest.raises(
        TocsinError, match=r"runs from 2025-07-15T12:00:00Z to .*move start_utc, or give shift_s"
    ):
        fly(plan(file), START + days * 86400.0, None)


def test_what_lies_under_the_ground_is_refused(flown, tmp_path):
    given = ephemeris(flown, every=4)
    sunk = replace(
        given, r_ecef=given.r_ecef * (1.0 - 3e3 / 6.37e6), v_ecef=given.v_ecef * (1.0 - 3e3 / 6.37e6)
    )
    with pytest.raises(TocsinError, match=r"is 3\.0 km under the ground at 2025-07-15T12:0"):
        fly(plan(oem(tmp_path, sunk)), START, None)


def test_no_file_is_one_mistake(tmp_path):
    with pytest.raises(TocsinError, match="no such file") as error:
        fly(plan(tmp_path / "none.oem"), START, None)
    assert len(error.value.problems) == 1


def test_what_of_the_file_is_not_flown_is_told(flown, tmp_path):
    file = oem(tmp_path, ephemeris(flown))
    assert fly(plan(file), START, None).notes == ()
    assert fly(plan(file), START + 37.0, None).notes == ("37.0 s of given.oem before start_utc are left out",)
    (note,) = fly(plan(file, burns=80_000.0), START, None).notes
    assert note.startswith("burns_until_s lies ")
