"""When a plume ends, by its last looks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.estimate.boost import last_of_plume, plume_end


def test_one_telescope_that_always_sees():
    """Out within the frame after the last look, anywhere in it."""
    t, sigma = plume_end(np.array([100.0]), np.array([1.0]), np.array([1.0]), 103.5, 3)
    assert t == pytest.approx(100.5, abs=1e-6)
    assert sigma == pytest.approx(1.0 / np.sqrt(12.0), rel=1e-6)


def test_while_any_may_still_see_it_nothing_is_said():
    frames, p = np.array([1.0, 10.0]), np.array([0.9, 0.9])
    assert plume_end(np.array([100.0, 95.0]), frames, p, 120.0, 3) is None
    assert plume_end(np.array([100.0, 95.0]), frames, p, 125.5, 3) is not None
    assert plume_end(np.array([]), np.array([]), np.array([]), 5.0, 3) is None


@given(
    st.floats(0.5, 0.99),
    st.floats(0.5, 0.99),
    st.floats(0.0, 4.0),
    st.sampled_from([(1.0, 1.0), (1.0, 3.0), (10.0, 1.0)]),
)
def test_it_is_the_mean_of_bayes_rule(p, q, later, frames):
    """Against the posterior on a fine grid, each frame since the last look missed."""
    last, f, d = np.array([100.0, 100.0 - later]), np.array(frames), np.array([p, q])
    now = 100.0 + 3.0 * max(frames) + 1.5
    found = plume_end(last, f, d, now, 3)
    grid = np.linspace(100.0, now, 400_001)
    grid = 0.5 * (grid[1:] + grid[:-1])
    density = np.ones_like(grid)
    for c in range(2):
        k = 1
        while last[c] + k * f[c] <= now:
            density[grid > last[c] + k * f[c]] *= 1.0 - d[c]
            k += 1
    density /= density.sum()
    mean = density @ grid
    assert found is not None
    assert found[0] == pytest.approx(mean, abs=2e-3)
    assert found[1] == pytest.approx(np.sqrt(density @ (grid - mean) ** 2), abs=2e-3)


def test_one_that_often_misses_knows_it_worse():
    sure = plume_end(np.array([100.0]), np.array([1.0]), np.array([0.99]), 104.0, 3)
    unsure = plume_end(np.array([100.0]), np.array([1.0]), np.array([0.6]), 104.0, 3)
    assert sure is not None
    assert unsure is not None
    assert unsure[0] > sure[0]
    assert unsure[1] > 1.5 * sure[1]


def test_out_is_what_every_frame_has_missed():
    two, frames, sure = np.array([120.0, 118.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0])
    assert plume_end(two, frames, sure, 123.0, 3) is None
    assert plume_end(two, frames, sure, 123.1, 3) == pytest.approx((120.5, 1.0 / np.sqrt(12.0)))
    # A slower telescope must have missed its own frames.
    assert plume_end(two, np.array([1.0, 10.0]), sure, 140.0, 3) is None
    assert plume_end(two, np.array([1.0, 10.0]), sure, 148.5, 3) is not None


def seen(*each):
    """Looks of telescopes of 1 Hz, each a tenth later than the one before: t (n,) and channel (n,)."""
    t = np.concatenate([np.asarray(own, float) + 0.1 * c for c, own in enumerate(each)])
    channel = np.concatenate([np.full(len(own), c) for c, own in enumerate(each)])
    order = np.argsort(t, kind="stable")
    return t[order], channel[order]


def end_of(*each, gap_s=6.5):
    t, channel = seen(*each)
    n = len(each)
    return last_of_plume(t, channel, np.ones(n), np.full(n, 0.95), gap_s)


def test_looks_of_one_telescope_now_and_then_after_the_others_are_no_plume():
    strays = [*range(101), 104, 108, 113, 117]
    assert end_of(range(101), strays, range(101)) == pytest.approx(100.2)


def test_what_one_telescope_alone_goes_on_seeing_is_a_dim_stage():
    assert end_of(range(101), range(161), range(101)) == pytest.approx(160.1)


def test_the_last_of_looks_that_end_together_is_the_last_of_the_plume():
    assert end_of(range(101), range(101), range(100)) == pytest.approx(100.1)
    assert end_of(range(101)) == 100.0


@pytest.mark.parametrize("telescopes", [2, 4])
@pytest.mark.parametrize("chance", [0.4, 0.5])
def test_a_stage_that_is_dim_to_all_loses_a_few_looks_at_most(telescopes, chance):
    """A bright minute, then one of which each telescope sees four or five frames of ten."""
    rng = np.random.default_rng(1)
    for _ in range(20):
        dim = [np.flatnonzero(rng.random(60) < chance) + 60 for _ in range(telescopes)]
        each = [np.concatenate([np.arange(60), own]) for own in dim]
        last = max(own[-1] + 0.1 * c for c, own in enumerate(each))
        assert end_of(*each) > last - 10.0


def test_an_earlier_stage_costs_the_later_nothing():
    """Dark for twenty seconds, in which every telescope missed twenty frames, then lit for ten."""
    lit = [*range(101), *range(121, 131)]
    assert end_of(lit, lit, lit) == pytest.approx(130.2)
