"""The tail of chi-square against SciPy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.estimate.chi2 import chi2_tail


@given(st.integers(1, 3000), st.floats(0.0, 4.0))
def test_against_scipy(freedom, ratio):
    value = ratio * freedom
    assert chi2_tail(value, freedom) == pytest.approx(stats.chi2.sf(value, freedom), rel=1e-8, abs=1e-12)


@given(st.integers(1, 3000), st.sampled_from([1e-3, 1e-4, 1e-6, 1e-9]))
def test_where_tracks_are_judged(freedom, p):
    assert chi2_tail(stats.chi2.isf(p, freedom), freedom) == pytest.approx(p, rel=1e-6)


def test_ends():
    assert chi2_tail(0.0, 10) == chi2_tail(-1.0, 10) == 1.0
    assert chi2_tail(1e6, 10) == 0.0
    assert chi2_tail(1.0, 0) == chi2_tail(1.0, 1)
