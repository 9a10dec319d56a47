"""Bright cells of cloud: when they shine, whether they are in the field, and the looks of them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tocsin.catalogue import network
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.glints import Glints, glints_in
from tocsin.sensor.measurement import focal_values
from tocsin.sensor.telescope import Telescope

OKO, ELEMENTS = network("1983-09-25", ("cosmos-1382",)).satellites[0]
OKO = replace(OKO, false_looks_per_frame=0.0)
T0 = ELEMENTS.epoch_t_tai
LIMB, BELOW, BEYOND = (66.5, -89.0), (45.0, 40.0), (30.0, -130.0)


def glints(*places, start=10.0, duration=100.0, brightness=2.0):
    n = len(places)
    lat, lon = np.radians(places).T
    return Glints(
        ecef_from_geodetic(lat, lon, np.full(n, 12e3)),
        np.full(n, T0 + start),
        np.full(n, duration),
        np.full(n, brightness),
    )


def scans(cells, seconds=120.0, seed=5):
    return Telescope(OKO, ELEMENTS, glints=cells).scans(
        (), T0, T0 + seconds, np.zeros(3), "x", np.random.default_rng(seed)
    )


def test_one_at_the_limb_is_in_the_field_and_one_below_or_behind_the_earth_is_not():
    t = T0 + np.arange(0.0, 120.0)
    r = satellite_states(ELEMENTS, t)[0]
    frame, which = glints_in(glints(LIMB, BELOW, BEYOND), OKO, t, r)
    assert set(which) == {0}
    np.testing.assert_array_equal(frame, np.arange(10, 110))
    # With the whole disc in its field, that straight below is seen as well, and still not what is behind.
    _, which = glints_in(glints(LIMB, BELOW, BEYOND), replace(OKO, limb_depth_deg=None), t, r)
    assert set(which) == {0, 1}


def test_its_looks_come_each_frame_while_it_shines_from_where_it_stands():
    made = scans(glints(LIMB))
    with_looks = [s for s in made if len(s)]
    assert len(with_looks) > 95
    assert all(10.0 <= s.t - T0 <= 110.1 for s in with_looks)
    place = ecef_from_geodetic(*np.radians(LIMB), 12e3)
    off = np.concatenate([s.values - focal_values(place[None], s.r_ecef[None]) for s in with_looks])
    sigma = np.concatenate([s.sigmas for s in with_looks])
    # Drift and jitter of 5 microradians each on top of the noise of each look, 1 sigma.
    whole = np.hypot(sigma, 7.1e-6)
    low, high = stats.chi2.interval(0.9999, off.size)
    assert 0.5 * low < np.sum((off / whole) ** 2) < 1.5 * high
    # Power signal-to-noise of an amplitude of twice the threshold.
    assert np.concatenate([s.snr for s in with_looks]) == pytest.approx(
        np.full(len(off), (2.0 * DETECTOR.threshold) ** 2), rel=0.6
    )


def test_one_no_brighter_than_the_threshold_is_had_in_half_of_the_frames():
    made = scans(glints(LIMB, start=0.0, duration=1e4, brightness=1.0), seconds=2000.0)
    seen = sum(len(s) for s in made)
    low, high = stats.binom.interval(0.9999, len(made), 0.5)
    assert low < seen < high


def test_without_any_the_draws_are_the_same():
    made = [
        Telescope(OKO, ELEMENTS, glints=cells).scans(
            (), T0, T0 + 60.0, np.zeros(3), "x", np.random.default_rng(1)
        )
        for cells in (None, glints(LIMB, start=1e6))
    ]
    assert [len(s) for s in made[0]] == [len(s) for s in made[1]]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"duration": 0.0}, "duration above 0"),
        ({"brightness": -1.0}, "brightness"),
        ({"start": np.nan}, "start"),
    ],
)
def test_what_cannot_be_is_refused(wrong, says):
    with pytest.raises(TocsinError, match=says):
        glints(LIMB, **wrong)
