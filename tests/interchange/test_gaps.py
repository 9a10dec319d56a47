"""Gaps: what is let through is known to 30 m, what is not is refused where it is; samples put in between."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.made import circle
from tocsin.errors import TocsinError
from tocsin.interchange.between import between, values
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.gaps import CUBIC_M, LIMIT_M, refined, refuse_gaps
from tocsin.motion.path import Path

STEPS = st.lists(st.floats(1.0, 400.0), min_size=7, max_size=20)


def refusal(t, r, v):
    with pytest.raises(TocsinError) as error:
        refuse_gaps(t, r, v, lambda i: f"file:{i}")
    (told,) = error.value.problems
    return told


def is_refused(t, r, v):
    try:
        refuse_gaps(t, r, v, str)
    except TocsinError:
        return True
    return False


def times(steps):
    return np.concatenate([[0.0], np.cumsum(steps)])


def without(t, first, last):
    """The times without those from first to last."""
    return t[(t < first) | (t > last)]


def eccentric(t):
    """Two-body motion, by Kepler's equation: perigee at 6,600 km at 2,000 s, eccentricity 0.7."""
    mu, e = 3.986004418e14, 0.7
    a = 6.6e6 / (1.0 - e)
    n = np.sqrt(mu / a**3)
    m = n * (np.asarray(t) - 2000.0)
    anomaly = m.copy()
    for _ in range(50):
        anomaly = anomaly - (anomaly - e * np.sin(anomaly) - m) / (1.0 - e * np.cos(anomaly))
    c, s, b = np.cos(anomaly), np.sin(anomaly), np.sqrt(1.0 - e * e)
    rate = n / (1.0 - e * c)
    r = a * np.stack([c - e, b * s, 0.0 * s], axis=-1)
    return r, a * np.stack([-s * rate, b * c * rate, 0.0 * s], axis=-1)


@pytest.mark.parametrize("orbit", [circle, eccentric])
@settings(max_examples=30)
@given(steps=STEPS)
def test_what_is_let_through_is_known_to_30_m(orbit, steps):
    t = times(steps)
    r, v = orbit(t)
    if is_refused(t, r, v):
        return
    fit = between(t, r, v)
    which = np.repeat(np.arange(len(steps)), 9)
    since = np.tile(np.linspace(0.1, 0.9, 9), len(steps)) * np.diff(t)[which]
    off = np.linalg.norm(values(fit, which, since)[0] - orbit(t[which] + since)[0], axis=1)
    assert off.max() < LIMIT_M


def test_a_low_orbit_may_go_for_some_minutes_and_not_for_a_quarter_of_an_hour():
    t = np.arange(0.0, 3601.0, 60.0)
    for last, refused in ((1000.0, False), (1200.0, False), (1700.0, True), (2900.0, True)):
        few = without(t, 901.0, last)
        assert is_refused(few, *circle(few)) == refused
    few = without(t, 901.0, 1700.0)
    told = refusal(few, *circle(few))
    assert told.startswith("file:16: a gap of 840 s before this sample: what lies between is open by ")
    assert told.endswith("(at most 30 m); give the samples in between, or correct a wrong figure here")


def test_a_gap_at_an_end_is_refused_there():
    t = np.arange(0.0, 1801.0, 60.0)
    assert refusal(without(t, 1.0, 850.0), *circle(without(t, 1.0, 850.0))).startswith(
        "file:1: a gap of 900 s"
    )
    late = without(t, 950.0, 1799.0)
    assert refusal(late, *circle(late)).startswith("file:16: a gap of 900 s")


def test_the_first_of_two_gaps_is_told():
    t = without(without(np.arange(0.0, 6001.0, 60.0), 901.0, 1750.0), 3001.0, 3990.0)
    assert refusal(t, *circle(t)).startswith("file:16: a gap of 900 s")


@pytest.mark.parametrize("off", [-3e5, -500.0, 500.0, 3e3])
def test_a_wrong_figure_of_half_a_kilometre_is_refused_near_its_sample(off):
    t = np.arange(0.0, 1801.0, 60.0)
    for k in range(31):
        for axis in range(3):
            r, v = circle(t)
            r[k, axis] += off
            assert abs(int(refusal(t, r, v).split(":")[1]) - k) <= 2


@pytest.mark.parametrize("dv", [200.0, 1000.0])
def test_a_burn_between_two_samples_is_refused(dv):
    t = np.arange(0.0, 1801.0, 60.0)
    r, v = circle(t)
    since = np.maximum(t - 930.0, 0.0)
    r[:, 2] += dv * since
    v[:, 2] += dv * (since > 0.0)
    assert refusal(t, r, v).startswith("file:16: a gap of 60 s before this sample")


