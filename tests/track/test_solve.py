"""One system track solved from all its looks: the boost, the arc after it, and what contradicts them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.estimate.scenes import (
    INV_BETA,
    NOISE,
    RADARS,
    TELESCOPES,
    Ascent,
    nees,
    place,
    template,
)
from tocsin.estimate.ballistic import transported
from tocsin.estimate.looks import Looks, in_order, joined
from tocsin.motion.ballistic import propagate
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.track.boost import Bank, BoostEstimate
from tocsin.track.solve import solve

CHANNELS = (*TELESCOPES, *RADARS)
FINE = (*TELESCOPES, replace(RADARS[0], bias_sigma=tuple(0.2 * s for s in RADARS[0].bias_sigma)))
BANK = Bank((template("icbm-liquid"), template("icbm-solid")), INV_BETA)
# A radar 2,500 km down the range of an ascent toward the north, and the channel it stands for.
RADAR, CHANNEL = place(68.0, -100.0), 2


def northward(seed):
    ascent = Ascent(seed)
    rng = np.random.default_rng(seed)
    while np.cos(ascent.azimuth - 0.1) < 0.9:  # of the drawn headings, one over the radar
        seed += 1000
        ascent = Ascent(seed)
    return ascent, rng


def arc_of(ascent, t):
    """True states of the body at t (n,): the ascent up to the cut-off, free flight after it."""
    out = ascent.t_launch + ascent.cutoff
    free = propagate(out, ascent.states(out)[0], INV_BETA, t)
    return np.where((t < out)[:, None], ascent.states(t), free)


def radar_looks(states, t, rng, share=1.0):
    """Looks at a body with these states, of the radar's errors or a share of them."""
    r_s = np.tile(RADAR, (len(t), 1))
    h, _ = range_azimuth_elevation(states[:, :3], states[:, 3:], r_s)
    sigma = share * np.tile([NOISE[0], NOISE[1], NOISE[1]], (len(t), 1))
    z = h + share * rng.normal(0.0, RADARS[0].bias_sigma) + rng.standard_normal(h.shape) * sigma
    z[:, 1] %= 2.0 * np.pi
    return Looks(t, np.full(len(t), CHANNEL, dtype=np.int64), z, sigma, r_s)


def seen(seed, after, kick=0.0):
    """An ascent's infrared looks, and radar looks at times after its cut-off, with a push at the fourth."""
    ascent, rng = northward(seed)
    t = ascent.t_launch + ascent.cutoff + np.asarray(after, float)
    x = arc_of(ascent, t)
    if kick:
        x[3:] = propagate(t[3], x[3] + [0, 0, 0, 0, 0, kick], INV_BETA, t[3:])
    return ascent, radar_looks(x, t, rng)


@pytest.fixture(scope="module")
def boosted():
    """One flight solved at burnout, from which the others go on."""
    ascent, radar = seen(1, 20.0 + 7.0 * np.arange(20))
    return ascent, radar, solve(ascent.looks, CHANNELS, BANK, ascent.out, None)


def test_while_it_burns_the_boost_is_told():
    ascent = Ascent(3, until=120.0)
    found = solve(ascent.looks, CHANNELS, BANK, None, None)
    assert found.phase == "boost"
    assert found.boost.burnout is None
    assert found.state.t == ascent.looks.t[-1]
    assert not found.agrees
    assert nees(found.state.x - ascent.states(found.state.t)[0], found.state.P) < 30.0


def test_after_burnout_the_boost_goes_on_as_an_arc(boosted):
    ascent, _, found = boosted
    assert found.phase == "ballistic"
    assert found.boost.burnout == ascent.out[0]
    assert found.boost.model == "template icbm-solid"
    assert found.segment_t == found.state.t


def test_radar_looks_that_agree_sharpen_the_arc(boosted):
    ascent, radar, alone = boosted
    found = solve(in_order(joined([ascent.looks, radar])), CHANNELS, BANK, ascent.out, alone)
    assert (found.phase, found.agrees, found.prior_rejected) == ("ballistic", True, False)
    t = float(radar.t[-1])
    here, before = (transported(s.state, t, INV_BETA) for s in (found, alone))
    assert nees(here.x - arc_of(ascent, np.array([t]))[0], here.P) < 30.0
    assert np.trace(here.P[3:, 3:]) < 0.1 * np.trace(before.P[3:, 3:])


