"""Resolution cells: what is within a cell of a stronger echo is one look with it, and nothing is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_train_is_cut_into_cells_and_not_chained_into_one():
    values = np.column_stack([2e6 + 400.0 * np.arange(50), np.full(50, 1.0), np.full(50, 0.2)])
    leader = cells(values, 100.0 - np.arange(50), CELL, BEAM)
    assert len(np.unique(leader)) == 25


@pytest.mark.parametrize(("spread_km", "low", "high"), [(6.0, 0.33, 0.56), (2.0, 0.70, 0.88)])
def test_the_reference_share_with_a_neighbour_in_range(spread_km, low, high):
    """`bounds.md` 2f: the share of 10 to 20 objects that has another in its 500 m of range, low to high.

    Its cloud is not described: ranges spread evenly over the spread to either side agree.
    """
    rng = np.random.default_rng(4)
    for n, expected in ((10, low), (20, high)):
        share = []
        for _ in range(300):
            cell = np.floor(rng.uniform(-spread_km, spread_km, n) * 1e3 / CELL + rng.random())
            _, which, count = np.unique(cell, return_inverse=True, return_counts=True)
            share.append(np.mean(count[which] > 1))
        assert abs(np.mean(share) - expected) < 0.06
