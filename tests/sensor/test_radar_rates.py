"""A radar that measures range rates: what they change, and what they are."""

from dataclasses import replace

import numpy as np
from scipy import stats

from tests.sensor.test_radar import BAND, CLEAN, EVERY, standing
from tocsin.motion.path import Path
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.schedule import Schedule
from tocsin.sensor.falselooks import false_looks
from tocsin.sensor.radar import Radar
from tocsin.sensor.surroundings import surroundings


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
