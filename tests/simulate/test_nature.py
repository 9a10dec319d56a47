"""What else shines: natural rates, the same for all satellites, unseen by radars."""

from dataclasses import replace

import numpy as np
from scipy import stats

from tocsin.catalogue import network
from tocsin.catalogue.flares import flare_areas
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.infrared.cover import even_cover
from tocsin.sensor.infrared.flashrate import fireball_rate
from tocsin.sensor.infrared.hotspots import fires_by_band
from tocsin.sensor.infrared.lightning import LIGHTNING
from tocsin.sensor.infrared.transmission import ABSORBERS, zenith_angle
from tocsin.sensor.measurement import focal_values
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope
from tocsin.simulate.nature import nature

T0 = tai_from_utc("2025-01-01T00:00:00Z")
YEAR_S = 365.25 * 86400.0
PATHS = nature(T0, T0 + YEAR_S, np.random.default_rng(4), hot_spots=False)


def test_they_come_at_the_stated_rates():
    for kind, mean in (
        ("fireball", fireball_rate().per_year(2e10)),
        ("lightning", LIGHTNING.per_day * 365.25),
    ):
        count = sum(p.name == kind for p in PATHS)
        low, high = stats.poisson.interval(0.999, mean)
        assert 10 < low <= count <= high
    assert {p.name for p in PATHS} == {"fireball", "lightning"}


def test_they_shine_where_they_stand_for_a_moment():
    for path in PATHS[:200]:
        assert T0 <= path.t[0] < path.t[1] < path.t[0] + 60.0
        assert np.all(path.power > 0.0)
        assert np.array_equal(path.r_ecef[0], path.r_ecef[1])
        assert 0.0 < geodetic_from_ecef(path.r_ecef)[2][0] < 120e3


def test_no_radar_sees_them():
    radar = Radar(network("2025-01-01").radars[0])
    scans = radar.scans(PATHS[:50], PATHS[0].t[0], PATHS[49].t[1], np.zeros(6), "x", np.random.default_rng(1))
    alone = radar.scans((), PATHS[0].t[0], PATHS[49].t[1], np.zeros(6), "x", np.random.default_rng(1))
    assert [len(s) for s in scans] == [len(s) for s in alone]


def test_the_same_generator_gives_the_same_nature():
    again = nature(T0, T0 + YEAR_S, np.random.default_rng(4), hot_spots=False)
    assert [p.t.tolist() for p in again] == [p.t.tolist() for p in PATHS]


NOON = tai_from_utc("2025-07-15T12:00:00Z")
SPOTS = nature(NOON, NOON + 60.0, np.random.default_rng(6), flashes=False)


def test_hot_spots_burn_all_the_time_on_the_ground():
    for kind, mean in (
        ("flare", sum(a.flares for a in flare_areas())),
        ("fire", float(fires_by_band(NOON).sum())),
    ):
        low, high = stats.poisson.interval(0.999, mean)
        assert 10 < low <= sum(p.name == kind for p in SPOTS) <= high
    assert {p.name for p in SPOTS} == {"flare", "fire"}
    for p in SPOTS:
        assert p.t[0] < NOON
        assert p.t[1] == NOON + 60.0
        assert (p.rcs_m2, p.power.min()) == (0.0, p.power.max())
        assert abs(geodetic_from_ecef(p.r_ecef[0])[2]) < 1e-3


def test_each_can_be_left_out_and_flashes_come_as_without_the_other():
    assert nature(NOON, NOON + 60.0, np.random.default_rng(6), False, False) == ()
    both = nature(NOON, NOON + 86400.0, np.random.default_rng(6))
    alone = nature(NOON, NOON + 86400.0, np.random.default_rng(6), hot_spots=False)
    assert [p.t.tolist() for p in both[: len(alone)]] == [p.t.tolist() for p in alone]
    assert {p.name for p in both[len(alone) :]} == {"flare", "fire"}


def _telescope(**changes) -> Telescope:
    satellite, elements = network("2025-07-15").satellites[1]
    quiet = replace(satellite, false_looks_per_frame=0.0)
    return replace(Telescope(quiet, elements), **changes)


def _high(telescope: Telescope) -> float:
    """A time of that day at which the satellite is near apogee, TAI s."""
    t = NOON + 600.0 * np.arange(72)
    return float(t[np.argmax(np.linalg.norm(satellite_states(telescope.elements, t)[0], axis=-1))])


def test_through_the_usual_air_nothing_of_them_is_seen():
    telescope = _telescope(clouds=even_cover(0.0))
    t0 = _high(telescope)
    spots = nature(t0, t0 + 60.0, np.random.default_rng(6), flashes=False)
    scans = telescope.scans(spots, t0, t0 + 60.0, np.zeros(3), "x", np.random.default_rng(1))
    assert sum(len(s) for s in scans) == 0


def test_where_the_ground_shines_through_they_give_looks_that_stand_still():
    """In clear, dry air: in each frame a look within 6 sigma of the line to each bright one in view."""
    telescope = _telescope(
        clouds=even_cover(0.0), absorbers=replace(ABSORBERS, water=0.1, mixed=0.05), sunlit=None
    )
    t0 = _high(telescope)
    spots = nature(t0, t0 + 60.0, np.random.default_rng(6), flashes=False)
    scans = telescope.scans(spots, t0, t0 + 60.0, np.zeros(3), "x", np.random.default_rng(1))
    r = np.array([p.r_ecef[0] for p in spots])
    s = np.array([scan.r_ecef for scan in scans])
    up = np.degrees(zenith_angle(r, np.broadcast_to(s[0], r.shape))) < 70.0
    bright = r[up & (np.array([p.power[0] for p in spots]) > 3e5)]
    assert len(bright) > 20
    for scan in scans:
        line = focal_values(bright, np.broadcast_to(scan.r_ecef, bright.shape))
        away = np.linalg.norm(line[:, None] - scan.values, axis=-1)
        # Jitter and drift are of 5 microradians each; in the light time the Earth turns a spot by 2 at most.
        assert away.min(axis=1).max() < 6.0 * np.hypot(scan.sigmas.max(), 8e-6)
    assert all(len(scan) >= len(bright) for scan in scans)
    # With cloud above them they are hidden again.
    covered = replace(telescope, clouds=even_cover(1e3))
    hidden = covered.scans(spots, t0, t0 + 60.0, np.zeros(3), "x", np.random.default_rng(1))
    assert sum(len(x) for x in hidden) == 0
