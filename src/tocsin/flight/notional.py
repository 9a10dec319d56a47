"""A notional two-stage launcher in a few unknowns, as far as its first stage burns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.motion.rocket import Rocket

MASS_KG = 550e3  # at lift-off: a path tells forces over masses only, so a round one is taken
LEAST_LEFT = 0.1  # of it, for the second stage and what the first weighs empty
AREA_M2 = 10.5
CD, CD_PEAK = 0.3, 0.5
VERTICAL_S, PITCH_OVER_END_S = 8.0, 28.0  # assumed: paths of tables do not tell them
CAPPED = 4  # parts of a burn at constant acceleration, each of constant thrust


@final
@dataclass(frozen=True, slots=True)
class Notional:
    """What a launcher's path tells of it.

    thrust: at lift-off over mass, m/s2; exhaust: speed, m/s; burn_s: of the first stage; cap: the
    acceleration by thrust that throttling never lets it pass, m/s2; ln_later: of the thrust in the second
    half of the burn over that in the first; ln_drag: of the factor on the assumed drag (10.5 m2; 0.3, and
    0.5 at Mach 1.2), in which throttling near the greatest dynamic pressure is contained.
    """

    thrust: float
    exhaust: float
    burn_s: float
    cap: float
    ln_later: float
    ln_drag: float

    def rocket(self) -> Rocket | None:
        """Its first stage in rows of constant thrust; None if it cannot lift off or burns too much."""
        if not (self.thrust > 9.9 and self.exhaust > 500.0 and self.burn_s > 10.0 and self.cap > self.thrust):
            return None
        if abs(self.ln_later) > 2.0 or abs(self.ln_drag) > 4.0:
            return None
        rows: list[list[float]] = []
        left = MASS_KG
        for thrust in (self.thrust * MASS_KG, self.thrust * MASS_KG * math.exp(self.ln_later)):
            left = self._span(rows, left, thrust)
        if left < LEAST_LEFT * MASS_KG:
            return None
        factor = math.exp(self.ln_drag)
        body = np.array([AREA_M2, CD * factor, CD_PEAK * factor])
        return Rocket(np.array(rows), body, VERTICAL_S, PITCH_OVER_END_S)

    def _span(self, rows: list[list[float]], mass: float, thrust: float) -> float:
        """Add half a burn to the rows, and tell the mass it leaves.

        Thrust is constant until it would pass the cap; from there m = m0 exp(-cap t / exhaust).
        """
        flow, length = thrust / self.exhaust, self.burn_s / 2.0
        free = min(max((mass - thrust / self.cap) / flow, 0.0), length)
        parts = [(free, flow * free)] if free > 0.0 else []
        at_cap, step = mass - flow * free, (length - free) / CAPPED
        if step > 0.0:
            shrink = math.exp(-self.cap * step / self.exhaust)
            parts += [(step, at_cap * shrink**k * (1.0 - shrink)) for k in range(CAPPED)]
        for seconds, propellant in parts:
            rows.append([mass, propellant, propellant / seconds * self.exhaust, self.exhaust])
            mass -= propellant
        return mass
