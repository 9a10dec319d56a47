"""The Moon over Thule on 5 October 1960, as looks of the assembled radar."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tocsin.catalogue import radars
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.moon import moon_looks
from tocsin.sensor.moonecho import MoonEcho
from tocsin.sensor.radar import Radar

# A site of the kind of BMEWS at Thule: one fixed face toward the rising Moon, a pulse of 2 ms without a
# chirp (recalled), so that all of the echo lies in one range cell. Its figures are assumed.
THULE = replace(
    next(r for r in radars() if r.key == "LEK"),
    key="THULE",
    lat_deg=76.57,
    lon_deg=-68.30,
    height_m=392.0,
    az_start_deg=0.0,
    az_end_deg=120.0,
    el_min_deg=0.3,
    frequency_hz=440e6,
    bandwidth_hz=500.0,
    range_min_km=0.0,
    range_max_km=5500.0,
    reference_range_km=4000.0,
    false_looks_per_scan=0.0,
    revisit_s=10.0,
)
# Skyfield with DE421, geometric, which stands 8.6 s late before 1972: clock, elevation, azimuth deg, km.
SEEN = (("21:45", 0.49, 67.5, 382990.0), ("22:00", 1.3, 71.0, 382943.0), ("23:00", 4.8, 85.0, 382743.0))
INTERVAL = 2.0 * 5500e3 / C_LIGHT


def clock(hour_minute):
    return tai_from_utc(f"1960-10-05T{hour_minute}:00Z") + 8.5754


def looks(moon, start, seconds=600.0, doppler=None, site=THULE, bias=None):
    fixed = np.zeros(6) if bias is None else bias
    radar = Radar(site, moon=moon, doppler=doppler)
    return radar.scans((), start, start + seconds, fixed, "x", np.random.default_rng(4))


def test_it_is_seen_where_it_stood_and_at_a_range_folded_by_the_pulses():
    for hour, elevation, azimuth, range_km in SEEN:
        scans = looks(MoonEcho(), clock(hour) - 60.0, 120.0)
        z = np.concatenate([s.values for s in scans])
        sigma = np.concatenate([s.sigmas for s in scans])
        assert len(z) == len(scans) == 12
        assert np.degrees(z[:, 1].mean()) == pytest.approx(azimuth, abs=0.15)
        assert np.degrees(z[:, 2].mean()) == pytest.approx(elevation, abs=0.8)  # the ground's image at 2 deg
        folded = (range_km * 1e3 - 1737.4e3 + 45e3) % 5500e3
        assert z[:, 0].mean() == pytest.approx(folded, abs=4.0 * sigma[:, 0].max() / np.sqrt(12.0))
        assert np.all(sigma[:, 0] > 45e3)


def test_the_published_geometry(reference):
    """Each row of the folder's table, moonrise apart, gives looks toward its azimuth."""
    rows = json.loads((reference / "incidents" / "moon_thule_1960.json").read_text())[
        "moon_at_Thule_1960_10_05"
    ]
    rows = [r for r in rows if "range_km" in r]
    assert len(rows) == 3
    for row in rows:
        scans = looks(MoonEcho(), clock(row["utc"][:5]) - 60.0, 120.0)
        z = np.concatenate([s.values for s in scans])
        assert np.degrees(z[:, 1].mean()) == pytest.approx(row["az"], abs=0.15)
        late = round((row["range_km"] * 1e3 - 1737.4e3 + 45e3 - z[:, 0].mean()) / 5500e3)
        # Counted in pulses it is 2.56 s late.
        assert (late * INTERVAL + 2.0 * z[:, 0].mean() / C_LIGHT) == pytest.approx(
            2.0 * row["range_km"] * 1e3 / C_LIGHT, abs=0.013
        )


