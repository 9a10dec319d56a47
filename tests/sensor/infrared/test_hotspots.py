"""Flares and fires: where they lie, how many, how they change with the season, and that they stand still."""

import numpy as np
import pytest
from scipy.stats import kstest, poisson

from tocsin.catalogue.flares import FlareArea, flare_areas
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.hotspots import FIRE_BANDS, FireBands, HotSpotLight, draw_hot_spots, fires_by_band

JULY, JANUARY = tai_from_utc("2017-07-19"), tai_from_utc("2018-01-15")
SEEDS = range(5)
NO_FIRES = FireBands(mean=(0.0,) * 5)


def within(count, mean):
    low, high = poisson.ppf([0.0005, 0.9995], mean)
    return low <= count <= high


def test_the_areas_are_round_and_marked_as_assumed():
    areas = flare_areas()
    assert len({a.name for a in areas}) == len(areas) >= 15
    for a in areas:
        assert a.lat_deg == round(a.lat_deg)
        assert a.lon_deg == round(a.lon_deg)
        assert a.radius_deg >= 1.0
        assert a.flares > 0.0
        assert a.notes.startswith("assumed")


@pytest.mark.parametrize("seed", SEEDS)
def test_flares_lie_evenly_in_their_areas(seed):
    # A polar one and one across 180 deg as well: distances are on the sphere.
    areas = (
        *flare_areas(),
        FlareArea("a", 89.0, 10.0, 3.0, 500.0, "", ""),
        FlareArea("b", 60.0, 179.5, 2.0, 500.0, "", ""),
    )
    for area in areas:
        h = draw_hot_spots(JULY, np.random.default_rng(seed), (area,), NO_FIRES)
        assert np.all(h.kind == "flare")
        # 105 draws and five seeds: a band that all pass together in 99.9 % of cases.
        low, high = poisson.ppf([5e-7, 1.0 - 5e-7], area.flares)
        assert low <= len(h.lat) <= high
        lat0, lon0 = np.radians([area.lat_deg, area.lon_deg])
        a = np.sin(h.lat) * np.sin(lat0) + np.cos(h.lat) * np.cos(lat0) * np.cos(h.lon - lon0)
        off = np.degrees(np.arccos(np.clip(a, -1.0, 1.0)))
        assert np.all(off <= area.radius_deg + 1e-5)
        assert np.all((h.lon >= -np.pi) & (h.lon <= np.pi))
        if area.flares == 500.0:
            assert kstest((off / area.radius_deg) ** 2, "uniform").pvalue > 1e-4


@pytest.mark.parametrize("seed", SEEDS)
def test_fires_by_band_and_even_over_its_area(seed):
    own = FireBands(mean=(400.0, 800.0, 600.0, 0.0, 300.0), swing=(0.0,) * 5)
    h = draw_hot_spots(JULY, np.random.default_rng(seed), (), own)
    assert np.all(h.kind == "fire")
    edges = np.array(own.edges_deg)
    for k, mean in enumerate(own.mean):
        here = (np.degrees(h.lat) >= edges[k]) & (np.degrees(h.lat) < edges[k + 1])
        assert within(here.sum(), mean)
        if mean:
            low, high = np.sin(np.radians(edges[[k, k + 1]]))
            assert kstest((np.sin(h.lat[here]) - low) / (high - low), "uniform").pvalue > 1e-4
    assert kstest(np.log(h.intensity / 1e6), "norm").pvalue > 1e-4


def test_fires_follow_the_seasons():
    july, january = fires_by_band(JULY), fires_by_band(JANUARY)
    assert july[4] > 5.0 * january[4]  # boreal summer
    assert january[2] > 3.0 * july[2]  # the dry season north of the equator
    # Over a year the mean is the mean, and the peak is on its day.
    days = JANUARY + 86400.0 * np.arange(365.2425)
    whole = np.array([fires_by_band(float(t)) for t in days])
    np.testing.assert_allclose(whole.mean(axis=0), FIRE_BANDS.mean, rtol=2e-3)
    for k, peak in enumerate(FIRE_BANDS.peak_day):
        day = (int(np.argmax(whole[:, k])) + 14.0) % 365.2425
        assert min(abs(day - peak), 365.2425 - abs(day - peak)) < 2.0


def test_hot_spots_stand_still_and_come_again_from_the_same_seed():
    one, again = (draw_hot_spots(JULY, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one.r_ecef, again.r_ecef)
    np.testing.assert_array_equal(one.intensity, again.intensity)
    lat, lon, h = geodetic_from_ecef(one.r_ecef)
    np.testing.assert_allclose(lat, one.lat, atol=1e-11)
    np.testing.assert_allclose(lon, one.lon, atol=1e-11)
    np.testing.assert_allclose(h, 0.0, atol=1e-6)
    assert np.all(one.intensity > 0.0)


def test_without_areas_and_fires_there_is_nothing():
    none = draw_hot_spots(JULY, np.random.default_rng(0), (), NO_FIRES)
    assert none.r_ecef.shape == (0, 3)
    assert len(none.kind) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: FireBands(mean=(1.0,)), "once a band"),
        (lambda: FireBands(edges_deg=(-50.0, -25.0, 0.0, 20.0, 10.0, 70.0)), "must ascend"),
        (lambda: FireBands(mean=(-1.0, 0.0, 0.0, 0.0, 0.0)), "mean number of fires is below 0"),
        (lambda: FireBands(swing=(1.5, 0.0, 0.0, 0.0, 0.0)), "swing is outside 0 to 1"),
        (lambda: FireBands(peak_day=(np.nan,) * 5), "peak_day is no number"),
        (lambda: HotSpotLight(fire=0.0), "HotSpotLight.fire = 0 is impossible"),
        (lambda: fires_by_band(np.nan), "is no time"),
    ],
)
def test_impossible_figures_are_refused(call, words):
    with pytest.raises(TocsinError, match=words):
        call()
