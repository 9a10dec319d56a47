"""Cases of two telescopes and then three radars: no vehicle known, with and without a push after burnout."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian, fit_ballistic, kicked, transported
from tocsin.estimate.boost.gravity_turn import fit_gravity_turn
from tocsin.estimate.bound import midcourse_bound
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.motion.ballistic import propagate
from tocsin.study.accuracy.ascent import states_at
from tocsin.study.accuracy.bounds import CLOUD_TOP_M, gravity_turn_bound
from tocsin.study.accuracy.draw import Asked, Case, Draw, Truth, compared, nothing
from tocsin.study.accuracy.looks import radar_looks, telescope, telescope_looks
from tocsin.study.accuracy.reference import GRADES, ascent, burnout, channel, first_seen, place

Array = NDArray[np.float64]

SIGMA, BIAS = 50e-6, 20e-6
EYES, RADARS, GRADE = "AB", ("OLE", "PEC", "LEK"), "VHF"
FRAME_S = 1.0
PUSH_AFTER_S = 50.0
"""When the push comes, s after burnout: assumed. Then the bounds after 30 s of radar are 20 and 27 km."""


def cases() -> tuple[Case, ...]:
    """After 30, 60 and 120 s of radar without a velocity change; after 30 s with one of 30 and 100 m/s."""
    kinds = [(seconds, 0.0, 1.15) for seconds in (30, 60, 120)] + [(30, 30.0, 1.3), (30, 100.0, 1.3)]
    return tuple(
        Case(
            f"fused-{seconds}" + (f"-push-{sigma:g}" if sigma else ""),
            f"gravity turn from two telescopes, {seconds} s of VHF radars, {sigma:g} m/s of push a priori",
            partial(_draw, float(seconds), sigma),
            2500,
            {"own": Asked((0.0, most), cep=1.15, region_50=(0.47, 0.53), region_90=(0.87, 0.93))},
        )
        for seconds, sigma, most in kinds
    )


@cache
def _bound() -> Gaussian:
    """The gravity turn's own bound at burnout, which the push and the radars are added to."""
    return gravity_turn_bound(EYES, SIGMA, BIAS).state


def _draw(seconds: float, sigma: float, rng: np.random.Generator, truth: Truth) -> Draw:
    """One run: the reference ascent as two telescopes see it, a push of that sigma, and radars."""
    t0, x0 = burnout()
    t = np.arange(rng.random(), t0, FRAME_S)
    x = states_at(ascent(), t)
    high = geodetic_from_ecef(x[:, :3])[2] >= CLOUD_TOP_M
    t, x = t[high], x[high]
    eyes = tuple(telescope(which, BIAS) for which in EYES)
    seen = in_order(joined([telescope_looks(k, c, SIGMA, t, x, rng) for k, c in enumerate(eyes)]))
    fit = fit_gravity_turn(seen, eyes, (float(t[-1]) + 0.5 * FRAME_S, FRAME_S / math.sqrt(12.0)))
    if fit.status != "converged" or fit.state is None:
        return nothing(fit.status)
    pushed = t0 + PUSH_AFTER_S
    coasted = propagate(t0, x0, 0.0, np.array([pushed]))[0]
    start = (pushed, coasted + np.concatenate([np.zeros(3), sigma * rng.standard_normal(3)]))
    radars = tuple(channel(key, GRADES[GRADE].bias) for key in RADARS)
    looks = _radars(seconds, start, radars, rng)
    prior = kicked(transported(fit.state, pushed, 0.0), sigma)
    arc = fit_ballistic(looks, radars, prior.t, prior.x, 0.0, (prior,))
    if arc.status != "converged":
        return nothing(arc.status)
    at = propagate(*start, 0.0, np.array([arc.state.t]))[0]
    known = kicked(transported(replace(_bound(), x=x0), pushed, 0.0), sigma)
    bound = midcourse_bound(looks, radars, (arc.state.t, at), 0.0, (known,))
    return compared(arc.state, at, bound.P, 0.0)


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
