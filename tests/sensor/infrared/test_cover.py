"""Cloud cover: one draw for a run, by the climatology, alike within a cell and not beyond."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.cloud import CLOUDS
from tocsin.sensor.infrared.cover import CELL_DEG, CloudCover, draw_cover, even_cover

BAND = 0.001
COVER = draw_cover(np.random.default_rng(11))


@pytest.mark.parametrize(
    ("south_deg", "north_deg", "band"), [(-20.0, 20.0, 0), (36.0, 60.0, 2), (60.0, 90.0, 3)]
)
def test_shares_of_the_cells_of_a_band_are_those_of_the_climatology(south_deg, north_deg, band):
    lat = np.arange(south_deg + 1.0, north_deg, CELL_DEG)
    lon = np.arange(1.0, 360.0, CELL_DEG)
    tops = COVER.top(np.radians(lat)[:, None], np.radians(lon))
    n = tops.size
    shares = [
        (tops == 0.0, 1.0 - CLOUDS.low[band] - CLOUDS.middle[band] - CLOUDS.high[band]),
        ((tops > 0.0) & (tops <= 3.2e3), CLOUDS.low[band]),
        ((tops > 3.2e3) & (tops <= 6.5e3), CLOUDS.middle[band]),
        (tops > 6.5e3, CLOUDS.high[band]),
    ]
    for found, share in shares:
        least, most = stats.binom.interval(1.0 - BAND / 4, n, share)
        assert least <= found.sum() <= most
    assert tops.max() <= CLOUDS.highest_m[band]


@given(
    st.integers(-45, 44),
    st.integers(-180, 180),
    st.tuples(*[st.floats(0.01, 1.99)] * 4),
)
def test_within_a_cell_the_top_is_one_and_longitudes_go_round(row, column, within):
    lat = np.radians(2.0 * row + np.array(within[:2]))
    lon = np.radians(2.0 * column + np.array(within[2:]))
    assert len({float(h) for h in COVER.top(lat[:, None], lon).ravel()}) == 1
    np.testing.assert_array_equal(COVER.top(lat, lon), COVER.top(lat, lon + 2.0 * np.pi))


def test_neighbouring_cells_are_drawn_apart():
    """Of two neighbours, how often both are clear is the product of the shares: 99.9 % of a binomial."""
    clear = COVER.top_m[35:55] == 0.0
    pairs = clear[:, ::2] & clear[:, 1::2]
    share = 1.0 - CLOUDS.low[0] - CLOUDS.middle[0] - CLOUDS.high[0]
    least, most = stats.binom.interval(1.0 - BAND, pairs.size, share**2)
    assert least <= pairs.sum() <= most


def test_one_generator_gives_one_cover_and_another_another():
    again, other = (draw_cover(np.random.default_rng(seed)) for seed in (11, 12))
    np.testing.assert_array_equal(again.top_m, COVER.top_m)
    assert np.mean(other.top_m == COVER.top_m) < 0.3


def test_poles_are_in_the_last_rows_and_an_even_cover_is_even():
    assert COVER.top(np.pi / 2, 0.0) == COVER.top_m[-1, 0]
    assert COVER.top(-np.pi / 2, 0.0) == COVER.top_m[0, 0]
    assert set(np.ravel(even_cover(7e3).top(np.linspace(-1.5, 1.5, 9)[:, None], np.linspace(-4, 4, 9)))) == {
        7e3
    }


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: CloudCover(np.zeros((3, 5))), r"\(3, 5\) cells"),
        (lambda: CloudCover(np.zeros(4)), r"\(4,\) cells"),
        (lambda: CloudCover(np.zeros((0, 0))), r"\(0, 0\) cells"),
        (lambda: even_cover(-1.0), "cloud top"),
        (lambda: even_cover(np.nan), "cloud top"),
    ],
)
def test_what_cannot_be_is_refused(call, words):
    with pytest.raises(TocsinError, match=words):
        call()