def test_its_echo_is_39_db_above_a_square_metre_at_4000_km():
    scans = looks(MoonEcho(), clock("21:45"), 3600.0)
    snr = np.concatenate([s.snr for s in scans])
    there = moon_looks([clock("22:15")], *np.radians([76.57, -68.30]), 392.0)
    loss = float(Radar(THULE).beam.loss(there.azimuth, there.elevation)[0])
    # 13 dB at the reference; all but 0.9 dB of it in a beam of 2 deg, 0.1 in the strongest cell, Rayleigh.
    assert 10 * np.log10(snr.mean() * loss) == pytest.approx(13.0 + 38.5, abs=1.0)
    low, high = stats.chi2.interval(0.999, 2 * len(snr))
    assert low < 2 * np.sum(snr) / snr.mean() < high
    assert snr.std() / snr.mean() == pytest.approx(1.0, abs=4.0 / np.sqrt(len(snr)))


def test_before_it_rises_it_is_not_seen():
    assert not sum(len(s) for s in looks(MoonEcho(), clock("20:00"), 1800.0))
    first = next(s.t for s in looks(MoonEcho(), clock("21:00"), 3600.0) if len(s))
    # Geometric 0.3 deg at 21:41; refraction and the lowest beam make it some ten minutes sooner.
    assert clock("21:20") < first < clock("21:42")


def test_the_air_lifts_it_into_view():
    first = [
        next(s.t for s in Radar(THULE, moon=MoonEcho(), refraction=bent).scans(
            (), clock("21:00"), clock("22:00"), np.zeros(6), "x", np.random.default_rng(4)) if len(s))
        for bent in (True, False)
    ]  # fmt: skip
    # Optical refraction of 0.58 deg is worth eleven minutes; moist air bends radio waves a little more.
    assert first[1] - first[0] == pytest.approx(660.0, rel=0.25)


def test_pulses_at_varied_intervals_reject_it():
    assert not sum(len(s) for s in looks(MoonEcho(varied=True), clock("22:00")))


def test_it_jumps_where_its_range_passes_a_whole_number_of_intervals():
    middle = moon_looks([clock("22:30")], *np.radians([76.57, -68.30]), 392.0)
    near = float(middle.range_m[0]) - 1737.4e3 + 45e3
    for part in (0.25, 0.75):
        moon = MoonEcho(interval_s=2.0 * near / (66 + part) / C_LIGHT)
        z = np.concatenate([s.values for s in looks(moon, clock("22:30") - 60.0, 120.0)])
        assert z[:, 0].mean() == pytest.approx(part * near / (66 + part), abs=60e3)


def test_with_doppler_it_has_its_true_range_rate():
    start = clock("22:00")
    scans = looks(MoonEcho(), start, 1200.0, Doppler())
    t = np.array([s.t for s in scans for _ in range(len(s))])
    rate, sigma = (np.concatenate([getattr(s, n) for s in scans]) for n in ("rate", "rate_sigma"))
    true = moon_looks(t, *np.radians([76.57, -68.30]), 392.0).range_rate
    # Published: 200 km nearer in the hour from 22:00.
    assert true.mean() == pytest.approx(-54.0, abs=6.0)
    low, high = stats.chi2.interval(0.999, len(t))
    assert low < np.sum(((rate - true) / sigma) ** 2) < high


def test_fixed_errors_move_it_as_any_look():
    bias = np.array([3e3, 2e-3, -1e-3, 0.0, 0.0, 0.0])
    still, moved = (
        np.concatenate([s.values for s in looks(MoonEcho(), clock("22:30"), bias=b)])
        for b in (np.zeros(6), bias)
    )
    np.testing.assert_allclose(moved - still, np.tile(bias[:3], (len(still), 1)), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("wrong", "says"), [({"interval_s": 0.0}, "interval"), ({"depth_m": -1.0}, "depth_m")]
)
def test_what_cannot_be_is_refused(wrong, says):
    with pytest.raises(TocsinError, match=says):
        MoonEcho(**wrong)
