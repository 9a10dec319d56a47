"""Importance sampling of a rare encounter: where else it is drawn, and by what each draw is weighted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Encounter:
    """An offset d (2,) m and a velocity v (2,) m/s across a line, and natural over proposed density there."""

    d: Array
    v: Array
    weight: float


@final
@dataclass(frozen=True, slots=True)
class Proposal:
    """What is drawn near a meeting: a share `near` of Gaussians place_m and speed_m_s wide about it.

    The others are drawn as nature has them, so that no weight is above 1 / (1 - near).
    """

    near: float = 0.9
    place_m: float = 15e3
    speed_m_s: float = 300.0


PROPOSAL, NATURAL = Proposal(), Proposal(near=0.0)


@final
@dataclass(frozen=True, slots=True)
class Law:
    """How nature has it: even over area_m2, a disc about the target; velocities a mixture of Gaussians.

    speeds: (share, 1 sigma an axis, m/s) of each; none for what stands still. about: their mean, m/s.
    """

    area_m2: float
    speeds: tuple[tuple[float, float], ...] = ()
    about: tuple[float, float] = (0.0, 0.0)


def encounter(law: Law, meeting: Array, rng: np.random.Generator, proposal: Proposal = PROPOSAL) -> Encounter:
    """One draw of a nuisance beside a target that moves by `meeting` (2,) m/s across the line.

    q(d, v) = near N(d; 0, place^2) N(v; meeting, speed^2) + (1 - near) p(d) p(v), weight p / q: the mean of
    weight times anything is that thing's mean under p. What stands still has no v to draw.
    Source: Hesterberg, Technometrics 37 (1995), 185 (defensive mixtures).
    """
    own = proposal
    if rng.random() < own.near:
        d = own.place_m * rng.standard_normal(2)
        v = meeting + own.speed_m_s * rng.standard_normal(2) if law.speeds else np.zeros(2)
    else:
        reach, turn = math.sqrt(law.area_m2 / math.pi * rng.random()), rng.uniform(0.0, 2.0 * math.pi)
        d = reach * np.array([math.cos(turn), math.sin(turn)])
        sigma = rng.choice([s for _, s in law.speeds], p=[p for p, _ in law.speeds]) if law.speeds else 0.0
        v = np.array(law.about) + sigma * rng.standard_normal(2)
    inside = float(math.pi * (d @ d) <= law.area_m2)
    natural = inside / law.area_m2 * _speed(v, law)
    q = own.near * _normal(d, own.place_m) * (_normal(v - meeting, own.speed_m_s) if law.speeds else 1.0)
    return Encounter(d, v, natural / (q + (1.0 - own.near) * natural))


def _speed(v: Array, law: Law) -> float:
    return sum(share * _normal(v - law.about, sigma) for share, sigma in law.speeds) if law.speeds else 1.0


def _normal(x: Array, sigma: float) -> float:
    """N(x; 0, sigma^2 I) of two values."""
    return math.exp(-0.5 * float(x @ x) / sigma**2) / (2.0 * math.pi * sigma**2)
