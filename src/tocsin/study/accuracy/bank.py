"""Cases of the boost with a bank of templates: one that lacks the vehicle's class, and the whole one."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.vehicle import vehicles
from tocsin.estimate.ballistic import Gaussian, transported
from tocsin.estimate.boost import Template, fit_boost
from tocsin.estimate.boost.template import template_of
from tocsin.estimate.posterior import powered_bound
from tocsin.motion.ballistic import propagate
from tocsin.study.accuracy.bounds import powered_path
from tocsin.study.accuracy.draw import POSTERIOR, Asked, Case, Draw, Truth, compared, nothing
from tocsin.study.accuracy.looks import BIAS, SIGMA
from tocsin.study.accuracy.other import OTHER
from tocsin.study.accuracy.other_boost import other_boost, own_boost

Array = NDArray[np.float64]

LIKE = "icbm-solid"
"""The class whose engines are near the reference flight's."""
EYES = "AB"
EARLY_S = 30.0


def cases() -> tuple[Case, ...]:
    """Stereo at burnout, the likest class taken out of the bank or left in."""
    strange: dict[Truth, Asked] = {
        "own": Asked((0.0, 1.2), region_90=(0.85, 0.95), free=(0.95, 1.0), bound=POSTERIOR, holds=False),
        "other": OTHER,
    }
    return (
        Case("boost-strange", "two telescopes, a vehicle in no bank", partial(_draw, False), 400, strange),
        Case("boost-bank", "two telescopes, the whole bank", partial(_draw, True), 400, {"other": OTHER}),
    )


def _draw(whole: bool, rng: np.random.Generator, truth: Truth) -> Draw:
    """One run: the mixture of bank and free model at burnout, against the bound of the free model."""
    see = other_boost if truth == "other" else own_boost
    seen = see(EYES, SIGMA, BIAS, rng)
    bank = _bank(whole)
    early = seen.looks.where(seen.looks.t < seen.looks.t[0] + EARLY_S)
    free = fit_boost(early, seen.channels, bank).free_weight
    found = fit_boost(seen.looks, seen.channels, bank, seen.out)
    if found.state is None:
        return nothing(found.status)
    t0, x0 = float(seen.flown.t[-1]), seen.flown.x[-1]
    # A fit that ends too early is told while the truth still burns: there it lacks most of its error.
    state = transported(found.state, max(found.state.t, t0), 0.0)
    x = propagate(t0, x0, 0.0, np.array([state.t]))[0]
    P = powered_bound(powered_path(seen.flown, seen.looks.t), seen.looks, seen.channels)
    bound = transported(Gaussian(t0, x0, P), state.t, 0.0).P
    return compared(state, x, bound, 0.0, free=free)


def _bank(whole: bool) -> tuple[Template, ...]:
    """Every class of missile, or all but the likest."""
    return tuple(template_of(v) for v in vehicles() if v.role == "missile" and (whole or v.key != LIKE))
