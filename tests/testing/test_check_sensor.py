"""The conformance check: the catalogue's sensors keep it, and a broken promise is told in its own words."""

from dataclasses import replace

import numpy as np
import pytest

from tests.testing import thirdparty as other
from tests.testing.thirdparty import Changed, Rated, Sound, each
from tocsin.catalogue import network, radars
from tocsin.errors import TocsinError
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS
from tocsin.sensor.infrared.cover import draw_cover
from tocsin.sensor.moonecho import MoonEcho
from tocsin.sensor.radar import Radar
from tocsin.sensor.radiosun import RadioSun
from tocsin.sensor.surroundings import surroundings
from tocsin.sensor.telescope import Telescope
from tocsin.testing import check_sensor
from tocsin.testing.bodies import hidden, places
from tocsin.testing.sensor import MID_2025_T_TAI

SITES = {r.key: r for r in radars()}
# Both bands, a sector through north, a Dnepr's high lowest beam, two faces side by side in one array.
ARRAYS = ("LEK", "YEN", "OLED", "VOR", "HYP-YUN")


@pytest.mark.parametrize("key", ARRAYS)
def test_radars_of_the_catalogue_pass(key: str) -> None:
    check_sensor(Radar(SITES[key]))


@pytest.mark.parametrize("date", ["2017-07-04", "2025-07-15"])
def test_satellites_of_the_catalogue_pass(date: str) -> None:
    chosen = network(date)
    assert len(chosen.satellites) > 1
    for satellite, elements in chosen.satellites[:2]:
        check_sensor(Telescope(satellite, elements), chosen.t_tai)


def test_an_oko_that_watches_the_limb_passes() -> None:
    chosen = network("1983-09-25T20:00:00Z", ("cosmos-1382",))
    check_sensor(Telescope(*chosen.satellites[0]), chosen.t_tai)


@pytest.mark.parametrize(
    ("date", "key"), [("1983-09-25T20:00:00Z", "cosmos-1382"), ("2022-11-19", "cosmos-2552")]
)
def test_a_telescope_with_clouds_and_sunlit_cloud_passes(date: str, key: str) -> None:
    chosen = network(date, (key,))
    clouds = draw_cover(np.random.default_rng(1))
    check_sensor(Telescope(*chosen.satellites[0], clouds=clouds, sunlit=CLOUD_LOOKS), chosen.t_tai)


@pytest.mark.parametrize("seed", range(4))
def test_a_sound_sensor_of_somebody_elses_passes(seed: int) -> None:
    check_sensor(Sound(), seed=seed)


BROKEN = {
    "scans are not in order of time": Changed(lambda scans: scans[::-1]),
    "an empty frame must be a scan without looks": Changed(lambda s: tuple(x for x in s if len(x))),
    "before t1 without a scan": Changed(lambda scans: scans[:-2]),
    "outside (t0, t1]": Changed(lambda scans: tuple(_later(s, 3.9) for s in scans)),
    "gave a list, not a tuple": Changed(list),
    "says sensor 'YOURS', but the sensor's key is 'MINE'": each(sensor=lambda s: "YOURS"),
    "says origin 'live', but was asked for 'exercise'": each(origin=lambda s: "live"),
    "is of kind 'lidar'": each(kind=lambda s: "lidar"),
    "t_look is outside the frame of 4 s": each(t_look=lambda s: s.t_look - 5.0),
    "values is of float32, not float64": each(values=lambda s: s.values.astype(np.float32)),
    "values has the shape": each(values=lambda s: s.values[:, :2]),
    "snr is a list, not an array": each(snr=lambda s: list(s.snr)),
    "values holds what is no finite number": each(values=lambda s: s.values * np.nan),
    "sigmas are not above 0: 0": each(sigmas=lambda s: s.sigmas * [1.0, 0.0, 1.0]),
    "has one of rate and rate_sigma alone": each(rate=lambda s: np.zeros(len(s))),
    "some scans have range rates and some do not": each(
        rate=lambda s: np.zeros(len(s)), rate_sigma=lambda s: np.ones(len(s))
    ),
    "rate_sigma is not above 0: 0": Rated(lambda n: np.zeros(n)),
    "rate_sigma has the shape": Rated(lambda n: np.ones(n + 1)),
    "snr is below 0: -3": each(snr=lambda s: np.full(len(s), -3.0)),
    "shed is -1": each(shed=lambda s: -1),
    "is blind, but holds": each(blind=lambda s: True),
    "an azimuth is outside [0, 2 pi)": other.Unwrapped(),
    "a range is not above 0": each(values=lambda s: s.values * [-1.0, 1.0, 1.0]),
    "an elevation is beyond the zenith": each(values=lambda s: s.values + np.array([0.0, 0.0, 2.0])),
    "draws from the generator that all share": other.Shared(),
    "other scans from one state of the generator": other.OwnGenerator(),
    "keep nothing between calls": other.Remembers(),
    "the same scans to the last bit": other.Frozen(),
    "changes what it was given, paths or bias": other.Spoils(),
    "with no paths: changes what it was given": other.SpoilsBias(),
    "with bodies of paths that have ended": other.Everlasting(),
    "with bodies behind the Earth": other.Underground(),
    "with a bias of 300 in column 0 of values: 0%": other.Unbiased(),
    "with a bias of 300 in column 0 of values": other.Twice(),
    "with a bias of 0.003 in column 1 of values": other.Swapped(),
    "with no paths: scans() failed: ValueError: need at least one array": other.NeedsPaths(),
    "the sensor's key is": other.Renamed(),
    "draw_bias gave (2,), not finite numbers of bias_sigma's shape (4,)": other.ShortBias(),
    "draw_bias gave one value from two states": other.FixedBias(),
    "bias_sigma has 2 entries; a radar needs one for each of 3": other.TooFewBiases(),
}


