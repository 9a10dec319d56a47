"""Radars against the published table they were typed from."""

import csv
import dataclasses
from pathlib import Path

from tocsin.catalogue import RadarSite, radars

COLUMNS = {
    "lat_deg": "lat",
    "lon_deg": "lon",
    "az_start_deg": "az_start",
    "az_end_deg": "az_end",
    "el_min_deg": "el_min",
    "el_max_deg": "el_max",
    "range_min_km": "rng_min_km",
    "range_max_km": "rng_max_km",
}
# The two faces at Yiyuan are one row there; its sector is split here, so the ends are checked by name.
ROWS = {"YIY1": "YIY", "YIY2": "YIY"}
SPLIT = {("YIY1", "az_start_deg"), ("YIY2", "az_end_deg")}
ASSUMED = (
    "height_m",
    "reference_range_km",
    "reference_snr_db",
    "frequency_hz",
    "bandwidth_hz",
    "beamwidth_deg",
    "pulse_s",
    "coupling_rate_m_s",
    "noise_temperature_k",
    "tilt_deg",
    "clock_s",
    "troposphere_scale",
    "ionosphere_scale",
    "surface_refractivity",
    "tecu",
    "fence_el_deg",
    "bias_range_m",
    "bias_angle_deg",
    "revisit_s",
    "false_looks_per_scan",
    "false_alarm_probability",
)
CENTRE_OF = {
    "RU": "russia", "BY": "russia", "KZ": "russia", "CN": "china", "US": "america", "GL": "america",
    "GB": "america",
}  # fmt: skip
STATIONS = {
    "HYP-HUA": (46.55, 130.75, 300.0, 180.0),
    "HYP-LIN": (30.30, 119.15, 15.0, 255.0),
    "HYP-KOR": (41.65, 86.25, 150.0, 30.0),
    "HYP-YUN": (25.0, 101.0, 80.0, 320.0),
}


def by_key(key: str) -> RadarSite:
    return next(r for r in radars() if r.key == key)


def test_published_figures_equal_the_reference_table(reference: Path) -> None:
    table = (reference / "ground" / "radars.csv").read_text().splitlines()
    rows = {r["key"]: r for r in csv.DictReader(table)}
    published = [r for r in radars() if not r.hypothetical and r.centre != "america"]
    assert len(published) == 22
    for radar in published:
        row = rows[ROWS.get(radar.key, radar.key)]
        for field, column in COLUMNS.items():
            if row[column] and (radar.key, field) not in SPLIT:
                assert getattr(radar, field) == float(row[column]), (radar.key, field)
            elif not row[column]:
                assert "assumed" in radar.notes[field], (radar.key, field)


def test_the_faces_at_yiyuan_share_the_published_sector() -> None:
    south, north_east = by_key("YIY1"), by_key("YIY2")
    assert (south.az_start_deg, south.az_end_deg) == (103.9, 223.9)
    assert (north_east.az_start_deg, north_east.az_end_deg) == (343.9, 103.9)


def test_sites_are_given_to_a_twentieth_of_a_degree() -> None:
    for radar in radars():
        for degrees in (radar.lat_deg, radar.lon_deg):
            assert abs(degrees / 0.05 - round(degrees / 0.05)) < 1e-9


def test_every_row_is_whole_and_within_limits() -> None:
    assert len({r.key for r in radars()}) == len(radars())
    for radar in radars():
        for field in dataclasses.fields(radar):
            value = getattr(radar, field.name)
            if field.type in (float, "float"):
                assert type(value) is float, (radar.key, field.name)
        assert radar.centre == CENTRE_OF[radar.country]
        assert radar.band in ("VHF", "UHF")
        assert radar.status in ("duty", "building", "closed", "planned")
        assert 0.0 <= radar.el_min_deg < radar.el_max_deg <= 90.0
        assert 0.0 < radar.range_min_km < radar.range_max_km
        assert 0.0 <= radar.az_start_deg <= 360.0
        assert 0.0 <= radar.az_end_deg <= 360.0


def test_every_figure_has_a_source_and_accuracies_are_assumed() -> None:
    names = {f.name for f in dataclasses.fields(radars()[0])}
    for radar in radars():
        assert radar.source
        assert radar.notes.keys() <= names
        for name in ASSUMED:
            assert "assumed" in radar.notes[name], (radar.key, name)
        for name, (low, high) in radar.ranges.items():
            assert name in ASSUMED
            assert low <= getattr(radar, name) <= high, (radar.key, name)


def test_the_boresight_is_the_middle_of_the_sector() -> None:
    assert by_key("PEC").sector_deg == 110.0
    assert by_key("PEC").boresight_deg == 0.0
    assert by_key("KOR").sector_deg == 360.0


def test_band_accuracies() -> None:
    for radar in (r for r in radars() if not r.key.startswith("BMEWS")):
        expected = (316e3, 2.0, 150.0, 0.05, 7.0) if radar.band == "VHF" else (790e3, 0.7, 20.0, 0.02, 5.0)
        assert expected == (
            radar.bandwidth_hz,
            radar.beamwidth_deg,
            radar.bias_range_m,
            radar.bias_angle_deg,
            radar.revisit_s,
        )


def test_a_figure_given_by_a_row_does_not_keep_the_defaults_note() -> None:
    assert "Yesin" in by_key("OLED").notes["reference_range_km"]
    assert "older press" in by_key("LEK").notes["reference_range_km"]
    assert by_key("HUA").reference_range_km == 2500.0


def test_hypothetical_stations_are_the_four_and_say_so() -> None:
    stations = {r.key: r for r in radars() if r.hypothetical}
    assert stations.keys() == STATIONS.keys()
    for key, radar in stations.items():
        assert (radar.lat_deg, radar.lon_deg, radar.az_start_deg, radar.az_end_deg) == STATIONS[key]
        assert (radar.el_min_deg, radar.el_max_deg, radar.range_max_km) == (2.0, 70.0, 6000.0)
        assert radar.centre == "china"
        assert radar.source.startswith("hypothetical")
    assert sorted(r.band for r in stations.values()) == ["UHF", "UHF", "VHF", "VHF"]


def test_the_voronezh_at_olenegorsk_and_vorkuta_are_being_built() -> None:
    assert by_key("OLE").status == "building"
    assert by_key("VOR").status == "building"
