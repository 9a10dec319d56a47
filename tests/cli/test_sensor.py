"""`tocsin sensor`: its table, its JSON, its curves beside the sensor's own functions, and what it refuses."""

import contextlib
import io
import json
import math
import re
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tocsin.catalogue import RadarSite, Satellite, radars, satellites
from tocsin.catalogue.assumed import assumptions
from tocsin.cli import main
from tocsin.cli.footprint import azimuths, under_shell
from tocsin.cli.radarscene import detection_range, elevation_errors, radar_scene, snr_needed
from tocsin.cli.sensorfigures import NOT_FIGURES, sensor_figures, standing, unit_of
from tocsin.cli.telescopescene import amplitude_of_one, apogee_t, in_plane, why_none
from tocsin.cli.tell.sensor import shown, words_of
from tocsin.cli.whichsensor import sensor_of
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.echo.swerling import detection_probability
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope
from tocsin.sensor.view import radar_sees

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
SHOWN = ("LEK", "HYP-HUA", "KOR", "cosmos-2546")
BARE = {  # figures that have no unit
    "troposphere_scale",
    "ionosphere_scale",
    "false_alarm_probability",
    "norad",
}


@pytest.fixture(autouse=True)
def no_own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCSIN_CATALOGUE", str(tmp_path / "own"))
    return tmp_path / "own"


def said(*words: object) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def told_of(*words: str) -> dict:
    status, out, err = said("sensor", *words, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/sensor"}, jsonschema.Draft202012Validator)
    return told


def radar(key: str) -> Radar:
    sensor = sensor_of(key).sensor
    assert isinstance(sensor, Radar)
    return sensor


def telescope(key: str = "cosmos-2546") -> Telescope:
    sensor = sensor_of(key).sensor
    assert isinstance(sensor, Telescope)
    return sensor


@pytest.mark.parametrize("key", SHOWN)
def test_the_figures_are_the_catalogue_s(key: str) -> None:
    told = told_of(key)
    row = sensor_of(key).row
    by_name = {p["name"]: p for p in told["parameters"] if p["group"] in ("array", "satellite")}
    assert set(by_name) == {f.name for f in fields(row)} - NOT_FIGURES
    for name, p in by_name.items():
        assert p["value"] == getattr(row, name)
        if name in row.notes:
            assert p["source"] == row.notes[name]
        low, high = row.ranges.get(name, (None, None))
        assert (p["low"], p["high"]) == (low, high)
    assert (told["sensor"], told["name"], told["own"]) == (key, row.name, False)
    assert told["hypothetical"] is (key == "HYP-HUA")


@pytest.mark.parametrize("key", ["LEK", "cosmos-2546"])
def test_every_set_of_assumed_figures_is_told_with_its_range(key: str) -> None:
    sensor, told = sensor_of(key).sensor, told_of(key)
    groups = {p["group"] for p in told["parameters"]} - {"array", "satellite", "elements"}
    sets = [f.name for f in fields(sensor) if f.name in groups]
    assert {"losses", "accuracy"} <= set(sets) or {"detector", "pointing", "background"} <= set(sets)
    for name in sets:
        rows = [p for p in told["parameters"] if p["group"] == name]
        for p, a in zip(rows, assumptions(getattr(sensor, name)), strict=True):
            assert (p["name"], p["value"], p["low"], p["high"]) == (a.name, a.value, a.low, a.high)
            assert (p["unit"], p["source"], p["standing"]) == (a.unit, a.note, "assumed")


def test_a_satellite_is_told_with_the_elements_nearest_the_date() -> None:
    for date, epoch in (("2025-07-15", "2025-07-06"), ("2022-11-20T12:00", "2022-11-18")):
        told = told_of("cosmos-2546", "--date", date)
        (found,) = (p["value"] for p in told["parameters"] if p["name"] == "epoch_utc")
        assert found.startswith(epoch)
        assert told["date_utc"].startswith(date)
    assert "status as last published: not working" in told["notes"][0]
    assert any("not in service" in n for n in told_of("cosmos-2510")["notes"])
    assert any("being built" in n for n in told_of("OLE")["notes"])


def test_every_figure_of_every_sensor_has_a_unit_and_a_source() -> None:
    for kind, rows in ((RadarSite, radars()), (Satellite, satellites())):
        numbers = [f.name for f in fields(kind) if f.type in (float, int) and f.name not in BARE]
        assert numbers
        assert all(unit_of(name) for name in numbers)
        for row in rows:
            for p in sensor_figures(sensor_of(row.key))["parameters"]:
                assert p["source"]


def test_what_is_assumed_is_marked() -> None:
    assert standing("assumed: VHF") == standing("combat duty 2012-02; day assumed") == "assumed"
    assert standing("hypothetical: a Voronezh-like array") == "hypothetical"
    assert standing("keeptrack") == "stated"
    _, text, _ = said("sensor", "HYP-HUA")
    lines = {re.split("  +", line[4:].strip())[0]: line for line in text.splitlines()}
    assert lines["reference range"].startswith("*")
    assert "4,000 km" in lines["reference range"]
    assert "2,500 to 6,000" in lines["reference range"]
    assert lines["latitude"].startswith("?")
    assert "\n     latitude " in said("sensor", "LEK")[1]
    assert max(len(line) for line in text.splitlines()) <= 132


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        (("frequency_hz", 155e6, 150e6, 200e6, "Hz"), ("155 MHz", "150 to 200")),
        (("clock_s", 0.0005, 1e-6, 0.05, "s"), ("500 \u00b5s", "1 to 50,000")),
        (("bias_rad", 20e-6, 5e-6, 100e-6, "rad"), ("20 \u00b5rad", "5 to 100")),
        (("exclusion", math.radians(15), math.radians(8), math.radians(30), "rad"), ("15 deg", "8 to 30")),
        (("height_m", 0.0, None, None, "m"), ("0 m", "")),
        (("norad", 45608, None, None, ""), ("45608", "")),
        (("hypothetical", True, None, None, ""), ("yes", "")),
        (("in_service_until_utc", None, None, None, ""), ("\u2013", "")),
    ],
)
def test_figures_are_said_as_a_person_reads_them(figure: tuple, wanted: tuple[str, str]) -> None:
    assert shown(*figure) == wanted


