"""A template against looks of another class, or of engines that its class has not."""

import math

import numpy as np

from tests.estimate.boost.templates import fitted
from tests.estimate.scenes import LAUNCH, Ascent, nees, telescope_looks, template
from tocsin.estimate.boost import Template


def test_engines_bent_beyond_their_class_weigh_against_a_template(flown):
    """A template of a tenth less thrust fits as well with engines ten sigma off: its evidence must say so."""
    ascent, own = flown[1]
    weak = template()
    weak = Template("weak", weak.rocket.scaled(np.full(3, 0.9), 1.0), weak.spread_thrust, weak.spread_exhaust)
    other = fitted(ascent, model=weak)
    assert np.max(np.abs(other.y[7:10] - 1.0)) > 0.05
    # The looks alone hardly tell them apart; the priors do, of a class four times as wide even.
    assert other.bent
    assert other.chi2 - own.chi2 < 60.0
    assert other.evidence - own.evidence > 10.0


def test_another_class_is_told_apart(flown):
    ascent, own = flown[2]
    other = fitted(ascent, model=template("icbm-liquid"))
    assert other.status != "converged" or other.evidence - own.evidence > 50.0


def test_a_vehicle_of_three_hundredths_more_thrust():
    """Off by three spreads in every stage: the covariance stays true to a factor, the launch within 3 km."""
    model, values, misses = template(), [], []
    for seed in range(24):
        rng = np.random.default_rng(700 + seed)
        ascent = Ascent(700 + seed)
        ascent.body = model.rocket.scaled(np.full(3, 1.03), 1.0)
        ascent.cutoff -= 4.0
        t = ascent.t_launch + np.arange(rng.random(), ascent.cutoff, 1.0)
        ascent.looks = telescope_looks(ascent.states(t), t, rng)
        ascent.out = (float(ascent.looks.t[-1]) + 0.5, 1.0 / math.sqrt(12.0))
        fit = fitted(ascent)
        values.append(nees(ascent.states(fit.state.t)[0] - fit.state.x, fit.state.P))
        off = (fit.launch[:2] - LAUNCH[:2]) * 6.37e6 * np.array([1.0, math.cos(LAUNCH[0])])
        misses.append(np.linalg.norm(off))
    assert np.mean(values) / 6.0 < 2.0
    assert np.median(misses) < 3e3
