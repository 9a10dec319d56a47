"""The built-in events, and a user's file that is right."""

import csv
from pathlib import Path

import pytest
import shapely
from geographiclib.geodesic import Geodesic

from tocsin.catalogue import FlightPlan, NetworkChoice, borders, event, event_names, network_of, read_event
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

HWASONG, OCEAN = "hwasong-14-2017-07-04", "ocean-arc-2025-07-15"
WHOLE = """
name = "two flights"
start_utc = 2025-07-10T06:00:00Z
notes = ["a note"]

[[flight]]
vehicle = "icbm-solid"
launch = { lat_deg = 45, lon_deg = -170.0 }
impact = { lat_deg = 30.0, lon_deg = 170.5 }
loft = 1.5

[[flight]]
vehicle = "irbm"
launch = { lat_deg = 10.0, lon_deg = 120.0 }
launch_s = 90.0
bearing_deg = 45.0
apogee_km = 600.0
range_km = 2500.0

[network]
date_utc = "2025-07-12"
satellites = ["cosmos-2546", "cosmos-2552"]
radars = []
hypothetical = false

[published]
apogee_km = 601.0
source = "a newspaper"

[[published.claim]]
who = "someone"
range_km = 2400.0
source = "another newspaper"
"""


# The built-in events that were published, by their name in the reference table.
FLOWN = {
    "Hwasong-14": HWASONG,
    "Hwasong-12": "hwasong-12-2017-09-14",
    "Hwasong-15": "hwasong-15-2017-11-28",
    "new IRBM": "irbm-2022-10-03",
    "Hwasong-17": "hwasong-17-2022-11-18",
    "Black Brant XII": "black-brant-1995-01-25",
}


def test_names() -> None:
    assert set(event_names()) >= {*FLOWN.values(), OCEAN}


@pytest.mark.parametrize("name", FLOWN)
def test_each_is_as_published(reference: Path, name: str) -> None:
    """The place to 0.05 deg; figures as in the table, and None where it has none."""
    rows = csv.DictReader((reference / "flights" / "published_flights.csv").read_text().splitlines())
    row = next(r for r in rows if r["name"] == name)
    ours = event(FLOWN[name])
    (flight,) = ours.flights
    assert isinstance(flight, FlightPlan)
    assert ours.start_utc == row["launch_utc"].replace("Z", ":00Z")
    assert flight.launch_lat_deg == pytest.approx(float(row["launch_lat_deg"]), abs=0.026)
    assert flight.launch_lon_deg == pytest.approx(float(row["launch_lon_deg"]), abs=0.026)
    published = ours.published
    assert published is not None
    assert published.source
    for key in ("apogee_km", "range_km", "flight_time_s"):
        figure = float(row[key]) if row[key] else None
        assert getattr(published, key) == figure
        if figure is not None and key != "flight_time_s":
            assert getattr(flight, key) == figure
    if row["bearing_deg"]:
        assert flight.bearing_deg == float(row["bearing_deg"])


@pytest.mark.parametrize("name", FLOWN.values())
def test_each_has_its_own_date_and_the_network_of_it(name: str) -> None:
    ours = event(name)
    assert name.endswith(ours.start_utc[:10])
    assert ours.network.date_utc == ours.start_utc
    assert bool(network_of(ours.network).satellites) == (ours.network.satellites is None)


def test_what_the_sounding_rocket_has_no_figure_for_is_said_to_be_assumed() -> None:
    ours = event("black-brant-1995-01-25")
    assert ours.flights[0].vehicle == "sounding-rocket"
    assert any("bearing and range are assumed" in note for note in ours.notes)
    assert ours.network == NetworkChoice("1995-01-25T06:24:00Z", (), None, False)


def test_the_claim_of_the_hwasong_14_is_as_published(reference: Path) -> None:
    rows = csv.DictReader((reference / "flights" / "published_flights.csv").read_text().splitlines())
    claim = next(r for r in rows if r["name"] == "Russian claim Hwasong-14")
    published = event(HWASONG).published
    assert published is not None
    (said,) = published.claims
    assert said.who.startswith("Russia")
    assert (said.apogee_km, said.range_km, said.flight_time_s) == tuple(
        float(claim[k]) for k in ("apogee_km", "range_km", "flight_time_s")
    )