def test_names_are_words() -> None:
    assert words_of("az_start_deg") == "azimuth start"
    assert words_of("reference_range_km") == "reference range"
    assert words_of("launch_utc") == "launch"


@pytest.mark.parametrize("probability", [0.5, 0.9])
def test_the_detection_range_is_where_one_look_has_that_probability(probability: float) -> None:
    """Against the sensor's own signal-to-noise at that range, and Swerling's formula."""
    for key in ("LEK", "KOR", "OLED"):
        r = radar(key)
        p_fa = r.site.false_alarm_probability
        assert detection_probability(snr_needed(probability, p_fa), p_fa, 1) == pytest.approx(probability)
        azimuth, up, rcs = math.radians(r.site.boresight_deg), 0.15, np.array([0.1, 1.0, 30.0])
        km = detection_range(r, azimuth, up, rcs, probability)
        values = np.stack([1e3 * km, np.full(3, azimuth), np.full(3, up)], axis=-1)
        assert detection_probability(r.snr(values, rcs), p_fa, 1) == pytest.approx(probability, rel=1e-9)


def test_the_band_holds_the_curve_and_is_that_of_the_reference() -> None:
    scene = radar_scene(radar("LEK"))
    assert scene.spread is not None
    assert np.all((scene.spread[0] < scene.half_of) & (scene.half_of < scene.spread[1]))
    # 2,500 km at 10 dB and 6,000 km at 20 dB, against 4,000 km at 13 dB.
    assert scene.spread[0] / scene.half_of == pytest.approx(2500 / 4000 * 10 ** (-3 / 40), rel=1e-9)
    assert scene.spread[1] / scene.half_of == pytest.approx(6000 / 4000 * 10 ** (7 / 40), rel=1e-9)
    assert np.all(scene.most_of < scene.half_of)
    assert np.all(scene.at_edge < scene.half_of)
    assert scene.rcs_m2[0] >= 0.1 - 1e-12
    assert "published" in scene.range_max_words
    assert "assumed" in radar_scene(radar("KOR")).range_max_words
    bare = radar("LEK")
    assert radar_scene(replace(bare, site=replace(bare.site, ranges={}))).spread is None


def test_the_footprint_s_edges_are_where_the_sensor_begins_to_see() -> None:
    for key, high in (("LEK", 200e3), ("HYP-HUA", 1000e3), ("KOR", 1000e3)):
        r = radar(key)
        edges = under_shell(r, high)
        assert edges is not None
        near, far = edges
        assert len(near) == len(far) == len(azimuths(r.site))
        # On the boresight: a little farther out nothing is seen, a little nearer something is.
        k = len(far) // 2
        home = np.array([r.site.lat_deg, r.site.lon_deg])
        for edge, inside in ((far[k], 0.997), (near[k], 1.15)):
            for share, seen in ((inside, True), (2.0 - inside, False)):
                lat, lon = np.radians(_between(home, edge, share))
                at = ecef_from_geodetic(lat, lon, high)
                assert bool(radar_sees(r.site, at[None], r.refraction)[0]) is seen, (key, share)
    assert under_shell(radar("LEK"), 100e6) is None


def _between(home: np.ndarray, place: np.ndarray, share: float) -> np.ndarray:
    """A point so far along the great circle from home to a place."""
    a, b = (_unit(p) for p in (home, place))
    arc = math.acos(float(a @ b))
    v = (math.sin((1 - share) * arc) * a + math.sin(share * arc) * b) / math.sin(arc)
    return np.degrees([math.asin(v[2]), math.atan2(v[1], v[0])])