def test_two_radar_looks_are_not_yet_an_agreement(boosted):
    ascent, radar, alone = boosted
    two = radar.where(np.arange(2))
    assert not solve(in_order(joined([ascent.looks, two])), CHANNELS, BANK, ascent.out, alone).agrees


def test_looks_before_the_cut_off_do_not_spoil_the_arc(boosted):
    ascent, radar, alone = boosted
    t = ascent.t_launch + ascent.cutoff + np.array([-30.0, -20.0, -10.0, 1.0])
    early = radar_looks(arc_of(ascent, t), t, np.random.default_rng(5))
    without = solve(in_order(joined([ascent.looks, radar])), CHANNELS, BANK, ascent.out, alone)
    found = solve(in_order(joined([ascent.looks, early, radar])), CHANNELS, BANK, ascent.out, alone)
    np.testing.assert_allclose(found.state.x, without.state.x, atol=1e-3)


def test_a_boost_estimate_that_the_radar_refutes_is_set_aside(boosted):
    ascent, radar, alone = boosted
    state = alone.boost.state
    wrong = type(state)(state.t, state.x + np.array([0, 0, 80e3, 0, 500.0, 0]), state.P)
    boost = BoostEstimate(
        alone.boost.fits,
        alone.boost.weights,
        wrong,
        alone.boost.model,
        alone.boost.looks,
        alone.boost.burnout,
    )
    before = type(alone)("ballistic", wrong, boost, None, 1.0, False, False)
    found = solve(in_order(joined([ascent.looks, radar])), CHANNELS, BANK, ascent.out, before)
    assert found.prior_rejected
    assert found.phase == "ballistic"
    t = float(radar.t[-1])
    here = transported(found.state, t, INV_BETA)
    assert nees(here.x - arc_of(ascent, np.array([t]))[0], here.P) < 30.0


def test_a_body_that_pushes_itself_off_its_arc_is_not_explained():
    """300 m/s at the fourth look: what is told is the new arc, or that there is none, never the old one."""
    ascent, radar = seen(1, 20.0 + 7.0 * np.arange(40), kick=300.0)
    found = solve(radar, CHANNELS, BANK, None, None)
    assert found.phase == "ballistic"
    assert found.segment_t > radar.t[2] - 7.0
    both = solve(in_order(joined([ascent.looks, radar])), CHANNELS, BANK, ascent.out, None)
    assert both.prior_rejected or both.phase == "manoeuvring"
    assert not both.agrees


def test_radar_alone(boosted):
    ascent, radar, _ = boosted
    found = solve(radar, CHANNELS, BANK, None, None)
    assert (found.phase, found.agrees, found.boost) == ("ballistic", False, None)
    t = float(radar.t[-1])
    here = transported(found.state, t, INV_BETA)
    assert nees(here.x - arc_of(ascent, np.array([t]))[0], here.P) < 30.0
    few = solve(radar.where(np.arange(3)), CHANNELS, BANK, None, None)
    assert (few.phase, few.state) == ("unobservable", None)


def test_radar_alone_of_a_burning_body():
    ascent, rng = northward(6)
    t = ascent.t_launch + ascent.cutoff - 70.0 + 7.0 * np.arange(10)
    found = solve(radar_looks(arc_of(ascent, t), t, rng), CHANNELS, BANK, None, None)
    assert found.phase == "boost"
    assert found.segment_t is None


def test_an_arc_of_radars_alone_is_honest_though_they_saw_the_engine_burn():
    """The last looks before the cut-off hardly bend the fit, yet spoil its state: they must stay out."""
    values = []
    for seed in range(24):
        ascent, rng = northward(seed)
        t = ascent.t_launch + ascent.cutoff + np.arange(5.0 * rng.random() - 40.0, 100.0, 5.0)
        looks = radar_looks(arc_of(ascent, t), t, rng, share=0.2)
        found = None
        for k in range(10, len(t) + 1, 2):
            found = solve(looks.where(np.arange(k)), FINE, BANK, None, found)
        assert found.phase == "ballistic"
        here = transported(found.state, t[-1], INV_BETA)
        values.append(nees(here.x - arc_of(ascent, t[-1:])[0], here.P))
    low, high = stats.chi2.interval(0.999, 6 * len(values))
    assert low < sum(values) < high


