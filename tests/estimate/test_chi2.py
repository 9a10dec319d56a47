"""The chi-square tail against SciPy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.estimate.chi2 import chi2_tail


@given(st.integers(2, 3000), st.floats(0.0, 3.0))
def test_within_one_hundredth(freedom, ratio):
    value = ratio * freedom
    assert chi2_tail(value, freedom) == pytest.approx(stats.chi2.sf(value, freedom), abs=0.01)


@given(st.integers(3, 3000), st.sampled_from([1e-3, 1e-4, 1e-6]))
def test_where_tracks_are_judged_it_is_right_within_a_factor_of_three(freedom, p):
    """And never too strict: nothing is called rarer than it is."""
    told = chi2_tail(stats.chi2.isf(p, freedom), freedom)
    assert 0.99 * p < told < 3.0 * p


def test_ends():
    assert chi2_tail(0.0, 10) > 0.999
    assert chi2_tail(-1.0, 10) > 0.999
    assert chi2_tail(1e6, 10) == 0.0
    assert chi2_tail(1.0, 0) == chi2_tail(1.0, 1)
