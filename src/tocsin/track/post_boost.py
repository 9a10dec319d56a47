"""What a vehicle may still gain between burnout and the first radar look, as part of a boost's state.

What may come after that look is told beside the arc, by `assess.buses`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.estimate.ballistic import Gaussian
from tocsin.track.boost import Bank, BoostEstimate


@final
@dataclass(frozen=True, slots=True)
class PostBoost:
    """What is assumed of velocity changes after burnout, beside each class's own sigma in the catalogue."""

    unknown_m_s: float = assumed(
        100.0, 0.0, 150.0, "m/s", "1 sigma of a vehicle in no bank: as the class that gains most", True
    )
    within_s: float = assumed(100.0, 10.0, 300.0, "s", "after burnout, the latest time of such a change")

    def __post_init__(self) -> None:
        check_assumed(self)


POST_BOOST = PostBoost()


def post_boost_sigma(bank: Bank, boost: BoostEstimate, model: PostBoost = POST_BOOST) -> float:
    """1-sigma (m/s, each axis) of the velocity that may be gained after burnout: s^2 = sum w_i s_i^2.

    w_i are the mixture's weights, s_i the classes' figures; the free model, and a class without a figure, may
    be anything and so the one that gains most: `unknown_m_s`.
    """
    known = {t.name: s for t, s in zip(bank.templates, bank.post_boost, strict=False)}
    parts = boost.mixture.components if boost.mixture is not None else ()
    if not parts:
        return model.unknown_m_s
    return math.sqrt(sum(c.weight * known.get(c.name, model.unknown_m_s) ** 2 for c in parts))


def with_post_boost(
    state: Gaussian, sigma: float, free: float | None, model: PostBoost = POST_BOOST
) -> Gaussian:
    """The state at burnout of the arc that the body is on after a velocity change dv of `sigma` an axis.

    The change comes at any time tau after burnout alike, up to `within_s` or, if that is sooner, to `free`,
    when a radar first looked or a partner's state holds: seen back from then, the arc left burnout at v + dv
    and r - dv tau, so that P += s^2 [[E tau^2, -E tau], [-E tau, 1]], E tau = T / 2, E tau^2 = T^2 / 3; what
    gravity and rotation make of 100 s, 2 % of it, is left out. It is `kicked` at tau, brought back.
    """
    if sigma == 0.0:
        return state
    until = model.within_s
    if free is not None:
        until = min(until, max(free - state.t, 0.0))
    gain = np.kron([[until**2 / 3.0, -until / 2.0], [-until / 2.0, 1.0]], np.eye(3))
    return Gaussian(state.t, state.x, state.P + sigma**2 * gain)