def _unit(place: np.ndarray) -> np.ndarray:
    lat, lon = np.radians(place)
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def test_elevation_errors_grow_toward_the_ground() -> None:
    deg, parts = elevation_errors(radar("LEK"), math.radians(300.0), 2000.0)
    by_words = {p.words: p.y for p in parts}
    assert deg[0] == 2.0
    assert by_words["fixed error"] == pytest.approx(0.05)
    left = by_words["refraction left"]
    assert np.all(np.diff(left) < 0.0)
    # A tenth of the tropospheric bending at 2 deg, which is about 0.3 deg at 20 TECU and 155 MHz together.
    assert 0.01 < left[0] < 0.06


def test_the_least_intensity_is_what_the_telescope_detects_half_the_time() -> None:
    """Straight down from apogee at night: threshold times the noise, over the earth's factor, R squared."""
    t = telescope()
    at = apogee_t(t, sensor_of("cosmos-2546").t_tai)
    r = satellite_states(t.elements, [at])[0]
    assert 38.0e6 < np.linalg.norm(r[0]) - 6378e3 < 40.0e6
    below = r * (6371e3 + 100e3) / np.linalg.norm(r)
    one = amplitude_of_one(t, below, r[0], -1e4 * below[0])
    distance = np.linalg.norm(r - below)
    d, b = t.detector, t.background
    assert one == pytest.approx(1.0 / (distance**2 * d.noise_equivalent * b.earth), rel=2e-3)


def test_a_telescope_that_is_low_says_why_it_sees_nothing() -> None:
    t, chosen = telescope(), sensor_of("cosmos-2546")
    assert "least altitude, 15,000 km" in why_none(t, chosen.t_tai)
    assert why_none(t, apogee_t(t, chosen.t_tai)) == ""
    high = replace(t, sun_limits=replace(t.sun_limits, exclusion=math.pi - 0.1, near=math.pi))
    sun = sun_ecef([chosen.t_tai])[0]
    assert np.isfinite(sun).all()
    assert "the Sun, " in why_none(high, apogee_t(t, chosen.t_tai))


def test_the_disc_keeps_angles_from_nadir() -> None:
    values = np.array([[0.1, 0.0], [0.0, -0.4], [0.6, 0.6]])
    plane = np.radians(in_plane(values))
    assert plane[:2] == pytest.approx(values[:2])
    assert np.hypot(*plane[2]) == pytest.approx(math.atan(math.hypot(math.tan(0.6), math.tan(0.6))))


@pytest.mark.parametrize("words", [("LEK",), ("cosmos-2546", "--date", "2025-07-15T00:00:00Z")])
def test_a_picture_is_made_for_every_kind(words: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "sensor.png"
    status, out, err = said("sensor", *words, "--picture", file)
    assert status == 0
    assert "drawing" in err
    assert "* assumed" in out
    image = imread(file)[..., :3]
    assert image.shape == (1000, 1600, 3)
    for top in (130, 420, 680):
        assert np.mean(image[top : top + 200, 1030:1510].max(axis=-1) > 0.6) > 0.004


def test_one_s_own_satellite_is_shown_at_its_own_time(tmp_path: Path) -> None:
    first = "1 45608U 20031A   20294.89279667 -.00000779  00000-0  00000-0 0  9994"
    second = "2 45608  63.6943 285.5402 6915491 269.6364  63.4476  2.00567580  3021"
    (tmp_path / "own.tle").write_text(f"{first}\n{second}\n")
    added = said("catalogue", "add", tmp_path / "own.tle", "--key", "mine", "--source", "an exercise")
    if added[0]:
        pytest.fail(added[2])
    told = told_of("mine")
    assert told["own"]
    assert told["date_utc"].startswith("2020-10-20")
    assert {p["source"] for p in told["parameters"] if p["name"] == "norad"} == {
        "added by the user: an exercise"
    }


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("LEKK",), "no sensor 'LEKK'; did you mean 'LEK'?"),
        (("cosmos-2545",), "did you mean 'cosmos-25"),
        (("kor",), "did you mean 'KOR'?"),
        (("",), "no sensor ''; known: cosmos-2510"),
        (("LEK", "--picture", "a.jpg"), "a picture is a PNG"),
        (("LEK", "--picture", "no/such/folder/a.png"), "there is no such folder"),
        (("LEK", "--date", "yesterday"), "--date: 'yesterday' is not a UTC time"),
        (("LEK", "--date", "2025-02-30"), "--date: "),
        (("LEK", "--date", "1950-01-01"), "outside 1972-2099"),
        (
            ("cosmos-2546", "--date", "2019-01-01"),
            "no element set within 60 days; the nearest is of 2020-10-20",
        ),
        (("LEK", "--datum", "2025-01-01"), "--datum"),
        ((), "sensor"),
    ],
)
def test_mistakes_are_told_in_one_line(words: tuple[str, ...], wanted: str) -> None:
    status, out, err = said("sensor", *words)
    assert (status, out) == (2, "")
    assert wanted in err
    assert err.startswith("tocsin: ")
    assert err.count("\n") == 1
