"""Resolution cells: what is within a cell of a stronger echo is one look with it, and nothing is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from tocsin.errors import TocsinError
from tocsin.sensor.echo.resolution import cells, merged

CELL, BEAM = 500.0, 0.03


def crowd(n, spread, seed):
    """Echoes about one place: values (n, 3) and powers (n,)."""
    rng = np.random.default_rng(seed)
    size = spread * np.array([1.0, 1.0 / 3e6, 1.0 / 3e6])
    return np.array([3e6, 0.01, 0.3]) + rng.normal(0.0, 1.0, (n, 3)) * size, rng.exponential(20.0, n) + 1.0


def apart(values, i, j):
    """Whether two echoes are apart by the cell in any direction, seen from i."""
    d = np.abs(values[i] - values[j])
    turn = min(d[1], 2 * np.pi - d[1]) * np.cos(values[i, 2])
    return d[0] >= CELL or turn >= BEAM or d[2] >= BEAM


@given(st.integers(1, 40), st.floats(10.0, 1e5), st.integers(0, 10_000))
def test_no_two_leaders_share_a_cell_and_each_echo_is_in_its_leaders(n, spread, seed):
    values, power = crowd(n, spread, seed)
    leader = cells(values, power, CELL, BEAM)
    leaders = np.unique(leader)
    assert np.array_equal(leader[leaders], leaders)
    for i in range(n):
        lead = leader[i]
        assert lead == i or (not apart(values, lead, i) and power[lead] >= power[i])
    for a in leaders:
        for b in leaders:
            assert a == b or power[b] > power[a] or apart(values, a, b)


@given(st.integers(1, 40), st.floats(10.0, 1e4), st.integers(0, 10_000))
def test_order_does_not_matter_and_power_is_kept(n, spread, seed):
    values, power = crowd(n, spread, seed)
    rows, total, place, _ = merged(values, power, cells(values, power, CELL, BEAM))
    assert total.sum() == pytest.approx(power.sum() - (n - len(rows)))
    order = np.random.default_rng(seed).permutation(n)
    _, again, other, _ = merged(values[order], power[order], cells(values[order], power[order], CELL, BEAM))
    assert sorted(again) == pytest.approx(sorted(total))
    np.testing.assert_allclose(np.sort(other[:, 0]), np.sort(place[:, 0]))


def test_one_alone_is_as_it_was():
    values, power = np.array([[2e6, 1.0, 0.2], [3e6, 1.0, 0.2]]), np.array([5.0, 9.0])
    rows, total, place, spread = merged(values, power, cells(values, power, CELL, BEAM))
    assert rows.tolist() == [0, 1]
    np.testing.assert_array_equal(total, power)
    np.testing.assert_array_equal(place, values)
    assert not spread.any()


def test_two_in_a_cell_are_one_between_them():
    values = np.array([[2e6, 2 * np.pi - 0.001, 0.2], [2e6 + 300.0, 0.001, 0.2]])
    power = np.array([30.0, 10.0])
    rows, total, place, spread = merged(values, power, cells(values, power, CELL, BEAM))
    assert (rows.tolist(), total.tolist()) == ([0], [39.0])
    np.testing.assert_allclose(place[0], [2e6 + 75.0, 2 * np.pi - 0.0005, 0.2])
    np.testing.assert_allclose(spread[0], [300.0 * np.sqrt(3) / 4, 0.002 * np.sqrt(3) / 4, 0.0], atol=1e-12)


def test_the_cell_of_the_stronger_counts():
    # Higher up a beam spans more azimuth: the weaker one's cell would hold the stronger.
    values, power = np.array([[2e6, 1.0, 0.30], [2e6, 1.0315, 0.32]]), np.array([9.0, 5.0])
    assert cells(values, power, CELL, BEAM).tolist() == [0, 1]
    assert cells(values, power[::-1], CELL, BEAM).tolist() == [1, 1]


def test_a_train_is_cut_into_cells_and_not_chained_into_one():
    values = np.column_stack([2e6 + 400.0 * np.arange(50), np.full(50, 1.0), np.full(50, 0.2)])
    leader = cells(values, 100.0 - np.arange(50), CELL, BEAM)
    assert len(np.unique(leader)) == 25


def neighbour_share(n, spread, cell):
    """The share of n objects with another within a cell in range, of a normal cloud: by quadrature.

    1 - E[(1 - p)^(n - 1)], p the chance that another lies within the cell about one at x spreads.
    """

    def alone(x):
        p = stats.norm.cdf(x + cell / spread) - stats.norm.cdf(x - cell / spread)
        return stats.norm.pdf(x) * (1.0 - p) ** (n - 1)

    return 1.0 - quad(alone, -9.0, 9.0)[0]


REFERENCE = [
    (6e3, 500.0, 10, 0.33),
    (6e3, 500.0, 20, 0.56),
    (2e3, 500.0, 10, 0.70),
    (2e3, 500.0, 20, 0.88),
    (6e3, 150.0, 10, 0.13),
    (6e3, 150.0, 20, 0.23),
]


@pytest.mark.parametrize(("spread", "cell", "n", "published"), REFERENCE)
def test_the_reference_share_with_a_neighbour_in_range(spread, cell, n, published):
    """`bounds.md` 2f: the share of objects that has another in its range cell.

    It does not describe its cloud; a normal one, its spread the 1-sigma of the range, and a cell to either
    side gives all six figures within 1.5 points. Beams of 2 deg (100 km wide here) never tell them apart.
    """
    expected = neighbour_share(n, spread, cell)
    assert abs(expected - published) < 0.015
    rng = np.random.default_rng(4)
    shares = []
    for _ in range(80):
        values = np.array([3e6, 1.0, 0.2]) + rng.normal(0.0, 1.0, (n, 3)) * [
            spread,
            spread / 3e6,
            spread / 3e6,
        ]
        crowded = np.zeros(n, dtype=bool)
        for i in range(n):
            for j in range(i):
                if len(np.unique(cells(values[[i, j]], np.array([2.0, 1.0]), cell, BEAM))) == 1:
                    crowded[[i, j]] = True
        shares.append(crowded.mean())
    assert abs(np.mean(shares) - expected) < 3.29 * np.std(shares, ddof=1) / np.sqrt(len(shares))


def by_hand(values, power):
    """The rule in plain words, echo by echo."""
    leader = np.full(len(power), -1)
    for i in np.lexsort((values[:, 2], values[:, 1], values[:, 0], -power)):
        if leader[i] < 0:
            leader[i] = i
            for j in np.flatnonzero(leader < 0):
                if not apart(values, i, j):
                    leader[j] = i
    return leader


@given(st.integers(0, 60), st.floats(10.0, 1e5), st.integers(1, 100), st.integers(0, 10_000))
def test_it_is_the_rule_done_by_hand(n, spread, levels, seed):
    values, power = crowd(n, spread, seed)
    values[:, 1] %= 2 * np.pi
    power = np.ceil(power * levels / 20.0)  # with few levels many are equally strong
    np.testing.assert_array_equal(cells(values, power, CELL, BEAM), by_hand(values, power))


@given(st.integers(1, 40), st.floats(10.0, 1e4), st.integers(0, 10_000))
def test_spread_and_mean_are_those_of_the_members_weighted_with_power(n, spread, seed):
    values, power = crowd(n, spread, seed)
    leader = cells(values, power, CELL, BEAM)
    rows, total, place, scatter = merged(values, power, leader)
    for k, lead in enumerate(rows):
        mine = leader == lead
        assert total[k] == pytest.approx(power[mine].sum() - (mine.sum() - 1))
        mean = np.average(values[mine], axis=0, weights=power[mine])
        variance = np.average((values[mine] - mean) ** 2, axis=0, weights=power[mine])
        np.testing.assert_allclose(place[k], mean, rtol=1e-12)
        np.testing.assert_allclose(scatter[k], np.sqrt(variance), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("values", "power", "cell", "beam"),
    [
        ([[1e6, 1.0, np.nan]], [1.0], CELL, BEAM),
        ([[1e6, 1.0, 0.2]], [-1.0], CELL, BEAM),
        ([[1e6, 1.0, 0.2]], [np.nan], CELL, BEAM),
        ([[1e6, 1.0, 0.2]], [1.0], 0.0, BEAM),
        ([[1e6, 1.0, 0.2]], [1.0], CELL, np.inf),
    ],
)
def test_what_cannot_be_is_refused(values, power, cell, beam):
    with pytest.raises(TocsinError, match=r"cell"):
        cells(np.array(values), np.array(power), cell, beam)