def test_the_hwasong_14_says_what_is_not_known() -> None:
    ours = event(HWASONG)
    assert ours.start_t_tai == tai_from_utc("2017-07-04T00:40:00Z")
    assert ours.flights[0].vehicle == "icbm-liquid"
    assert any("duty status in July 2017 is not published" in note for note in ours.notes)
    assert any("nearly mono" in note for note in ours.notes)
    assert {s.key for s, _ in network_of(ours.network).satellites} == {"cosmos-2510", "cosmos-2518"}


def test_the_ocean_arc_is_between_open_oceans() -> None:
    ours = event(OCEAN)
    (flight,) = ours.flights
    assert ours.title.endswith("notional")
    assert ours.published is None
    assert flight.impact_lat_deg is not None
    assert flight.impact_lon_deg is not None
    ends = [(flight.launch_lat_deg, flight.launch_lon_deg), (flight.impact_lat_deg, flight.impact_lon_deg)]
    parts = borders().geometry
    for lat_deg, lon_deg in ends:
        near = parts[
            shapely.STRtree(parts).query(shapely.box(lon_deg - 30, lat_deg - 9, lon_deg + 30, lat_deg + 9))
        ]
        vertices = shapely.get_coordinates(near)
        assert all(Geodesic.WGS84.Inverse(lat_deg, lon_deg, y, x)["s12"] > 500e3 for x, y in vertices)
    span = Geodesic.WGS84.Inverse(*ends[0], *ends[1])["s12"]
    assert 5500e3 < span < 8500e3
    assert len(network_of(ours.network).satellites) == 4


def test_a_whole_user_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(WHOLE, encoding="utf-8")
    ours = read_event(file)
    assert (ours.key, ours.title, ours.start_utc) == ("mine", "two flights", "2025-07-10T06:00:00Z")
    assert ours.notes == ("a note",)
    assert ours.flights == (
        FlightPlan("icbm-solid", 45.0, -170.0, 30.0, 170.5, None, None, None, 1.5),
        FlightPlan("irbm", 10.0, 120.0, None, None, 45.0, 600.0, 2500.0, None, 90.0),
    )
    assert isinstance(ours.flights[0].launch_lat_deg, float)
    assert ours.network == NetworkChoice("2025-07-12T00:00:00Z", ("cosmos-2546", "cosmos-2552"), (), False)
    assert ours.published is not None
    assert (ours.published.apogee_km, ours.published.range_km, ours.published.flight_time_s) == (
        601.0,
        None,
        None,
    )
    assert ours.published.claims[0].range_km == 2400.0


def test_without_a_start_the_default_date_is_taken_and_said(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = WHOLE.replace("start_utc = 2025-07-10T06:00:00Z", "").replace('date_utc = "2025-07-12"', "")
    file.write_text(text, encoding="utf-8")
    ours = read_event(file)
    assert ours.start_utc == ours.network.date_utc == "2025-07-15T00:00:00Z"
    assert ours.notes[-1] == "start_utc is not given; taken as 2025-07-15T00:00:00Z"


def test_the_networks_date_is_the_start_unless_given(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(WHOLE.replace('date_utc = "2025-07-12"', ""), encoding="utf-8")
    assert read_event(file).network.date_utc == "2025-07-10T06:00:00Z"


def test_an_unknown_event_is_answered_with_the_nearest() -> None:
    with pytest.raises(TocsinError, match=f"^no event 'hwasong-14'; did you mean '{HWASONG}'"):
        event("hwasong-14")
    with pytest.raises(TocsinError, match=r"^no event 'zzz'; known: .*hwasong-14"):
        event("zzz")
    with pytest.raises(TocsinError, match=r"^no event '\.\./radars'"):
        event("../radars")
