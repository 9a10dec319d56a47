"""Frames taken together: fewer looks that say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.scenes import TELESCOPES, Ascent, nees, template
from tocsin.estimate.boost import fit_boost
from tocsin.estimate.boost.frames import fewer, together
from tocsin.estimate.looks import Looks, no_looks

BANK = (template("icbm-solid"), template("slbm"))


def table(t, channel, z, sigma):
    """Looks of telescopes at rest."""
    n = len(t)
    wide = np.ones((n, 3))
    return Looks(
        np.asarray(t, float), np.asarray(channel), wide * np.reshape(z, (-1, 1)),
        wide * np.reshape(sigma, (-1, 1)), np.full((n, 3), 4e7),
    )  # fmt: skip


def test_two_frames_are_one_at_their_middle_and_sensors_are_not_mixed():
    t = [0.0, 0.4, 1.0, 1.4, 2.0, 3.5, 4.0]
    found = together(table(t, [0, 1, 0, 1, 0, 0, 0], [1, 5, 3, 5, 9, 7, 8], np.full(7, 2.0)), 2.0)
    assert found.channel.tolist() == [0, 1, 0, 0, 0]
    assert found.t == pytest.approx([0.5, 0.9, 2.0, 3.5, 4.0])
    assert found.z[:, 0] == pytest.approx([2.0, 5.0, 9.0, 7.0, 8.0])
    assert found.sigma[:, 1] == pytest.approx([2.0 / np.sqrt(2.0), 2.0 / np.sqrt(2.0), 2.0, 2.0, 2.0])


def test_the_surer_frame_counts_for_more():
    found = together(table([0.0, 1.0, 3.0], [0, 0, 0], [0.0, 5.0, 0.0], [1.0, 0.5, 1.0]), 2.0)
    assert (found.t[0], found.z[0, 0]) == pytest.approx((0.8, 4.0))
    assert together(no_looks(), 2.0).t.shape == (0,)


@given(
    st.lists(st.tuples(st.floats(0.0, 60.0), st.integers(0, 3), st.floats(0.1, 3.0)), min_size=1, max_size=60)
)
@settings(max_examples=60)
def test_information_is_kept_and_time_ascends(rows):
    t, channel, sigma = (np.array(c) for c in zip(*sorted(rows), strict=True))
    looks = table(t, channel, np.zeros(len(t)), sigma)
    found = together(looks, 2.0)
    assert np.all(np.diff(found.t) >= 0.0)
    for c in np.unique(channel):
        own, left = looks.sigma[channel == c, :2], found.sigma[found.channel == c, :2]
        assert np.sum(left**-2.0) == pytest.approx(np.sum(own**-2.0))


@given(st.integers(1, 400), st.integers(1, 200))
@settings(max_examples=40)
def test_frames_are_taken_together_only_as_far_as_there_are_too_many(count, most):
    """One telescope's at 1 Hz: by two, by four, by eight at the most, and the last two seconds by one."""
    looks = table(np.arange(float(count)), np.zeros(count, int), 0.0, 1.0)
    found = fewer(looks, most)
    step = round(max(np.diff(found.t), default=1.0))
    assert (found is looks) == (count <= most)
    assert step <= 8
    assert len(found) <= most or step == 8 or count <= 9
    assert found.t[-1] == looks.t[-1]


def test_a_boost_fitted_to_fewer_is_the_one_fitted_to_all():
    """With 80 looks; with half as many the state is less sure by a sixth."""
    for seed in range(4):
        ascent = Ascent(seed)
        whole = fit_boost(ascent.looks, TELESCOPES, BANK, ascent.out)
        part = fit_boost(ascent.looks, TELESCOPES, BANK, ascent.out, most=80)
        assert len(fewer(ascent.looks, 80)) < 0.5 * len(ascent.looks)
        assert part.looks == whole.looks
        assert part.state.t == whole.state.t
        sigma = np.sqrt(np.diag(whole.state.P))
        assert np.max(np.abs(part.state.x - whole.state.x) / sigma) < 0.3
        assert np.sqrt(np.diag(part.state.P)) == pytest.approx(sigma, rel=0.1)
        assert nees(part.state.x - ascent.states(part.state.t)[0], part.state.P) < 30.0
