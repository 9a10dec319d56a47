"""Cloud tops: shares over the Earth, quantiles against the stated distribution."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.cloud import CLOUDS, Clouds, cloud_top

BAND = 0.001
DRAWS = 100_000


def test_over_the_earth_the_shares_are_the_round_figures_after_isccp():
    edges = np.sin(np.radians([0.0, *CLOUDS.edges_deg]))
    area = np.diff(edges)
    low, middle, high = (float(area @ np.array(s)) for s in (CLOUDS.low, CLOUDS.middle, CLOUDS.high))
    np.testing.assert_allclose([low, middle, high, low + middle + high], [0.27, 0.19, 0.22, 0.67], atol=0.01)


@pytest.mark.parametrize(("lat_deg", "band"), [(5.0, 0), (-30.0, 1), (47.0, 2), (-80.0, 3)])
def test_draws_have_the_shares_of_the_band_and_are_uniform_in_each_class(lat_deg, band):
    tops = cloud_top(np.random.default_rng([1, band]).random(DRAWS), np.radians(lat_deg))
    low, middle, high = CLOUDS.low[band], CLOUDS.middle[band], CLOUDS.high[band]
    limits = [(500.0, 3200.0, low), (3200.0, 6500.0, middle), (6500.0, CLOUDS.highest_m[band], high)]
    least, most = stats.binom.interval(1.0 - BAND, DRAWS, 1.0 - low - middle - high)
    assert least <= np.sum(tops == 0.0) <= most
    for bottom, top, share in limits:
        inside = tops[(tops > bottom) & (tops <= top)]
        least, most = stats.binom.interval(1.0 - BAND, DRAWS, share)
        assert least <= len(inside) <= most
        assert stats.kstest(inside, stats.uniform(bottom, top - bottom).cdf).pvalue > BAND
    assert np.all((tops == 0.0) | ((tops >= 500.0) & (tops <= CLOUDS.highest_m[band])))


@given(lat=st.floats(-np.pi / 2, np.pi / 2))
def test_quantiles_ascend_from_a_clear_sky_to_the_tropopause_alike_north_and_south(lat):
    q = np.linspace(0.0, 1.0, 501)
    tops = cloud_top(q, lat)
    assert np.all(np.diff(tops) >= 0.0)
    assert tops[0] == 0.0
    assert tops[-1] in CLOUDS.highest_m
    np.testing.assert_array_equal(tops, cloud_top(q, -lat))


def test_quantiles_by_hand():
    # 20 to 35 deg: 0.42 clear, low to 0.71, middle to 0.84, high up to 14 km.
    got = cloud_top([0.4199, 0.565, 0.71, 0.775, 0.84, 0.92, 1.0], np.radians(25.0))
    np.testing.assert_allclose(got, [0.0, 1850.0, 3200.0, 4850.0, 6500.0, 10250.0, 14000.0], atol=1e-6)
    assert cloud_top(1.0, np.radians(19.99)) == 16.5e3
    assert cloud_top(1.0, np.radians(20.01)) == 14e3
    assert cloud_top(1.0, np.pi / 2) == 9e3


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cloud_top(1.1, 0.0), "share of cases"),
        (lambda: cloud_top(0.5, 2.0), "latitude"),
        (lambda: cloud_top(0.5, np.nan), "latitude"),
        (lambda: Clouds(low=(0.2, 0.2)), "once a band"),
        (lambda: Clouds(edges_deg=(20.0, 35.0, 60.0, 80.0)), "end edges_deg with 90"),
        (lambda: Clouds(high=(0.9, 0.1, 0.1, 0.1)), "sum to more than 1"),
        (lambda: Clouds(edges_deg=(35.0, 20.0, 60.0, 90.0)), "do not ascend"),
        (lambda: Clouds(highest_m=(30e3, 9e3, 9e3, 9e3)), "highest_m"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