@pytest.mark.parametrize(("others", "phase"), [(1, "ballistic"), (2, "ballistic"), (3, "boost")])
def test_an_arc_is_not_given_up_for_the_last_looks_of_another_body(others, phase):
    """3 km off in range, as of a body beside it: of two times the arc is kept, three are looked into."""
    ascent, rng = northward(4)
    t = ascent.t_launch + ascent.cutoff + 100.0 + 5.0 * np.arange(30)
    looks = radar_looks(arc_of(ascent, t), t, rng)
    held = solve(looks.where(np.arange(len(t) - others)), CHANNELS, BANK, None, None)
    assert held.phase == "ballistic"
    looks.z[-others:, 0] += 3e3
    found = solve(looks, CHANNELS, BANK, None, held)
    assert found.phase == phase
    if phase == "ballistic":
        sigma = np.sqrt(np.diag(held.state.P))
        assert np.max(np.abs(found.state.x - held.state.x) / sigma) < 0.01
        assert solve(looks, CHANNELS, BANK, None, None).phase != "ballistic"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_push_of_an_arc_from_a_boost_is_not_hidden_by_the_looks_before_it(seed):
    """They make an arc by themselves; to tell it would call the plume that was seen a contradiction."""
    ascent, rng = northward(seed)
    t = ascent.t_launch + ascent.cutoff + 20.0 + 5.0 * np.arange(14)
    x = arc_of(ascent, t)
    x[7:] = propagate(t[7], x[7] + [0, 0, 0, 0, 0, 120.0], INV_BETA, t[7:])
    radar = radar_looks(x, t, rng, share=0.2)
    found = solve(ascent.looks, FINE, BANK, ascent.out, None)
    for k in range(1, len(t) + 1):
        looks = in_order(joined([ascent.looks, radar.where(np.arange(k))]))
        found = solve(looks, FINE, BANK, ascent.out, found)
        assert not (found.prior_rejected and found.phase == "ballistic" and found.segment_t < t[7])


def test_a_partners_state_sharpens_too(boosted):
    ascent, radar, alone = boosted
    here = solve(in_order(joined([ascent.looks, radar])), CHANNELS, BANK, ascent.out, alone)
    by_radar = solve(radar, CHANNELS, BANK, None, None).state
    told = solve(ascent.looks, CHANNELS, BANK, ascent.out, alone, (by_radar,))
    assert told.phase == "ballistic"
    # The partner's state is its radar's looks in six numbers: fused, they say what the looks themselves say.
    t = float(radar.t[-1])
    a, b = transported(here.state, t, INV_BETA), transported(told.state, t, INV_BETA)
    sigma = np.sqrt(np.diag(a.P))
    assert np.max(np.abs(a.x - b.x) / sigma) < 0.5
    np.testing.assert_allclose(np.sqrt(np.diag(b.P)), sigma, rtol=0.1)


def test_a_push_between_the_looks_leaves_a_state_that_holds_the_truth():
    """A bus pushes at the fourth look, too soon before the last for the radar to have an arc of its own."""
    off = []
    for seed in range(1, 13):
        ascent, rng = northward(seed)
        t = ascent.t_launch + ascent.cutoff + 20.0 + 5.0 * np.arange(9)
        x = arc_of(ascent, t)
        x[3:] = propagate(t[3], x[3] + np.array([0, 0, 0, 0, 0, 280.0]), INV_BETA, t[3:])
        looks = in_order(joined([ascent.looks, radar_looks(x, t, rng, share=0.2)]))
        found = solve(looks, CHANNELS, BANK, ascent.out, None)
        assert found.phase == "manoeuvring"
        last = transported(found.state, float(t[-1]), INV_BETA)
        off.append(nees(last.x - x[-1], last.P))
    # Six unknowns each: the sum stays below what is rarer than 1e-4.
    assert sum(off) < stats.chi2.isf(1e-4, 6 * len(off))