OPTIONS = {
    "doppler": {"doppler": Doppler()},
    "sun": {"sun": RadioSun(bursts=((MID_2025_T_TAI, 86400.0, 3e3),))},
    "moon": {"moon": MoonEcho()},
    "all": {"doppler": Doppler(), "sun": RadioSun(), "moon": MoonEcho(interval_s=0.06)},
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("key", ["LEK", "YEN"])
def test_radars_pass_with_each_option_on(key: str, name: str) -> None:
    site = replace(SITES[key], coupling_rate_m_s=5.0)
    check_sensor(Radar(site, clutter=surroundings(site, activity=1.0), **OPTIONS[name]))


def test_a_radar_that_measures_range_rate_says_so_in_every_scan() -> None:
    check_sensor(Rated(lambda n: np.ones(n)))


def _later(scan, by_s: float):
    return other.replace(scan, t=scan.t + by_s, t_look=scan.t_look + by_s)


@pytest.mark.parametrize("words", BROKEN)
def test_a_broken_promise_is_told_in_its_own_words(words: str) -> None:
    with pytest.raises(AssertionError) as told:
        check_sensor(BROKEN[words])
    assert words in str(told.value)
    assert str(told.value).startswith("sensor MINE")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("frame_s", 0.0, "frame_s is 0, not above 0"),
        ("detection", 1.2, "detection is 1.2, not a probability"),
        ("false_density", 0.0, "false_density is 0"),
        ("bias_sigma", np.array([1.0, -1.0, 1.0]), "bias_sigma is not a row of finite numbers from 0 on"),
        ("key", " ", "its key is not a text"),
    ],
)
def test_what_it_says_of_itself(name: str, value: object, words: str) -> None:
    sensor = Sound()
    setattr(sensor, name, value)
    with pytest.raises(AssertionError) as told:
        check_sensor(sensor)
    assert words in str(told.value)


def test_nothing_is_told_of_a_sensor_that_sees_nothing() -> None:
    with pytest.raises(TocsinError) as told:
        check_sensor(other.Blindfold())
    assert "give check_sensor a t0 at which it can" in str(told.value)


def test_bodies_behind_the_earth_are_those_that_the_geometry_hides() -> None:
    """From 40,000 km up, a body 300 km high is hidden beyond 90 deg and its own dip from the limb's."""
    r = places()
    above = np.array([0.0, 0.0, 4.6e7])
    earth = 6378137.0 - 200e3
    angle = np.arccos(r[:, 2] / np.linalg.norm(r, axis=1))
    limit = np.arccos(earth / 4.6e7) + np.arccos(earth / np.linalg.norm(r[0]))
    np.testing.assert_array_equal(hidden(r, above), angle > limit)
    on_ground = np.array([0.0, 0.0, 6378137.0])
    level = np.arccos(earth / 6378137.0) + np.arccos(earth / np.linalg.norm(r[0]))
    np.testing.assert_array_equal(hidden(r, on_ground), angle > level)
