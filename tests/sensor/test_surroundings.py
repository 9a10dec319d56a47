"""What surrounds a radar: meteor trails and aurora, by band, place and hour."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.test_radar import BAND, SITES
from tocsin.earth.time import tai_from_utc
from tocsin.sensor.falselooks import false_looks
from tocsin.sensor.radar import Radar
from tocsin.sensor.surroundings import looks_per_scan, solar_hour, surroundings


def test_the_surroundings_of_a_vhf_radar_in_the_north_are_louder_than_of_uhf():
    site = replace(SITES["PEC"], false_looks_per_scan=0.0, range_min_km=0.0)
    vhf, uhf = (replace(site, frequency_hz=f) for f in (155e6, 435e6))
    counts = []
    for site in (vhf, uhf):
        maps = surroundings(site, activity=1.0)
        scans = Radar(site, clutter=maps).scans((), 0.0, 6000.0, np.zeros(6), "x", np.random.default_rng(2))
        counts.append(sum(len(s) for s in scans))
        mean = sum(m.rate.sum() for m in maps) * len(scans) * site.revisit_s
        low, high = stats.poisson.interval(1.0 - BAND, mean)
        assert low <= counts[-1] <= high
        assert all(np.all(s.values[:, 0] > 80e3) for s in scans)
    assert counts[0] > 5 * counts[1]


def test_clutter_nearer_than_the_instrumented_range_is_no_look():
    counts = []
    for least in (0.0, 250.0):
        site = replace(SITES["LEK"], false_looks_per_scan=0.0, range_min_km=least)
        near = false_looks(Radar(site).beam, surroundings(site), 2000, np.random.default_rng(5)).values[:, 0]
        assert np.all(near >= 1e3 * least)
        counts.append(np.sum(near >= 250e3))
    assert counts[0] == counts[1] > 200


@pytest.mark.parametrize("key", ["LEK", "VOR"])
def test_looks_per_scan_are_those_drawn(key):
    site = replace(SITES[key], false_looks_per_scan=0.0)
    for source in surroundings(site, activity=1.0):
        drawn = false_looks(Radar(site).beam, (source,), 3000, np.random.default_rng(6))
        mean = looks_per_scan(site, source)
        # Cells are 3 deg by 0.5 deg by 5 km: those across the range limit are told whole or not at all.
        assert len(drawn.frame) / 3000 == pytest.approx(mean, rel=0.03, abs=4.0 * np.sqrt(mean / 3000))


def test_a_site_that_is_quiet_has_meteors_only():
    assert [m.kind for m in surroundings(SITES["LEK"])] == ["meteor"]


@pytest.mark.parametrize(
    ("utc", "lon_deg", "hour"),
    # The equation of time is +16.4 min on 3 November, -14.2 min on 11 February (almanacs).
    [
        ("2025-11-03T12:00:00Z", 0.0, 12.0 + 16.4 / 60.0),
        ("2025-02-11T12:00:00Z", 0.0, 12.0 - 14.2 / 60.0),
        ("2025-11-03T12:00:00Z", -179.0, 0.07 + 16.4 / 60.0),
        ("2025-11-03T20:00:00Z", 90.0, 2.0 + 16.4 / 60.0),
    ],
)
def test_the_local_hour_is_the_sun_s(utc, lon_deg, hour):
    assert solar_hour(tai_from_utc(utc), lon_deg) == pytest.approx(hour, abs=0.01)
