"""What fools a telescope, and a field about the limb."""

from dataclasses import replace

import numpy as np
from scipy import stats

from tests.sensor.climb import (
    BAND,
    CLEAN,
    CLIMB,
    ELEMENTS,
    SATELLITE,
    T0,
    scans_of,
)
from tests.sensor.scenes import at_rest
from tocsin.catalogue import network
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.sensor import telescopelooks
from tocsin.sensor.infrared.bright_cloud import bright_cloud
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.sunfield import SunLimits, sun_field
from tocsin.sensor.telescope import Telescope


def test_sunlit_cloud_gives_false_looks_as_often_as_its_patches_say():
    """At the geometry of 1983, with twenty times the usual flicker, against the sum of their means."""
    chosen = network("1983-09-25T20:15:00Z", ("cosmos-1382",))
    satellite, elements = chosen.satellites[0]
    looks = replace(CLOUD_LOOKS, flicker=20.0 * CLOUD_LOOKS.flicker)
    telescope = Telescope(replace(satellite, false_looks_per_frame=0.0), elements, sunlit=looks)
    t0, n = chosen.t_tai, 600
    scans = telescope.scans((), t0, t0 + n, np.zeros(3), "x", np.random.default_rng(1))
    mean = 0.0
    for step in range(2):
        r = satellite_states(elements, [t0 + 300.0 * step + 150.0])[0]
        sun = sun_ecef([t0 + 1.0 + 300.0 * step])
        noise = float(sun_field(r, sun).noise[0])
        mean += 300.0 * bright_cloud(satellite, r[0], sun[0], noise, looks).mean.sum()
    low, high = stats.poisson.interval(1.0 - BAND, mean)
    assert 0.99 * low < sum(len(s) for s in scans) < 1.01 * high
    assert all((s.snr >= DETECTOR.threshold**2).all() for s in scans)
    without = replace(telescope, sunlit=None)
    assert sum(map(len, without.scans((), t0, t0 + n, np.zeros(3), "x", np.random.default_rng(1)))) == 0
    blind = replace(telescope, sun_limits=SunLimits(exclusion=np.pi - 1e-6, near=np.pi))
    scans = blind.scans((), t0, t0 + 60.0, np.zeros(3), "x", np.random.default_rng(1))
    assert {(s.blind, len(s)) for s in scans} == {(True, 0)}
    low = replace(telescope, satellite=replace(telescope.satellite, min_altitude_m=4e7))
    assert sum(map(len, low.scans((), t0, t0 + 60.0, np.zeros(3), "x", np.random.default_rng(1)))) == 0


def test_pruning_leaves_every_look_as_it_was(monkeypatch):
    """Hot spots on the ground beside a climb: looked at or not, the same frames have looks."""
    spots = tuple(at_rest(ecef_from_geodetic(0.7, 0.1 * k, 0.0), T0 - 1.0, T0 + 200.0, 2e6) for k in range(9))
    pruned = scans_of(CLEAN, paths=(CLIMB, *spots))
    monkeypatch.setattr(telescopelooks, "may_be_seen", lambda bodies, *_: np.ones(len(bodies), dtype=bool))
    whole = scans_of(CLEAN, paths=(CLIMB, *spots))
    assert [len(s) for s in pruned] == [len(s) for s in whole]
    assert sum(len(s) for s in pruned) == 92


def test_a_limb_watcher_sees_what_rises_over_the_limb_and_not_what_is_below_it():
    chosen = network("1983-09-25T20:15:00Z", ("cosmos-1382",))
    satellite, elements = chosen.satellites[0]
    oko = Telescope(satellite, elements)
    s = satellite_states(elements, [chosen.t_tai])[0]
    lat, lon = np.radians([47.5, -111.2])
    over = ecef_from_geodetic(lat, lon, np.array([15e3, 60e3, 150e3]))
    assert oko.sees(over, np.repeat(s, 3, axis=0)).tolist() == [False, True, True]
    lat, lon, _ = geodetic_from_ecef(s[0])
    under = ecef_from_geodetic(lat, lon, 150e3)[None]
    assert oko.sees(under, s).tolist() == [False]
    assert replace(oko, satellite=replace(satellite, limb_depth_deg=None)).sees(under, s).tolist() == [True]
    # Fewer square radians hold the same noise.
    assert oko.false_density > Telescope(SATELLITE, ELEMENTS).false_density
