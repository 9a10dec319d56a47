"""The radar: Swerling 1 detection, noise of the stated sigma, sector and limits, Poisson false looks."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.scenes import at_rest
from tocsin.catalogue import radars
from tocsin.earth.time import tai_from_utc
from tocsin.motion.path import Path
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.equation import atmospheric_loss, off_boresight, scan_loss
from tocsin.sensor.echo.multipath import multipath_sigma
from tocsin.sensor.echo.schedule import Schedule
from tocsin.sensor.falselooks import false_looks
from tocsin.sensor.measurement import position_from_radar, range_azimuth_elevation
from tocsin.sensor.radar import Radar
from tocsin.sensor.surroundings import looks_per_scan, solar_hour, surroundings
from tocsin.sensor.view import within

SITES = {r.key: r for r in radars()}
CLEAN = replace(SITES["LEK"], revisit_s=1.0, false_looks_per_scan=0.0, false_alarm_probability=1e-4)
EVERY = Schedule(volume_s=1.0)  # the whole volume is searched in each frame
BAND = 0.001  # two-sided: each statistical test fails once in a thousand seeds, and the seeds are fixed


def looks_of(scans):
    """Values and sigmas of every look of some scans, one under the other."""
    return np.concatenate([s.values for s in scans]), np.concatenate([s.sigmas for s in scans])


def declared(radar, snr, values):
    """The sigmas that looks of these signal-to-noise ratios would be told with."""
    return radar.beam.sigmas(radar.beam.noise(snr, values), values[:, 2])


def standing(radar, range_km, az_deg=300.0, el_deg=30.0, t1=300.0, rcs=1.0):
    """A body at rest at a range and direction from a radar."""
    look = np.array([[range_km * 1e3, np.radians(az_deg), np.radians(el_deg)]])
    return at_rest(position_from_radar(look, radar.r_ecef[None])[0], -1.0, t1 + 1.0, rcs=rcs)


@pytest.mark.parametrize("range_km", [2000.0, 4000.0, 5900.0])
def test_detection_is_swerling_1(range_km):
    radar = Radar(CLEAN, schedule=EVERY)
    n = 100_000
    path = standing(radar, range_km, t1=n)
    scans = radar.scans((path,), 0.0, n, np.zeros(6), "simulated", np.random.default_rng(3))
    assert len(scans) == n
    off = off_boresight(np.radians(300.0), np.radians(30.0), np.radians(300.0), np.radians(20.0))
    loss = scan_loss(off) * atmospheric_loss(np.radians(30.0))
    snr = 10.0**1.3 * (4000.0 / range_km) ** 4 / loss  # 13 dB on 1 m2 at 4,000 km
    p = 1e-4 ** (1.0 / (1.0 + snr))
    low, high = stats.binom.interval(1.0 - BAND, n, p)
    assert low <= sum(len(s) for s in scans) <= high


def test_signal_falls_with_range_to_the_fourth_and_grows_with_cross_section():
    radar = Radar(CLEAN)
    looks = np.array([[4e6, np.radians(300.0), np.radians(20.0)], [2e6, np.radians(300.0), np.radians(20.0)]])
    air = atmospheric_loss(np.radians(20.0))
    snr = radar.beam.snr(looks, np.array([0.5, 0.5]))
    np.testing.assert_allclose(snr, 0.5 * 10.0**1.3 / air * np.array([1.0, 16.0]), rtol=1e-12)


@pytest.mark.parametrize(("key", "boresights"), [("LEK", {300.0}), ("KOR", {60.0, 180.0, 300.0})])
def test_each_face_looks_ahead(key, boresights):
    radar = Radar(SITES[key])
    az = np.radians(SITES[key].az_start_deg + SITES[key].sector_deg * np.linspace(0.001, 0.999, 50))
    assert {round(float(b) % 360.0, 6) for b in np.degrees(radar.beam.boresight(az))} == boresights
    off = (az - radar.beam.boresight(az) + np.pi) % (2 * np.pi) - np.pi
    assert np.max(np.abs(off)) <= np.radians(60.0) + 1e-9


def test_noise_is_as_its_sigmas_say():
    radar = Radar(CLEAN, schedule=EVERY)
    bias = np.array([400.0, 2e-3, -1e-3, 0.0, 0.0, 0.0])
    chi2, n = np.zeros(3), 0
    for range_km, el in ((2500.0, 50.0), (4500.0, 10.0)):
        path = standing(radar, range_km, el_deg=el, t1=4000.0)
        scans = radar.scans((path,), 0.0, 4000.0, bias, "simulated", np.random.default_rng(5))
        z, sigma = looks_of(scans)
        true = range_azimuth_elevation(path.r_ecef[:1], np.zeros((1, 3)), radar.r_ecef[None])[0] + bias[:3]
        chi2 += np.sum(((z - true) / sigma) ** 2, axis=0)
        n += len(z)
    assert n > 5000
    low, high = stats.chi2.interval(1.0 - BAND, n)
    assert np.all((low < chi2) & (chi2 < high))


def test_sigmas_at_the_reference_off_the_boresight_and_at_the_floor():
    radar = Radar(CLEAN)
    ahead, aside = [4e6, np.radians(300.0), np.radians(20.0)], [4e6, np.radians(350.0), np.radians(20.0)]
    at = 10.0**1.3
    sigma = declared(radar, np.array([at, at, at * 1e6]), np.array([ahead, aside, ahead]))
    # The design's figures for such a radar, and azimuth's horizontal part over cos(el).
    np.testing.assert_allclose(
        sigma[0], [75.0, np.radians(0.2) / np.cos(ahead[2]), np.radians(0.2)], rtol=0.015
    )
    assert sigma[1, 0] == sigma[0, 0]
    assert sigma[1, 1] > 1.4 * sigma[0, 1]
    beam, cell = np.radians(2.0), 299792458.0 / (2 * 316e3)
    image = multipath_sigma(ahead[2], beam)
    floor = [cell / 50, beam / 50 / np.cos(ahead[2]), np.hypot(beam / 50, image)]
    np.testing.assert_allclose(sigma[2], floor, rtol=1e-3)
    low = declared(radar, np.array([at]), np.array([[4e6, np.radians(300.0), np.radians(0.3)]]))
    assert low[0, 2] > 1.2 * sigma[0, 2]


def test_false_looks_are_poisson_and_fill_the_volume():
    radar = Radar(replace(CLEAN, false_looks_per_scan=0.7))
    scans = radar.scans((), 0.0, 20_000.0, np.zeros(6), "simulated", np.random.default_rng(8))
    counts = np.array([len(s) for s in scans])
    n = len(counts)
    low, high = stats.poisson.interval(1.0 - BAND, 0.7 * n)
    assert low < counts.sum() < high
    low, high = stats.chi2.interval(1.0 - BAND, n - 1)
    assert low < np.sum((counts - counts.mean()) ** 2) / counts.mean() < high
    z, _ = looks_of(scans)
    assert within(radar.site, *z.T).all()
    site = CLEAN
    edges = [
        (site.range_min_km * 1e3, site.range_max_km * 1e3),
        (np.radians(site.az_start_deg), np.radians(site.az_end_deg)),
        (np.radians(site.el_min_deg), np.radians(site.el_max_deg)),
    ]
    for column, (a, b) in zip(z.T, edges, strict=True):
        assert stats.kstest(column, stats.uniform(a, b - a).cdf).pvalue > BAND


def test_false_density_times_volume_is_the_false_looks():
    radar = Radar(replace(CLEAN, false_looks_per_scan=0.7))
    volume = (6000.0 - 250.0) * 1e3 * np.radians(110.0) * np.radians(68.0)
    assert radar.false_density * volume == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("az_deg", "inside"),
    [(299.0, False), (301.0, True), (359.9, True), (0.1, True), (179.0, True), (181.0, False)],
)
def test_a_sector_through_north(az_deg, inside):
    radar = Radar(SITES["HYP-HUA"])  # 300 to 180 deg, clockwise through north
    assert (SITES["HYP-HUA"].az_start_deg, SITES["HYP-HUA"].az_end_deg) == (300.0, 180.0)
    look = np.array([[2e6, np.radians(az_deg), 0.5]])
    assert within(radar.site, *look.T).tolist() == [inside]
    clean = Radar(replace(SITES["HYP-HUA"], false_looks_per_scan=0.0, reference_snr_db=60.0))
    scans = clean.scans(
        (standing(clean, 2000.0, az_deg, t1=100.0),), 0.0, 100.0, np.zeros(6), "x", np.random.default_rng(1)
    )
    assert {len(s) for s in scans} == {int(inside)}


@pytest.mark.parametrize(
    ("range_km", "el_deg", "inside"),
    [(251, 5, True), (249, 5, False), (5999, 5, True), (6001, 5, False), (900, 1.9, False), (900, 71, False)],
)
def test_limits_of_range_and_elevation(range_km, el_deg, inside):
    look = np.array([[range_km * 1e3, np.radians(300.0), np.radians(el_deg)]])
    assert within(CLEAN, *look.T).tolist() == [inside]


def test_a_sector_from_a_bearing_to_itself_is_the_whole_horizon():
    radar = Radar(replace(CLEAN, az_start_deg=40.0, az_end_deg=40.0))
    looks = np.array([[1e6, np.radians(az), 0.5] for az in (0.0, 39.0, 41.0, 200.0)])
    assert within(radar.site, *looks.T).all()
    assert np.all(false_looks(radar.beam, (), 5000, np.random.default_rng(1)).values[:, 0] > 250e3)


def test_frames_are_a_revisit_apart_and_empty_ones_are_told():
    radar = Radar(replace(CLEAN, revisit_s=7.0))
    t0 = 5.5e8
    scans = radar.scans((), t0, t0 + 700.0, np.zeros(6), "exercise", np.random.default_rng(2))
    t = np.array([s.t for s in scans])
    assert t0 <= t[0] < t0 + 7.0
    np.testing.assert_allclose(np.diff(t), 7.0)
    assert t[-1] > t0 + 693.0
    assert {(s.sensor, s.kind, s.origin, len(s)) for s in scans} == {("LEK", "radar", "exercise", 0)}


def test_fixed_errors_are_drawn_from_their_priors():
    radar = Radar(SITES["LEK"])
    drawn = np.array([radar.draw_bias(np.random.default_rng(seed)) for seed in range(600)])
    chi2 = np.sum((drawn / radar.bias_sigma) ** 2, axis=0)
    low, high = stats.chi2.interval(1.0 - BAND, len(drawn))
    assert np.all((low < chi2) & (chi2 < high))
    np.testing.assert_allclose(radar.bias_sigma, [150.0, *np.radians([0.05, 0.05]), 5e-4, 0.1, 0.1])


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


def test_a_range_rate_changes_nothing_else_of_the_looks_at_bodies():
    radar = Radar(CLEAN, schedule=EVERY)
    path = standing(radar, 2000.0)
    plain, rated = (
        replace(radar, doppler=d).scans((path,), 0.0, 300.0, np.zeros(6), "x", np.random.default_rng(3))
        for d in (None, Doppler())
    )
    assert all(s.rate is None and s.rate_sigma is None for s in plain)
    assert all(s.rate is not None and len(s.rate) == len(s.rate_sigma) == len(s) for s in rated)
    np.testing.assert_array_equal(plain[0].values, rated[0].values)
    z, sigma = (np.concatenate([getattr(s, n) for s in rated]) for n in ("rate", "rate_sigma"))
    low, high = stats.chi2.interval(1.0 - BAND, len(z))
    assert len(z) > 250
    assert low < np.sum((z / sigma) ** 2) < high


def test_false_looks_have_range_rates_of_their_kind():
    doppler = Doppler()
    noise = false_looks(Radar(replace(CLEAN, false_looks_per_scan=3.0)).beam, (), 3000,
                        np.random.default_rng(4), doppler=doppler)  # fmt: skip
    assert stats.kstest(noise.rate / doppler.span_m_s, stats.uniform(-1.0, 2.0).cdf).pvalue > BAND
    slow = false_looks(
        Radar(CLEAN).beam, surroundings(CLEAN), 3000, np.random.default_rng(4), doppler=doppler
    )
    # Trails drift with the wind, 40 m/s; noise of the rate is on top.
    spread = np.sqrt(40.0**2 + slow.rate_sigma**2)
    low, high = stats.chi2.interval(1.0 - BAND, len(spread))
    assert len(spread) > 100
    assert low < np.sum((slow.rate / spread) ** 2) < high


def test_bodies_of_one_cell_have_one_range_rate_with_their_spread():
    """Two bodies in one cell that part at 400 m/s along the line of sight."""
    radar = Radar(replace(CLEAN, reference_snr_db=40.0), schedule=EVERY, doppler=Doppler())
    still = standing(radar, 2000.0, t1=20.0)
    ahead = (still.r_ecef[0] - radar.r_ecef) / np.linalg.norm(still.r_ecef[0] - radar.r_ecef)
    t = np.array([-1.0, 0.0, 0.4])
    part = [
        Path(
            "part",
            t,
            still.r_ecef[0] + np.outer(t - 0.2, s * 200.0 * ahead),
            np.tile(s * 200.0 * ahead, (3, 1)),
            np.zeros(3),
            1.0,
        )
        for s in (1, -1)
    ]
    site = replace(radar.site, revisit_s=0.1)
    scans = replace(radar, site=site, schedule=Schedule(volume_s=0.1)).scans(
        tuple(part), 0.0, 0.35, np.zeros(6), "x", np.random.default_rng(3)
    )
    found = [s for s in scans if len(s)]
    assert found
    assert all(len(s) == 1 for s in found)
    assert all(abs(s.rate[0]) < 200.0 + 4.0 * s.rate_sigma[0] for s in found)
    assert max(s.rate_sigma[0] for s in found) > 100.0
