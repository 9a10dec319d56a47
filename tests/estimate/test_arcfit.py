"""An arc fitted from nothing: the truth within its covariance, and bad looks told as that."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.passes import CHANNEL, RADAR, T0, a_pass, looks_at, seen, states
from tests.estimate.scenes import nees
from tocsin.estimate.arcfit import fit_arc
from tocsin.estimate.looks import Channel, Looks, joined
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import forces

RUNS = 30
FIELD = forces(36)
ONLY_RADAR = (CHANNEL,)


def flown(seed, revolutions=0):
    """A satellite's arc, from where SGP4 has it, flown in gravity of degree 36, and its looks."""
    rng = np.random.default_rng(seed)
    satellite, t = a_pass(rng)
    x0 = states(satellite, t[:1])[0]
    start = float(t[0])
    error = RADAR.draw_bias(rng)
    parts = [looks_at(propagate(start, x0, 0.0, t, FIELD), t, error, rng)]
    if revolutions:
        later = start + np.arange(3000.0, 86_400.0 / 14.0 * revolutions, RADAR.frame_s)
        x = propagate(start, x0, 0.0, later, FIELD)
        parts.append(looks_at(x, later, error, rng))
        up = RADAR.in_view(parts[1].z)
        parts[1] = parts[1].where(up)
    return start, x0, error, joined(parts)


def test_the_truth_is_within_the_covariance():
    """Chi-square of 6 x 30 degrees over them lies within 0.69 and 1.39 in 99.9 of 100 cases."""
    sizes, left = [], []
    for seed in range(RUNS):
        start, x0, _, looks = flown(seed)
        found = fit_arc(looks, ONLY_RADAR, 0.0)
        assert found.verdict == "converged"
        truth = propagate(start, x0, 0.0, [found.state.t], FIELD)[0]
        sizes.append(nees(found.state.x - truth, found.state.P))
        left.append(np.mean(np.square(found.whitened), axis=0))
    assert 0.69 < np.mean(sizes) / 6.0 < 1.39
    # Each run leaves 3 n - 6 of 3 n degrees; 30 of them of at least 30 looks are within 10 % of that.
    np.testing.assert_allclose(np.mean(left, axis=0), 1.0, atol=0.12)


def test_several_revolutions_are_one_arc():
    """Passes that are hours apart: a start from one minute of looks, and gravity of the right degree."""
    longest = 0.0
    for seed in (1, 4, 6):
        start, x0, _, looks = flown(seed, 5)
        found = fit_arc(looks, ONLY_RADAR, 0.0)
        longest = max(longest, float(np.ptp(looks.t)))
        assert found.verdict == "converged"
        truth = propagate(start, x0, 0.0, [found.state.t], FIELD)[0]
        assert nees(found.state.x - truth, found.state.P) < 27.9  # chi-square of 6 degrees, 99.99 %
        fine = replace(looks, z=exact(start, x0, looks), sigma=looks.sigma / 100.0)
        # The usual field is told from it by looks that are good.
        off = []
        for field in (FIELD, forces(8)):
            state = fit_arc(fine, ONLY_RADAR, 0.0, field).state
            truth = propagate(start, x0, 0.0, [state.t], FIELD)[0]
            off.append(np.linalg.norm(state.x[:3] - truth[:3]))
        assert off[0] < 1.0
        assert off[1] > 10.0
    assert longest > 5000.0


def exact(start, x0, looks):
    """The looks without noise and errors."""
    return seen(propagate(start, x0, 0.0, looks.t, FIELD))[0]


def test_the_order_of_the_looks_does_not_matter():
    *_, looks = flown(2)
    mixed = looks.where(np.random.default_rng(5).permutation(len(looks)))
    one, other = fit_arc(looks, ONLY_RADAR, 0.0), fit_arc(mixed, ONLY_RADAR, 0.0)
    np.testing.assert_array_equal(one.state.x, other.state.x)


def only(looks, rows):
    return looks.where(np.asarray(rows))


@pytest.mark.parametrize(
    "change",
    [
        lambda looks: only(looks, np.array([], dtype=np.int64)),
        lambda looks: only(looks, [0]),
        lambda looks: only(looks, [0, 0, 0]),
        lambda looks: Looks(looks.t, looks.channel, looks.z, 0.0 * looks.sigma, looks.r_sensor),
        lambda looks: Looks(looks.t, looks.channel, looks.z, np.nan * looks.sigma, looks.r_sensor),
        lambda looks: Looks(looks.t, looks.channel, np.nan * looks.z, looks.sigma, looks.r_sensor),
    ],
    ids=["none", "one", "one time", "sigma 0", "sigma NaN", "values NaN"],
)
def test_looks_that_tell_no_arc_are_unobservable(change):
    *_, looks = flown(3)
    found = fit_arc(change(looks), ONLY_RADAR, 0.0)
    assert found.verdict == "unobservable"
    assert np.isinf(found.state.P).all()


def test_two_looks_are_known_badly_and_say_so():
    *_, looks = flown(3)
    found = fit_arc(only(looks, [20, 21]), ONLY_RADAR, 0.0)
    assert found.verdict != "converged" or math.sqrt(np.trace(found.state.P[3:, 3:])) > 100.0


def test_collinear_looks_are_no_confident_arc():
    """All along one line of sight, as of a body that falls on the radar: what is across is open."""
    t = T0 + np.arange(0.0, 60.0, 7.0)
    z = np.stack([2e6 - 3e3 * (t - t[0]), np.full(len(t), 1.0), np.full(len(t), 0.9)], axis=1)
    sigma = np.tile([75.0, 0.0035, 0.0035], (len(t), 1))
    looks = Looks(t, np.zeros(len(t), np.int64), z, sigma, np.tile(RADAR.r_ecef, (len(t), 1)))
    found = fit_arc(looks, (Channel("X", False, (50.0, 1e-3, 1e-3), "", (0.0, 0.0)),), 0.0)
    across = (
        math.sqrt(np.linalg.eigvalsh(found.state.P[:3, :3])[-1]) if found.verdict == "converged" else math.inf
    )
    assert across > 2e6 * 1e-3


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_look_off_by_100_sigma_is_a_contradiction(channel):
    *_, looks = flown(7)
    z = looks.z.copy()
    z[15, channel] += 100.0 * looks.sigma[15, channel]
    found = fit_arc(Looks(looks.t, looks.channel, z, looks.sigma, looks.r_sensor), ONLY_RADAR, 0.0)
    assert found.verdict in ("contradictory", "diverged")
    assert np.isinf(found.state.P).all()
    if found.verdict == "contradictory":
        assert np.abs(found.whitened).argmax() == 3 * 15 + channel
