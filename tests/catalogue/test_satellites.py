"""Satellites and element sets against the published tables they were typed from."""

import csv
import dataclasses
import re
from itertools import pairwise
from pathlib import Path

import numpy as np

from tocsin.catalogue import Elements, Satellite, satellites
from tocsin.catalogue.incident import cosmos_1382
from tocsin.catalogue.states import state_at
from tocsin.earth.time import tai_from_utc
from tocsin.motion.orbit import satellite_states
from tocsin.study.autumn_1983 import satellite as by_kepler

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


TUNDRA = tuple(s for s in satellites() if s.type == "Tundra" and not s.hypothetical)


def test_element_sets_equal_the_reference_table(reference: Path) -> None:
    ours = {(e.norad, e.epoch_utc): e for s in TUNDRA for e in s.elements}
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
    newest = {str(s.norad): s.elements[-1] for s in TUNDRA if "newest" in s.elements[-1].source}
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
    for elements in (s.elements[-1] for s in TUNDRA if s.key not in ("cosmos-2510", "cosmos-2518")):
        year_day, ndot = epochs[str(elements.norad)]
        new_year = tai_from_utc(f"20{year_day[:2]}-01-01")
        # A day of a year without a leap second; the epoch is kept to the millisecond.
        assert abs(elements.epoch_t_tai - new_year - 86400.0 * (float(year_day[2:]) - 1.0)) < 1e-3
        assert elements.ndot_rev_day2 == float(ndot)


def test_satellites_equal_the_reference_table(reference: Path) -> None:
    table = (reference / "space" / "eks_satellites.csv").read_text().splitlines()
    rows = {int(r["norad"]): r for r in csv.DictReader(table)}
    assert {s.norad for s in TUNDRA} == rows.keys()
    for satellite in TUNDRA:
        row = rows[satellite.norad]
        assert satellite.name == f"{row['name']} ({row['eks']})"
        assert satellite.launch_utc.startswith(row["launch_date"])
        assert satellite.states[0].from_utc.startswith(row["first_tle_utc"])
        # What is published of its state to the year and month, and of its station.
        said = " ".join(s.note for s in satellite.states)
        for date in re.findall(r"20\d\d-\d\d", row["status_note"]):
            assert date in said, (satellite.key, date)
        assert (satellite.states[-1].state == "dead") == row["status_note"].startswith("dead")


def test_keys_are_unique_and_epochs_in_order() -> None:
    keys = [s.key for s in TUNDRA]
    assert keys == [f"cosmos-{n}" for n in (2510, 2518, 2541, 2546, 2552, 2563)]
    for satellite in TUNDRA:
        epochs = [e.epoch_t_tai for e in satellite.elements]
        assert epochs == sorted(set(epochs))
        assert all(e.norad == satellite.norad for e in satellite.elements)
        assert all(e.epoch_t_tai == tai_from_utc(e.epoch_utc) for e in satellite.elements)


def test_orbits_are_the_published_kind() -> None:
    """Period 713.9-718.0 min, inclination and argument of perigee as published for all 529 sets."""
    for elements in (e for s in TUNDRA for e in s.elements):
        assert 713.0 < 1440.0 / elements.mean_motion_rev_day < 719.0
        assert 62.6 < elements.inclination_deg < 63.9
        assert 264.0 < elements.argp_deg < 274.5


def test_telescope_figures_are_assumed_and_say_so() -> None:
    for satellite in TUNDRA:
        for name, value in ASSUMED.items():
            assert getattr(satellite, name) == value
            assert satellite.notes[name].startswith("assumed")
        for name, (low, high) in satellite.ranges.items():
            assert low <= getattr(satellite, name) <= high


def test_every_figure_has_a_source() -> None:
    fields = {f.name for f in dataclasses.fields(Satellite)}
    for satellite in satellites():
        assert satellite.source
        assert satellite.notes.keys() <= fields
        assert all(e.source for e in satellite.elements)
        assert all(s.note for s in satellite.states)


def test_the_second_satellites_duty_in_july_2017_is_said_to_be_unpublished() -> None:
    second = next(s for s in satellites() if s.key == "cosmos-2518")
    was = state_at(second.states, tai_from_utc("2017-07-04"))
    assert was is not None
    assert was.state == "in doubt"
    assert "duty status in 2017 is not published" in was.note


def test_a_state_lasts_until_the_next() -> None:
    for satellite in satellites():
        first, *later = satellite.states
        assert state_at(satellite.states, first.from_t - 1.0) is None
        assert state_at(satellite.states, first.from_t) == first
        for before, after in pairwise(satellite.states):
            assert state_at(satellite.states, after.from_t - 1.0) == before
            assert state_at(satellite.states, after.from_t) == after
        assert state_at(satellite.states, satellite.states[-1].from_t + 1e9) == satellite.states[-1]
        assert all(s.state != first.state for s in later[:1])


def test_off_station_is_where_the_elements_put_the_apogee() -> None:
    """A working one's apogee is within 12 deg of the csv's station, farther where it is first off station."""
    stations = {44552: -42.0, 45608: -41.0, 49503: -41.0, 54223: -30.0}
    for satellite in (s for s in TUNDRA if s.norad in stations):
        for elements in satellite.elements:
            was = state_at(satellite.states, elements.epoch_t_tai)
            assert was is not None
            lons = np.array([_apogee_lon(elements, k) for k in (0, 1)])
            away = float(np.min(np.abs((lons - stations[satellite.norad] + 180.0) % 360.0 - 180.0)))
            if was.state == "working":
                assert away < 12.0, (satellite.key, elements.epoch_utc, away)
            if was.state == "off station" and elements.epoch_t_tai < was.from_t + 86400.0:
                assert away > 12.0, (satellite.key, elements.epoch_utc, away)


def _apogee_lon(elements: Elements, revolution: int) -> float:
    """Longitude (deg) of the apogee that is nearest after the epoch, or one revolution later."""
    period = 86400.0 / elements.mean_motion_rev_day
    t = elements.epoch_t_tai + period * (revolution + np.linspace(0.0, 1.0, 721))
    r = satellite_states(elements, t)[0]
    far = r[np.argmax(np.linalg.norm(r, axis=-1))]
    return float(np.degrees(np.arctan2(far[1], far[0])))


def test_the_oko_is_where_the_reconstruction_puts_it() -> None:
    """By SGP4 near Kepler's ellipse for a day: nearer than the reconstruction is checked to, 0.7 deg."""
    (oko,) = (s for s in satellites() if s.type == "Oko")
    incident = cosmos_1382()
    assert (oko.name, oko.norad, len(oko.elements)) == (incident.name, incident.norad, 1)
    t = incident.epoch_t + 3600.0 * np.arange(-12.0, 13.0)
    kepler = by_kepler(t, np.radians(incident.true_anomaly_deg))
    away = np.linalg.norm(satellite_states(oko.elements[0], t)[0] - kepler, axis=-1)
    assert away.max() < 0.2 * np.radians(0.7) * np.linalg.norm(kepler, axis=-1).max()
    assert "reconstructed" in oko.elements[0].source
    assert "assumed" in oko.elements[0].source
    for name in ("limb_depth_deg", "limb_top_km"):
        low, high = oko.ranges[name]
        assert low <= getattr(oko, name) <= high
        assert oko.notes[name].startswith("assumed")
