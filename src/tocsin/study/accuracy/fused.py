"""Cases of two telescopes and then three radars: no vehicle known, with and without a push after burnout."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian, fit_ballistic, kicked, transported
from tocsin.estimate.boost.gravity_turn import fit_gravity_turn
from tocsin.estimate.bound import midcourse_bound
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.estimate.posterior import powered_bound
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import STANDARD, Forces, forces
from tocsin.study.accuracy.bounds import gravity_turn_bound, powered_path
from tocsin.study.accuracy.draw import POSTERIOR, Asked, Case, Draw, Truth, compared, nothing
from tocsin.study.accuracy.looks import BIAS, SIGMA, radar_looks
from tocsin.study.accuracy.other import OTHER, SPREAD, Start, other_radar, pushed
from tocsin.study.accuracy.other_boost import SeenBoost, other_boost, own_boost
from tocsin.study.accuracy.reference import GRADES, channel, first_seen, place

Array = NDArray[np.float64]

EYES, RADARS, GRADE = "AB", ("OLE", "PEC", "LEK"), "VHF"
FRAME_S = 1.0
PUSH_AFTER_S = 50.0
"""When the push comes, s after burnout: assumed. Then the bounds after 30 s of radar are 20 and 27 km."""


World = tuple[SeenBoost, Start, Forces, Looks, tuple[Channel, ...]]
"""The boost, the state from which the body falls, in which field, and the radars' looks by channel."""


def cases() -> tuple[Case, ...]:
    """After 30 to 300 s of radar without a velocity change; after 30 s with one of 30 and 100 m/s."""
    kinds = [(seconds, 0.0, 1.15) for seconds in (30, 60, 120, 300)] + [(30, 30.0, 1.3), (30, 100.0, 1.3)]
    return tuple(
        Case(
            f"fused-{seconds}" + (f"-push-{sigma:g}" if sigma else ""),
            f"gravity turn from two telescopes, {seconds} s of VHF radars, {sigma:g} m/s of push a priori",
            partial(_draw, float(seconds), sigma),
            2500,
            _asked(most, sigma > 0.0),
        )
        for seconds, sigma, most in kinds
    )


def _asked(most: float, allows: bool) -> dict[Truth, Asked]:
    """Of the truth that changes its velocity after burnout only a fit is asked that allows for it."""
    own = Asked(
        (0.0, most), cep=1.15, region_50=(0.47, 0.53), region_90=(0.87, 0.93), bound=POSTERIOR, holds=False
    )
    return {"own": own, "other": OTHER} if allows else {"own": own}


@cache
def _bound() -> Gaussian:
    """The gravity turn's own bound at burnout, which the push and the radars are added to."""
    return gravity_turn_bound(EYES, SIGMA, BIAS).state


def _draw(seconds: float, sigma: float, rng: np.random.Generator, truth: Truth) -> Draw:
    """One run: an ascent as two telescopes see it, a push after it, and radars."""
    seen, start, field, looks, radars = (
        _other(seconds, rng) if truth == "other" else _own(seconds, sigma, rng)
    )
    fit = fit_gravity_turn(seen.looks, seen.channels, seen.out)
    if fit.status != "converged" or fit.state is None:
        return nothing(fit.status)
    prior = kicked(transported(fit.state, start[0], 0.0), sigma)
    arc = fit_ballistic(looks, radars, prior.t, prior.x, 0.0, (prior,))
    if arc.status != "converged":
        return nothing(arc.status)
    at = propagate(*start, 0.0, np.array([arc.state.t]), field)[0]
    t0, x0 = float(seen.flown.t[-1]), seen.flown.x[-1]
    known = replace(_bound(), x=x0)
    if truth == "other":
        P = powered_bound(powered_path(seen.flown, seen.looks.t), seen.looks, seen.channels)
        known = Gaussian(t0, x0, P)
    known = kicked(transported(known, start[0], 0.0), sigma)
    bound = midcourse_bound(looks, radars, (arc.state.t, at), 0.0, (known,), field)
    return compared(arc.state, at, bound.P, 0.0, field)


def _own(seconds: float, sigma: float, rng: np.random.Generator) -> World:
    """The reference ascent as the estimator thinks that it is seen, a push of that sigma, radars."""
    boost = own_boost(EYES, SIGMA, BIAS, rng)
    t0, x0 = float(boost.flown.t[-1]), boost.flown.x[-1]
    coasted = propagate(t0, x0, 0.0, np.array([t0 + PUSH_AFTER_S]))[0]
    push = np.concatenate([np.zeros(3), sigma * rng.standard_normal(3)])
    start = t0 + PUSH_AFTER_S, coasted + push
    radars = tuple(channel(key, GRADES[GRADE].bias) for key in RADARS)
    return boost, start, STANDARD, _radars(seconds, start, radars, rng), radars


def _other(seconds: float, rng: np.random.Generator) -> World:
    """The same of a truth that the estimator does not share; a course that no radar sees is drawn again."""
    field = forces(SPREAD.degree)
    while True:
        boost = other_boost(EYES, SIGMA, BIAS, rng)
        t0, x0 = float(boost.flown.t[-1]), boost.flown.x[-1]
        later = t0 + PUSH_AFTER_S
        start = pushed((later, propagate(t0, x0, 0.0, np.array([later]), field)[0]), rng)
        firsts = {key: first_seen(key, start, field) for key in RADARS}
        end = min(firsts.values()) + seconds
        if math.isfinite(end):
            break
    parts: list[Looks] = []
    radars: list[Channel] = []
    for key, first in firsts.items():
        if first < end:
            looks, told = other_radar(key, GRADE, start, field, (first, end), rng)
            parts.append(replace(looks, channel=np.full(len(looks), len(radars), dtype=np.int64)))
            radars.append(told)
    return boost, start, field, in_order(joined(parts)), tuple(radars)


def _radars(
    seconds: float, start: tuple[float, Array], radars: tuple[Channel, ...], rng: np.random.Generator
) -> Looks:
    """The radars' looks by so many seconds after the first of all."""
    firsts = [first_seen(key, start) for key in RADARS]
    grade = GRADES[GRADE]
    parts = []
    for k, (key, first) in enumerate(zip(RADARS, firsts, strict=True)):
        t = np.arange(first, min(firsts) + seconds + 1e-6, grade.revisit_s)
        if len(t):
            parts.append(radar_looks(k, radars[k], place(key), grade, t, propagate(*start, 0.0, t), rng))
    return in_order(joined(parts))