def test_a_burnout_at_a_sample_is_let_through():
    t = np.arange(0.0, 601.0, 10.0)
    r, v = circle(t)
    burn = np.minimum(t - 200.0, 0.0)
    refuse_gaps(t, r + 20.0 * burn[:, None] ** 2, v + 40.0 * burn[:, None], str)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda r, v: v + np.cross([0.0, 0.0, 7.292115e-5], r),
        lambda r, v: v / 1e3,
        lambda r, v: -v,
        lambda r, v: 0.0 * v,
        lambda r, v: v[:, [1, 0, 2]],
    ],
)
def test_velocities_that_are_not_the_positions_rate_are_told_as_that(wrong):
    t = np.arange(0.0, 1801.0, 60.0)
    r, v = circle(t)
    told = refusal(t, r, wrong(r, v))
    assert told.startswith("file:1: 60 s after the sample before, what lies between is open by ")
    assert "as between 30 of 30 pairs; give velocities that are the positions' rate in the same frame" in told


def test_too_few_digits_are_told_so():
    t = np.arange(0.0, 1801.0, 60.0)
    r, v = circle(t)
    assert "more digits" in refusal(t, np.round(r, -4), v)


def test_what_is_no_number_is_refused():
    t = np.arange(0.0, 1801.0, 60.0)
    r, v = circle(t)
    r[10] = np.nan
    assert is_refused(t, r, v)


def test_four_samples_are_asked_for():
    t = np.arange(0.0, 181.0, 60.0)
    refuse_gaps(t, *circle(t), str)
    for n in (1, 2, 3):
        r, v = circle(t[:n])
        assert refusal(t[:n], r, v).startswith(
            f"file:{n - 1}: too few samples ({n}); give 4 or more, so that"
        )


def path_of(one):
    return Path(one.name, one.t, one.r_ecef, one.v_ecef, np.zeros(len(one.t)), 1.0)


def ephemeris(t, orbit):
    return Ephemeris("one", "id", t, *orbit(t), t[0], t[-1])


@pytest.mark.parametrize("orbit", [circle, eccentric])
@settings(max_examples=25)
@given(steps=STEPS, start=st.sampled_from([0.0, 5.5e8]))
def test_refined_the_cubic_of_a_path_is_within_a_metre(orbit, steps, start):
    t = times(steps)
    given_one = ephemeris(t, orbit)
    moved = Ephemeris("one", "id", t + start, given_one.r_ecef, given_one.v_ecef, start, t[-1] + start)
    one = refined(moved)
    assert (np.diff(one.t) > 0.0).all()
    fit = between(moved.t, moved.r_ecef, moved.v_ecef)
    which = np.repeat(np.arange(len(steps)), 40)
    since = np.tile(np.linspace(0.01, 0.99, 40), len(steps)) * np.diff(moved.t)[which]
    there = values(fit, which, since)[0]
    off = np.linalg.norm(path_of(one).position(moved.t[which] + since) - there, axis=1)
    # And 1 mm for what a double resolves of a time at 8 km/s.
    assert off.max() < CUBIC_M + 1e-3


def test_refined_the_given_samples_stay_and_the_rest_is_as_before():
    given_one = ephemeris(np.array([0.0, 10.0, 300.0, 310.0, 600.0, 900.0]), circle)
    one = refined(given_one)
    kept = np.isin(one.t, given_one.t)
    np.testing.assert_array_equal(one.t[kept], given_one.t)
    np.testing.assert_array_equal(one.r_ecef[kept], given_one.r_ecef)
    np.testing.assert_array_equal(one.v_ecef[kept], given_one.v_ecef)
    assert (one.name, one.object_id, one.useable_start, one.useable_stop) == ("one", "id", 0.0, 900.0)
    np.testing.assert_allclose(one.v_ecef, circle(one.t)[1], rtol=0, atol=0.02)
    # 290 s at 8.2 m/s2 and 1.08e-3 rad/s: (176 m)^(1/4).
    parts = np.diff(np.flatnonzero(kept))
    assert list(parts) == [1, 4, 1, 4, 4]


def test_samples_that_are_close_need_no_more():
    dense = ephemeris(np.arange(0.0, 601.0, 10.0), circle)
    assert refined(dense).t is not None
    np.testing.assert_array_equal(refined(dense).t, dense.t)
