"""Cases of the boost with its template known: two telescopes and one, and a thrust that the class has not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.vehicle import vehicle
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.boost.sighting import PLACE_M
from tocsin.estimate.boost.template import Template, template_of
from tocsin.estimate.boost.template_fit import KICK_LN, TIME_S, fit_template
from tocsin.estimate.boost.template_search import AFTER_CUTOFF_S
from tocsin.estimate.bound import information, inverse
from tocsin.estimate.gaussian import Gaussian, transported
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.motion.thrust import ascend
from tocsin.study.accuracy.ascent import Ascent
from tocsin.study.accuracy.draw import Asked, Case, Draw, Truth, compared, nothing
from tocsin.study.accuracy.looks import BIAS, SIGMA, above_clouds, telescope, telescope_looks

Array = NDArray[np.float64]

KEY = "icbm-solid"
CUTOFF_S = (172.0, 4.0)  # and up to so much later
STEP_S = 0.25
# Central differences: latitude, longitude, launch time, azimuth, ln kick, cut-off, exhaust; then thrusts.
STEPS = (1e-6, 1e-6, 1e-2, 1e-5, 1e-4, 1e-2, 1e-5)
STRONG = 1.03


def cases() -> tuple[Case, ...]:
    """Stereo and single, frames of 1, 3 and 10 s, and stereo with a thrust of 1.03 times the class's.

    Of the longer frames no regions are asked: the cut-off, anywhere in the frame, rules them then, and that
    is not Gaussian.
    """
    rmse = {"launch": 1.15, "position": 1.15, "velocity": 1.15}
    asked: dict[Truth, Asked] = {
        "own": Asked((0.85, 1.2), rmse, region_50=(0.45, 0.55), region_90=(0.86, 0.94))
    }
    longer: dict[Truth, Asked] = {"own": Asked((0.85, 1.2), rmse)}
    kinds = [
        (f"boost-{words}{'' if frame == 1.0 else f'-{frame:g}s'}", eyes, frame, 1.0, told)
        for words, eyes in (("stereo", "AB"), ("single", "A"))
        for frame, told in ((1.0, asked), (3.0, longer), (10.0, longer))
    ]
    kinds.append(("boost-stereo-thrust", "AB", 1.0, STRONG, {"own": Asked((0.0, 2.0), launch_cep=3e3)}))
    return tuple(
        Case(
            name,
            f"template known, satellites {eyes}, frames of {frame:g} s, thrust x {off:g}",
            partial(_draw, eyes, frame, off),
            400,
            told,
        )
        for name, eyes, frame, off, told in kinds
    )


@final
@dataclass(frozen=True, slots=True)
class _Boost:
    """A vehicle drawn from its class: parameters (7 + stages,) and the template that the fit knows."""

    template: Template
    theta: Array

    def states(self, t: Array, shift: Array | float = 0.0) -> Array:
        """States (n, 6) at ascending times t (n,), the parameters shifted."""
        p = self.theta + shift
        body = self.template.rocket.scaled(p[7:], float(p[6]))
        place = (float(p[0]), float(p[1]), 0.0)
        return ascend(body, place, float(p[3]), math.exp(p[4]), float(p[5]), t - p[2], STEP_S)

    def slopes(self, t: Array) -> Array:
        """dx/dtheta (n, 6, p) at fixed times t (n,)."""
        steps = np.concatenate([STEPS, np.full(len(self.theta) - len(STEPS), 1e-5)])
        return np.stack(
            [
                (self.states(t, s) - self.states(t, -s)) / (2.0 * steps[j])
                for j, s in enumerate(np.diag(steps))
            ],
            axis=2,
        )


def _drawn(off: float, rng: np.random.Generator) -> _Boost:
    kind = vehicle(KEY)
    template = template_of(kind)
    nominal = Ascent()
    stages = len(template.rocket.stages)
    thrust = (
        off * np.ones(stages) if off != 1.0 else 1.0 + template.spread_thrust * rng.standard_normal(stages)
    )
    theta = [
        nominal.lat, nominal.lon, 0.0, nominal.azimuth, math.log(nominal.kick),
        CUTOFF_S[0] + CUTOFF_S[1] * rng.random(), 1.0 + template.spread_exhaust * rng.standard_normal(),
        *thrust,
    ]  # fmt: skip
    return _Boost(template, np.array(theta))


def _draw(eyes: str, frame: float, off: float, rng: np.random.Generator, truth: Truth) -> Draw:
    """One run: engines from the class's spreads, biases from their priors, the plume's end within a frame."""
    flown = _drawn(off, rng)
    cutoff = float(flown.theta[5])
    t = np.arange(frame * rng.random(), cutoff, frame)
    t, x = above_clouds(t, flown.states(t))
    channels = tuple(telescope(which, BIAS) for which in eyes)
    parts: list[Looks] = [telescope_looks(k, c, SIGMA, t, x, rng) for k, c in enumerate(channels)]
    out = (float(t[-1]) + 0.5 * frame, frame / math.sqrt(12.0))
    fit = fit_template(in_order(joined(parts)), channels, flown.template, out)
    if fit.status != "converged":
        return nothing(fit.status)
    P = _bound(flown, parts, channels, x, flown.slopes(t), out[1])
    end = np.array([cutoff + AFTER_CUTOFF_S])
    move = flown.slopes(end)[0]
    ground = flown.slopes(flown.theta[2:3])[0, :3, :2]  # of the launch point itself
    told, true = (ecef_from_geodetic(float(p[0]), float(p[1]), 0.0) for p in (fit.launch, flown.theta))
    launch = (
        float(np.linalg.norm(np.subtract(told, true))),
        float(np.sqrt(np.trace(ground @ P[:2, :2] @ ground.T))),
    )
    # A fit that ends too early is told while the truth still burns: there it lacks most of its error.
    state = transported(fit.state, max(fit.state.t, float(end[0])), 0.0)
    x_true = flown.states(np.array([state.t]))[0]
    bound = transported(Gaussian(float(end[0]), flown.states(end)[0], move @ P @ move.T), state.t, 0.0).P
    return compared(state, x_true, bound, 0.0, launch=launch)


def _bound(
    flown: _Boost,
    parts: list[Looks],
    channels: tuple[Channel, ...],
    x: Array,
    slope: Array,
    frame_sigma: float,
) -> Array:
    """Covariance (p, p) of the template's parameters, with the priors of the fit and the seen cut-off."""
    kind = flown.template
    place = PLACE_M / 6.371e6
    sigma = np.array([place, place, TIME_S[1], math.inf, KICK_LN[1], math.inf, kind.spread_exhaust])
    prior = np.diag(np.concatenate([sigma, np.full(len(flown.theta) - 7, kind.spread_thrust)]) ** -2.0)
    prior[np.ix_([2, 5], [2, 5])] += frame_sigma**-2.0
    n = len(parts)
    found = information(joined(parts), channels, np.tile(x, (n, 1)), np.tile(slope, (n, 1, 1)))
    return inverse(found + prior)
