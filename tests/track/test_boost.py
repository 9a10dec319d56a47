"""The bank of templates at work on one boost: where it begins, how it is weighed, when it gives way."""

import numpy as np
import pytest
from tocsin.estimate.template import Template

from tests.estimate.scenes import (
    INV_BETA,
    LAUNCH,
    RADARS,
    SATELLITES,
    TELESCOPES,
    Ascent,
    nees,
    template,
)
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.looks import Looks, no_looks
from tocsin.sensor.measurement import line_of_sight
from tocsin.track.boost import Bank, estimate_boost, ground_below
from tocsin.track.solve import solve

CHANNELS = (*TELESCOPES, *RADARS)
BANK = Bank((template("icbm-liquid"), template("icbm-solid")), INV_BETA)


def test_where_the_first_line_meets_the_clouds():
    for seed in range(5):
        ascent = Ascent(seed)
        lat, lon = ground_below(ascent.looks)
        true = geodetic_from_ecef(ascent.states(ascent.looks.t[:1])[:, :3])
        # The plume may have risen a kilometre above the clouds by its first look, and is seen aslant.
        assert abs(lat - true[0][0]) < 2e-3
        assert abs(lon - true[1][0]) * np.cos(lat) < 2e-3
    line = line_of_sight(ascent.looks.z[:1, :2], ascent.looks.r_sensor[:1])[0]
    assert line @ -SATELLITES[0] > 0


def test_a_line_that_misses_the_earth_does_not_break():
    ascent = Ascent(0)
    z = ascent.looks.z.copy()
    z[:, 0] += 0.3
    away = Looks(ascent.looks.t, ascent.looks.channel, z, ascent.looks.sigma, ascent.looks.r_sensor)
    assert np.all(np.isfinite(ground_below(away)))


def test_too_few_looks_for_the_bank():
    ascent = Ascent(0)
    assert estimate_boost(ascent.looks.where(np.arange(8)), CHANNELS, BANK, None, None) is None
    assert solve(no_looks(), CHANNELS, BANK, None, None).phase == "unobservable"


def test_templates_are_weighed_and_merged():
    ascent = Ascent(4, until=50.0)
    found = estimate_boost(ascent.looks, CHANNELS, BANK, None, None)
    assert min(found.weights) > 0.2  # so early, both classes are likely
    assert sum(found.weights) == pytest.approx(1.0)
    states = [f.state for f in found.fits]
    mean = sum(w * s.x for w, s in zip(found.weights, states, strict=True))
    np.testing.assert_allclose(found.state.x, mean)
    spread = sum(
        w * (s.P + np.outer(s.x - mean, s.x - mean)) for w, s in zip(found.weights, states, strict=True)
    )
    np.testing.assert_allclose(found.state.P, spread)
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
