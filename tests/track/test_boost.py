"""The bank of templates at work on one boost: where it begins, how it is weighed, when it gives way."""

import numpy as np
import pytest

from tests.estimate.scenes import (
    INV_BETA,
    LAUNCH,
    RADARS,
    TELESCOPES,
    Ascent,
    nees,
    template,
)
from tocsin.estimate.boost import Template
from tocsin.estimate.looks import no_looks
from tocsin.track.boost import Bank, estimate_boost
from tocsin.track.solve import solve

CHANNELS = (*TELESCOPES, *RADARS)
BANK = Bank((template("icbm-liquid"), template("icbm-solid")), INV_BETA)


def test_too_few_looks_for_the_bank():
    ascent = Ascent(0)
    assert estimate_boost(ascent.looks.where(np.arange(8)), CHANNELS, BANK, None, None) is None
    assert solve(no_looks(), CHANNELS, BANK, None, None).phase == "unobservable"


def test_templates_are_weighed_and_merged():
    ascent = Ascent(4, until=50.0)
    found = estimate_boost(ascent.looks, CHANNELS, BANK, None, None)
    assert min(found.weights) > 0.2  # so early, both classes are likely
    assert sum(found.weights) == pytest.approx(1.0)
    w = np.array([c.weight for c in found.mixture.components])
    np.testing.assert_allclose(found.state.x, w @ [c.state.x for c in found.mixture.components])
    assert found.state is found.mixture.state
    assert found.best is found.fits[int(np.argmax(found.weights))]


def strange(factor):
    """A bank that knows only a class of so many times the thrust."""
    known = template("icbm-solid")
    return Bank((Template("strange", known.rocket.scaled(np.full(3, factor), 1.0), 0.01, 0.005),), INV_BETA)


def test_a_vehicle_of_no_template_is_seen_without_one():
    """Of the wrong class's state two telescopes are not sure: they go on without any."""
    ascent = Ascent(5)
    found = estimate_boost(ascent.looks, CHANNELS, strange(1.3), None, None)
    assert found.model == "profile-free"
    assert nees(found.state.x - ascent.states(found.state.t)[0], found.state.P) < 30.0


def test_one_telescope_that_no_template_explains_says_nothing():
    found = estimate_boost(Ascent(5, eyes=(0,)).looks, CHANNELS, strange(2.0), None, None)
    assert found.state is None
    assert found.model == "no template explains it"


def test_launch_place():
    ascent = Ascent(2)
    found = estimate_boost(ascent.looks, CHANNELS, BANK, ascent.out, None)
    error = found.best.launch - np.array([*LAUNCH[:2], ascent.t_launch])
    assert nees(error, found.best.launch_P) < 20.0
