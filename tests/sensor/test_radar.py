"""The radar: Swerling 1 detection, noise of the stated sigma, sector and limits, Poisson false looks."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.sensor.scenes import at_rest
from tocsin.catalogue import radars
from tocsin.sensor.echo.equation import atmospheric_loss, off_boresight, scan_loss
from tocsin.sensor.echo.multipath import multipath_sigma
from tocsin.sensor.echo.schedule import Schedule
from tocsin.sensor.falselooks import false_looks
from tocsin.sensor.measurement import position_from_radar, range_azimuth_elevation
from tocsin.sensor.radar import Radar
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
