"""`tocsin sensor`: its curves beside the sensor's own functions, and its picture's words."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from tocsin.cli.footprint import azimuths, under_shell
from tocsin.cli.radarscene import detection_range, elevation_errors, radar_scene, snr_needed
from tocsin.cli.telescopescene import amplitude_of_one, apogee_t, in_plane, why_none
from tocsin.cli.whichsensor import sensor_of
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.echo.swerling import detection_probability
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope
from tocsin.sensor.view import radar_sees


def radar(key: str) -> Radar:
    sensor = sensor_of(key).sensor
    assert isinstance(sensor, Radar)
    return sensor


def telescope(key: str = "cosmos-2546") -> Telescope:
    sensor = sensor_of(key).sensor
    assert isinstance(sensor, Telescope)
    return sensor


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
        assert detection_probability(r.beam.snr(values, rcs), p_fa, 1) == pytest.approx(probability, rel=1e-9)


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


def test_the_picture_tells_the_time_of_the_apogee_and_the_state() -> None:
    from tocsin.cli.sensorscene import sensor_scene

    scene = sensor_scene(sensor_of("cosmos-2546"))
    assert scene.title == "Cosmos 2546 (EKS-4), off station"
    assert re.fullmatch(r"next apogee, 2025-07-15 06:1\d UTC, 38,5\d\d km over .*", scene.date)
    assert "off station from 2025-07-06: apogee at 20 W" in scene.footer[0]
