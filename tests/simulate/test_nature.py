"""What else shines: natural rates, the same for all satellites, unseen by radars."""

import numpy as np
from scipy import stats

from tocsin.catalogue import network
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.sensor.infrared.flashrate import fireball_rate
from tocsin.sensor.infrared.lightning import LIGHTNING
from tocsin.sensor.radar import Radar
from tocsin.simulate.nature import nature

T0 = tai_from_utc("2025-01-01T00:00:00Z")
YEAR_S = 365.25 * 86400.0
PATHS = nature(T0, T0 + YEAR_S, np.random.default_rng(4))


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
    again = nature(T0, T0 + YEAR_S, np.random.default_rng(4))
    assert [p.t.tolist() for p in again] == [p.t.tolist() for p in PATHS]
