"""The estimator of rare rates on a toy whose answer is known: its mean is right, and its error holds it."""

import numpy as np
import pytest

from tocsin.study.false_alarm.estimate import bounded, over, sampled, together

# A unit normal beyond 4, drawn about 4 and weighted by the ratio of densities: Abramowitz and Stegun 26.2.
BEYOND_4 = 3.1671e-5


def tail(rng: np.random.Generator, n: int = 400):
    x = 4.0 + rng.standard_normal(n)
    return sampled(np.exp(0.5 * (x - 4.0) ** 2 - 0.5 * x**2), x > 4.0)


def test_a_rare_tail_is_found_without_bias_and_within_its_error():
    found = [tail(np.random.default_rng(k)) for k in range(300)]
    means, errors = np.array([f.mean for f in found]), np.array([f.error for f in found])
    assert means.mean() == pytest.approx(BEYOND_4, rel=4.0 * errors.mean() / BEYOND_4 / np.sqrt(300))
    held = np.abs(means - BEYOND_4) < 1.96 * errors
    assert 0.90 < held.mean() < 0.98
    assert max(f.relative for f in found) < 0.3


def test_the_upper_end_never_falls_with_a_hit_more():
    ends = [sampled(np.ones(40), np.arange(40) < k).upper for k in range(8)]
    assert np.all(np.diff(ends) > 0.0)
    # Garwood's 95 % limits of none and one, over 40.
    assert ends[:2] == pytest.approx([2.996 / 40, 4.744 / 40], rel=1e-3)


def test_strata_count_by_their_shares_and_what_was_never_seen_may_hide():
    seen, none = sampled(np.ones(4), [True, False, True, True]), sampled(np.ones(30), np.zeros(30))
    made = over([0.25, 0.75], [seen, none])
    assert made.mean == pytest.approx(0.25 * 0.75)
    assert made.error == pytest.approx(0.25 * np.sqrt(0.75 * 0.25 / 3.0))
    assert (made.hits, made.windows) == (3, 34)
    assert made.upper > made.mean + 0.75 * 2.9 / 30
    nothing = sampled(np.full(30, 2.0), np.zeros(30))
    assert (nothing.mean, nothing.error, nothing.relative) == (0.0, 0.0, np.inf)
    assert nothing.upper == pytest.approx(2.0 * 3.0 / 30, rel=2e-3)


def test_a_sum_and_a_factor():
    one = tail(np.random.default_rng(1))
    both = together([one, one.times(2.0)])
    assert both.mean == pytest.approx(3.0 * one.mean)
    assert both.error == pytest.approx(np.sqrt(5.0) * one.error)


def test_a_rare_outcome_is_bounded_by_what_has_to_come_before_it():
    rare, before = sampled(np.full(10, 2.0), np.zeros(10)), sampled(np.full(10, 2.0), np.arange(10) < 6)
    assert bounded(rare, before).upper == pytest.approx(
        2.9957 / 6.0 * (before.mean + 1.645 * before.error), rel=1e-4
    )
    assert np.isnan(bounded(rare, rare).upper)
    assert bounded(before, before) is before
    assert together([bounded(rare, rare), before]).upper == pytest.approx(before.upper)
