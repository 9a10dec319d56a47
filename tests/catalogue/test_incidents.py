"""The incidents as events: who watches, whose ground counts, what is supposed; and mistakes in such files."""

import re
from pathlib import Path

import pytest

from tests.catalogue.eventfiles import GOOD, told
from tocsin.catalogue import event, event_names, network, network_of, radars, read_event, satellites
from tocsin.catalogue.event import Heard, Lowest
from tocsin.catalogue.nature import BrightCloud
from tocsin.errors import TocsinError

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "incidents.md").read_text(encoding="utf-8")
WATCHED = {
    "moonrise-1960": ((), ("BMEWS-T",)),
    "solar-burst-1967": ((), ("BMEWS-T", "BMEWS-C", "BMEWS-F")),
    "decaying-body-1979": ((), ("WEST-79",)),
    "autumn-1983": (("cosmos-1382",), ("OLED", "BAL", "MISD")),
    "black-brant-1995-with-satellite": (("hyp-1995",), ("OLED",)),
    "hwasong-14-2017-07-04-spent-stage": (("cosmos-2510", "cosmos-2518"), ("MIS1",)),
    "hwasong-14-2017-07-04-broken-track": (("cosmos-2510", "cosmos-2518"), ("MIS1",)),
    "hwasong-14-2017-07-04-wrong-association": (("cosmos-2510", "cosmos-2518"), ("MIS1",)),
}
NOTHING = """
name = "nothing flies"
start_utc = "1983-09-25T20:10:00Z"
duration_s = 600.0
[network]
satellites = ["cosmos-1382"]
radars = []
[nature]
bright_cloud = [{ lat_deg = 66.5, lon_deg = -89.0, start_s = 60.0, duration_s = 120.0, brightness = 2.0 }]
"""


@pytest.mark.parametrize("name", WATCHED)
def test_each_has_its_sensors(name: str) -> None:
    ours = event(name)
    net = network_of(ours.network)
    assert (tuple(s.key for s, _ in net.satellites), tuple(r.key for r in net.radars)) == WATCHED[name]


def test_whose_ground_counts() -> None:
    american = {"moonrise-1960", "solar-burst-1967", "decaying-body-1979"}
    for name in event_names():
        assert event(name).protected == (("US", "CA") if name in american else None)


def test_what_flies_and_for_how_long_it_is_watched() -> None:
    empty = {name for name in event_names() if not event(name).flights}
    assert empty == {"moonrise-1960", "solar-burst-1967", "autumn-1983"}
    assert all(event(name).duration_s for name in empty)


@pytest.mark.parametrize("name", [*WATCHED, "mediterranean-2013", "black-brant-1995-01-25"])
def test_each_is_on_the_page_with_how_to_run_it_and_says_what_is_assumed(name: str) -> None:
    assert f"    tocsin run {name}\n" in PAGE
    words = " ".join(event(name).notes)
    assert re.search("assumed|supposed|what if", words)


def test_what_is_supposed_of_the_radar_of_2017() -> None:
    base = "hwasong-14-2017-07-04"
    chosen = {kind: event(f"{base}-{kind}").network for kind in ("spent-stage", "broken-track")}
    assert chosen["spent-stage"].lowest == (Lowest("MIS1", 0.5),)
    assert chosen["spent-stage"].heard == (Heard("icbm-liquid stage 1", 0.0, None),)
    assert chosen["broken-track"].lowest == ()
    (low,) = network_of(chosen["spent-stage"]).radars
    assert low.el_min_deg == 0.5
    assert any(
        "looks down to 0.5 deg; the catalogue has 2" in n for n in network_of(chosen["spent-stage"]).notes
    )
    assert event(base).network.heard == ()


@pytest.mark.parametrize("date", ["1962-10-28", "1967-05-23", "1979-10-03", "1995-01-25", "2017-07-04"])
def test_radars_of_other_countries_and_satellites_that_never_flew_are_in_no_network_of_a_date(
    date: str,
) -> None:
    net = network(date)
    assert {r.centre for r in net.radars} <= {"russia", "china"}
    assert not any(s.hypothetical for s, _ in net.satellites)


def test_a_satellite_that_never_flew_says_so_and_goes_with_what_is_hypothetical() -> None:
    assert [s.key for s in satellites() if s.hypothetical] == ["hyp-1995"]
    net = network("1995-01-25", ("hyp-1995",), ())
    assert any("is hypothetical and never flew" in note for note in net.notes)
    with pytest.raises(TocsinError, match="'hyp-1995' is hypothetical, and hypothetical = false"):
        network("1995-01-25", ("hyp-1995",), (), hypothetical=False)


def test_the_radars_of_the_past_are_closed_and_their_years_stated() -> None:
    ours = [r for r in radars() if r.centre == "america"]
    assert [r.key for r in ours] == ["BMEWS-T", "BMEWS-C", "BMEWS-F", "WEST-79"]
    for radar in ours:
        assert radar.status == "closed"
        assert radar.in_service_from_utc is not None
        assert "recalled" in radar.notes["in_service_until_utc"]
        assert "recalled" in radar.source


def test_pechora_came_after_the_night_of_1983() -> None:
    assert "PEC" not in {r.key for r in network("1983-09-25").radars}
    assert "PEC" in {r.key for r in network("1995-01-25", ()).radars}


def test_where_nature_is_the_event_nothing_need_fly(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(NOTHING)
    ours = read_event(file)
    assert (ours.flights, ours.duration_s) == ((), 600.0)
    assert ours.nature.bright_clouds == (BrightCloud(66.5, -89.0, 12.0, 60.0, 120.0, 2.0),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (NOTHING.replace("duration_s = 600.0\n", "", 1), "duration_s: is missing: nothing flies"),
        (NOTHING.replace("ness = 2.0", "ness = 0.5"), "brightness: is 0.5; it must be at least 1"),
        (NOTHING.replace("bright_cloud = ", "moon = "), "moon: is "),
        (
            GOOD.replace("[network]", '[nature]\nmoon = "seen"\n[network]'),
            "moon: is 'seen'; give 'rejected' or 'heard'",
        ),
        ('protected = ["us"]\n' + GOOD, "protected 1: is 'us'; give two capitals"),
        ("protected = []\n" + GOOD, "protected: is empty"),
        (GOOD + 'lowest = [{ radar = "MIS1" }]\n', "el_min_deg: is missing"),
        (GOOD + 'lowest = [{ radar = "MIS1", el_min_deg = 75.0 }]\n', "'MIS1' looks up to 70 deg"),
        (
            GOOD + 'radars = ["LEK"]\nlowest = [{ radar = "MIS1", el_min_deg = 1.0 }]\n',
            "lowest: 'MIS1' is not among its radars",
        ),
        (GOOD + "heard = [{ from_s = 1.0 }]\n", 'body: is missing; add body = "icbm-liquid"'),
        (GOOD.replace("2025-07-15", "1959-07-15"), "start_utc: '1959-07-15T00:00:00Z' is outside 1960-2099"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(tmp_path: Path, text: str, problem: str) -> None:
    lines = told(tmp_path, text)
    assert any(problem in line for line in lines), lines
