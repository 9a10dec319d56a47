"""Many tracks in one batch: each is told as it would be alone, whatever stands beside it."""

import math
from dataclasses import replace
from functools import cache

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT, TELESCOPES, Ascent, template
from tocsin.assess.assess import assess, assess_all
from tocsin.assess.assessment import Evidence
from tocsin.assess.case import NO_TIMES, Case
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders
from tocsin.earth.constants import MU, OMEGA
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import body_of
from tocsin.track.boost import Bank, estimate_boost
from tocsin.track.solution import Solution

TERRITORIES = Territories(borders())
RADAR = Grounds(0, 0, (("60.30,30.55", "VHF", 9),), True, False, True)
PLUME = Grounds(2, 90, (), True, False, False)
SEEN = {**NO_TIMES, "first_satellite_t": 60.0, "stereo_t": 61.0}


def held(sigma=300.0, speed=1.0, turn_deg=0.0):
    """The reference flight's burnout, faster or slower, and turned about the Earth's axis."""
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    about = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    x = np.concatenate([about @ BURNOUT[:3], speed * about @ BURNOUT[3:]])
    return Gaussian(T_BURNOUT, x, np.diag([sigma] * 3 + [sigma / 100.0] * 3) ** 2)


def circular(speed=1.0, sigma=300.0):
    """500 km over the equator on its way to a pole; of less than its speed it comes down."""
    radius = 6878137.0
    x = np.array([radius, 0.0, 0.0, 0.0, -OMEGA * radius, speed * math.sqrt(MU / radius)])
    return Gaussian(T_BURNOUT, x, np.diag([sigma] * 3 + [sigma / 100.0] * 3) ** 2)


def channel(name, kind):
    return Evidence(
        channel=name,
        phenomenology=kind,
        looks=9,
        first_t=100.0,
        last_t=185.0,
        llr=40.0,
        slow=-9.0,
        still=-5.0,
    )


def case(name, solution, grounds=RADAR, times=NO_TIMES, **more):
    said = [channel(f"satellite {k}", "infrared") for k in range(grounds.infrared)]
    said += [channel(site, "radar") for site, _, _ in grounds.radars]
    return Case(name, "alone", T_BURNOUT + 10.0, solution, grounds, tuple(said), times, **more)


def solved(phase, state, boost=None, learnt=None):
    return Solution(phase, state, boost, None, 1.0, False, False, learnt)


@cache
def cases():
    """Of every phase, well and badly known, with and without a launch, an impact, light and a past."""
    ascent = Ascent(7)
    boost = estimate_boost(
        ascent.looks, TELESCOPES, Bank((template("icbm-liquid"),), INV_BETA), ascent.out, None
    )
    told = assess(case("before", solved("ballistic", held())), TERRITORIES, INV_BETA)
    made = (
        case("long", solved("ballistic", held())),
        case("short", solved("ballistic", held(speed=0.7)), objects=3),
        case("from the sea", solved("ballistic", held(turn_deg=-60.0))),
        case("wide", solved("ballistic", held(sigma=6000.0, turn_deg=20.0)), before=told),
        case("hardly down", solved("ballistic", circular(0.985, 6000.0))),
        case("in orbit", solved("ballistic", circular())),
        case("learnt", solved("ballistic", held(), learnt=body_of(held(), 2.0 * INV_BETA, 0.05))),
        case("seen", solved("ballistic", boost.state, boost), PLUME, {**SEEN, "burnout_t": 150.0}),
        case("burning", solved("boost", held(turn_deg=90.0), boost), PLUME, SEEN),
        case("unlit", solved("boost", held())),
        case("moving", solved("manoeuvring", held(speed=0.9, turn_deg=10.0))),
        case("unknown", solved("unobservable", None), PLUME, SEEN, place=(0.8, 0.5)),
        case("nobody", solved("unobservable", None), RADAR._replace(radars=())),
    )
    return {c.track: (c, msgspec.to_builtins(assess(c, TERRITORIES, INV_BETA))) for c in made}


def same(one, other):
    """The same keys, words and states in the same order, and the same numbers to rounding."""
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-12)
    return bool(one == other)


@settings(max_examples=25)
@given(st.lists(st.deferred(lambda: st.sampled_from(sorted(cases()))), min_size=1, max_size=24))
def test_each_is_told_as_if_alone(order):
    told = assess_all([cases()[name][0] for name in order], TERRITORIES, INV_BETA)
    for name, made in zip(order, told, strict=True):
        assert same(msgspec.to_builtins(made), cases()[name][1]), name


def test_none_is_none():
    assert assess_all((), TERRITORIES, INV_BETA) == ()


def test_the_batch_has_all_kinds():
    """Else the test above says little."""
    told = {name: made for name, (_, made) in cases().items()}
    assert {made["phase"] for made in told.values()} == {"boost", "ballistic", "manoeuvring", "unobservable"}
    assert {name for name in told if told[name]["impact"] is None} >= {"in orbit", "burning", "unknown"}
    assert told["wide"]["impact"]["ellipse_50_km"]["semi_major_km"] > 60.0
    assert told["from the sea"]["classes"]["slbm"] > 0.5 > told["long"]["classes"]["slbm"]
    assert told["long"]["range_km"] > 2.0 * told["short"]["range_km"]
    assert 0.1 < told["hardly down"]["landed"] < 0.9
    # The middle of its arcs stays up: of no apogee.
    assert told["hardly down"]["apogee_km"] is None
    assert told["nobody"]["factors"]["natural"] == 0.0


def test_one_that_is_no_number_spoils_no_other():
    bad = held()
    bad.x[:] = np.nan
    sound, (alone, told) = case("bad", solved("ballistic", bad)), cases()["long"]
    made = assess_all((alone, sound, replace(alone)), TERRITORIES, INV_BETA)
    assert made[1].impact is None
    wild = Gaussian(T_BURNOUT, held().x, np.full((6, 6), np.nan))
    unknown = assess(case("wild", solved("ballistic", wild)), TERRITORIES, INV_BETA)
    assert (unknown.impact, unknown.protected) == (None, None)
    for one in (made[0], made[2]):
        assert same(msgspec.to_builtins(one), told)
