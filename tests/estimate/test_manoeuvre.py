"""A push is found in the newest looks, and hardly ever where there is none."""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from tests.estimate.scenes import DEG, INV_BETA, SITES, truth
from tocsin.estimate.ballistic import Drag, fit_ballistic
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.manoeuvre import push_in
from tocsin.estimate.start import radar_start
from tocsin.sensor.measurement import range_azimuth_elevation

RUNS = 600
UHF = (Channel("UHF", False, (20.0, 0.02 * DEG, 0.02 * DEG), "UHF", (68.1, 33.9)),)
DRAG = Drag(INV_BETA)
TIMES = 818.0 + 5.0 * np.arange(65)
KNOWN = 60  # looks before the push: 300 s


def looks(rng, range_m, acceleration=0.0):
    """UHF looks of the reference flight, pushed away from the radar from look 59 on."""
    x = truth(TIMES)
    gone = np.maximum(TIMES - TIMES[KNOWN - 1], 0.0)[:, None]
    away = x[KNOWN - 1, :3] - SITES[0]
    away /= np.linalg.norm(away)
    r = x[:, :3] + 0.5 * acceleration * gone**2 * away
    v = x[:, 3:] + acceleration * gone * away
    place = np.tile(SITES[0], (len(TIMES), 1))
    h, _ = range_azimuth_elevation(r, v, place)
    angle = np.full(len(h), 0.07 * DEG)
    sigma = np.stack([np.full(len(h), range_m), angle / np.cos(h[:, 2]), angle], axis=1)
    z = h + rng.normal(0.0, UHF[0].bias_sigma) + rng.standard_normal(h.shape) * sigma
    z[:, 1] %= 2.0 * np.pi
    return Looks(TIMES, np.zeros(len(TIMES), np.int64), z, sigma, place)


def judged(given, newest):
    """The test on so many looks after the known ones."""
    known = given.where(slice(0, KNOWN))
    before = fit_ballistic(known, UHF, *radar_start(known), DRAG, ())
    return push_in(before, given.where(slice(KNOWN, KNOWN + newest)), UHF, TIMES[KNOWN - 1], DRAG)


@cache
def tails(newest):
    found = [judged(looks(np.random.default_rng(seed), 30.0), newest) for seed in range(RUNS)]
    return np.array([push.tail for push in found])


@pytest.mark.parametrize("newest", [1, 2, 3])
def test_without_a_push_the_statistic_is_chi_square(newest):
    """Its tails are uniform, so that a limit of 1e-4 a track is kept: here down to 1 %, at 99.9 %."""
    assert stats.kstest(tails(newest), "uniform").pvalue > 1e-3
    low, high = stats.binom.interval(0.999, RUNS, 0.01)
    assert low <= (tails(newest) < 0.01).sum() <= high


def test_the_push_is_told_with_its_error():
    """Its own covariance holds: chi-square of three degrees, at 99.9 %."""
    away = truth(TIMES[[KNOWN - 1]])[0, :3] - SITES[0]
    away /= np.linalg.norm(away)
    square = []
    for seed in range(200):
        push = judged(looks(np.random.default_rng(5000 + seed), 30.0, 2.0), 4)
        off = push.acceleration - 2.0 * away
        square.append(off @ np.linalg.solve(push.P, off))
    low, high = stats.chi2.interval(0.999, 3 * len(square))
    assert low < sum(square) < high


@pytest.mark.parametrize(
    ("range_m", "newest", "least"),
    [
        (10.0, 3, 0.99),  # range noise of a strong echo: found within three looks
        (30.0, 4, 0.6),  # that of a weak one: no test finds it in three (below), most within four
    ],
)
def test_one_metre_per_second_squared_is_found(range_m, newest, least):
    found = [
        judged(looks(np.random.default_rng(7000 + seed), range_m, 1.0), newest).found for seed in range(100)
    ]
    assert np.mean(found) >= least


def test_no_test_finds_it_in_three_looks_of_30_m():
    """Not even one that knew the state and the direction, with a limit of 1e-4 a track of 300 looks.

    12.5, 50 and 112.5 m over 30 m are 17 in squares, and the limit for one degree is 26.
    """
    told = np.sum((0.5 * (5.0 * np.arange(1, 4)) ** 2 / 30.0) ** 2)
    limit = stats.chi2.isf(1e-4 / 300, 1)
    assert told == pytest.approx(17.0, abs=0.1)
    assert stats.ncx2.sf(limit, 1, told) < 0.2


def test_looks_that_do_not_tell_it_say_so():
    given = looks(np.random.default_rng(1), 30.0)
    known = given.where(slice(0, KNOWN))
    before = fit_ballistic(known, UHF, *radar_start(known), DRAG, ())
    assert push_in(before, given.where(slice(KNOWN, KNOWN + 1)), UHF, TIMES[KNOWN], DRAG) is None
