"""Satellites and element sets against the published tables they were typed from."""

import csv
import dataclasses
from pathlib import Path

from tocsin.catalogue import satellites
from tocsin.earth.time import tai_from_utc

FIGURES = (
    "mean_motion_rev_day",
    "eccentricity",
    "inclination_deg",
    "raan_deg",
    "argp_deg",
    "mean_anomaly_deg",
    "bstar",
    "ndot_rev_day2",
)
ASSUMED = {
    "frame_s": 1.0,
    "cloud_height_m": 10e3,
    "clock_s": 0.001,
    "min_altitude_m": 15e6,
    "false_looks_per_frame": 0.02,
}


def test_element_sets_equal_the_reference_table(reference: Path) -> None:
    ours = {(e.norad, e.epoch_utc): e for s in satellites() for e in s.elements}
    rows = list(csv.DictReader((reference / "space" / "eks_elements.csv").read_text().splitlines()))
    assert len(rows) == 40
    for row in rows:
        elements = ours.pop((int(row["norad"]), row["epoch_utc"]))
        assert [getattr(elements, f) for f in FIGURES] == [float(row[f]) for f in FIGURES]
    assert all("newest seen" in e.source for e in ours.values())
    assert len(ours) == 4


def test_newest_sets_equal_the_lines_quoted_in_the_reference(reference: Path) -> None:
    lines = [line.split() for line in (reference / "space" / "README.md").read_text().splitlines()]
    second_lines = {f[-8]: f[-8:] for f in lines if len(f) in (9, 11) and f[-9] == "2"}
    newest = {str(s.norad): s.elements[-1] for s in satellites() if "newest" in s.elements[-1].source}
    assert newest.keys() == second_lines.keys()
    for norad, elements in newest.items():
        _, inclination, raan, eccentricity, argp, anomaly, motion, _ = second_lines[norad]
        assert elements.inclination_deg == float(inclination)
        assert elements.raan_deg == float(raan)
        assert elements.eccentricity == float(f"0.{eccentricity}")
        assert elements.argp_deg == float(argp)
        assert elements.mean_anomaly_deg == float(anomaly)
        assert elements.mean_motion_rev_day == float(motion)


def test_newest_epochs_are_the_fractional_days_quoted(reference: Path) -> None:
    lines = [line.split() for line in (reference / "space" / "README.md").read_text().splitlines()]
    epochs = {f[3].removesuffix("U"): f[5:7] for f in lines if len(f) == 11 and f[2] == "1"}
    assert len(epochs) == 4
    for elements in (s.elements[-1] for s in satellites() if s.key not in ("cosmos-2510", "cosmos-2518")):
        year_day, ndot = epochs[str(elements.norad)]
        new_year = tai_from_utc(f"20{year_day[:2]}-01-01")
        # A day of a year without a leap second; the epoch is kept to the millisecond.
        assert abs(elements.epoch_t_tai - new_year - 86400.0 * (float(year_day[2:]) - 1.0)) < 1e-3
        assert elements.ndot_rev_day2 == float(ndot)


def test_satellites_equal_the_reference_table(reference: Path) -> None:
    table = (reference / "space" / "eks_satellites.csv").read_text().splitlines()
    rows = {int(r["norad"]): r for r in csv.DictReader(table)}
    assert {s.norad for s in satellites()} == rows.keys()
    for satellite in satellites():
        row = rows[satellite.norad]
        assert satellite.name == f"{row['name']} ({row['eks']})"
        assert satellite.launch_utc.startswith(row["launch_date"])
        assert satellite.in_service_from_utc.startswith(row["first_tle_utc"])


def test_keys_are_unique_and_epochs_in_order() -> None:
    keys = [s.key for s in satellites()]
    assert keys == [f"cosmos-{n}" for n in (2510, 2518, 2541, 2546, 2552, 2563)]
    for satellite in satellites():
        epochs = [e.epoch_t_tai for e in satellite.elements]
        assert epochs == sorted(set(epochs))
        assert all(e.norad == satellite.norad for e in satellite.elements)
        assert all(e.epoch_t_tai == tai_from_utc(e.epoch_utc) for e in satellite.elements)


def test_orbits_are_the_published_kind() -> None:
    """Period 713.9-718.0 min, inclination and argument of perigee as published for all 529 sets."""
    for elements in (e for s in satellites() for e in s.elements):
        assert 713.0 < 1440.0 / elements.mean_motion_rev_day < 719.0
        assert 62.6 < elements.inclination_deg < 63.9
        assert 264.0 < elements.argp_deg < 274.5


def test_telescope_figures_are_assumed_and_say_so() -> None:
    for satellite in satellites():
        for name, value in ASSUMED.items():
            assert getattr(satellite, name) == value
            assert satellite.notes[name].startswith("assumed")
        for name, (low, high) in satellite.ranges.items():
            assert low <= getattr(satellite, name) <= high


def test_every_figure_has_a_source() -> None:
    fields = {f.name for f in dataclasses.fields(satellites()[0])}
    for satellite in satellites():
        assert satellite.notes.keys() <= fields
        assert satellite.notes["in_service_from_utc"].startswith("assumed")
        assert satellite.notes["in_service_until_utc"]
        assert all(e.source for e in satellite.elements)


def test_the_second_satellites_duty_in_july_2017_is_said_to_be_unpublished() -> None:
    second = next(s for s in satellites() if s.key == "cosmos-2518")
    assert "duty status in July 2017 is not published" in second.duty
