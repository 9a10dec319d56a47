"""What is known of tracks that tells their class: states, light, templates, launch place and drag."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Place
from tocsin.assess.classify.model import TEMPLATES
from tocsin.assess.territory import Territories
from tocsin.earth.frames import half_turn
from tocsin.estimate.ballistic import Drag
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA
from tocsin.estimate.gaussian import Gaussian
from tocsin.track.boost import BoostEstimate
from tocsin.track.solution import Solution

Array = NDArray[np.float64]

PHASES = ("boost", "ballistic", "manoeuvring", "unobservable")
TOLD = 0.9  # of its prior's sigma: drag that is known no better says nothing


@final
@dataclass(frozen=True, slots=True, eq=False)
class Kinematics:
    """What is known of n tracks; NaN for what is not.

    phase (n,): index in PHASES; x (n, 6), P (n, 6, 6): Earth-fixed state, m and m/s; templates (n, 7): weight
    of each of TEMPLATES, summing to one, or NaN where no telescope saw enough; light (n,): 1 where a
    telescope sees or saw it, 0 where one looks and sees nothing; light_s (n,): for how long, s; sea (n,):
    P(launched at sea); ln_beta, sigma_ln_beta (n,): drag as the looks alone tell it.
    """

    phase: NDArray[np.int64]
    x: Array
    P: Array
    templates: Array
    light: Array
    light_s: Array
    sea: Array
    ln_beta: Array
    sigma_ln_beta: Array

    def __len__(self) -> int:
        return len(self.phase)

    def row(self, k: int) -> Kinematics:
        """One track's, as a batch of one."""
        return Kinematics(*(getattr(self, f.name)[k : k + 1] for f in fields(Kinematics)))


def stacked(parts: Sequence[Kinematics]) -> Kinematics:
    """Several tracks' as one batch."""
    return Kinematics(*(np.concatenate([getattr(k, f.name) for k in parts]) for f in fields(Kinematics)))


def kinematics_of(
    solution: Solution,
    inv_beta: float,
    sea: float | None = None,
    light: bool | None = None,
    light_s: float | None = None,
) -> Kinematics:
    """One track's: inv_beta is the drag that a fit is given; light: None where no telescope looks."""
    known = (np.array([math.nan if v is None else float(v)]) for v in (sea, light, light_s))
    return kinematics_of_all((solution,), inv_beta, *known)


_UNKNOWN = Gaussian(math.nan, np.full(6, np.nan), np.full((6, 6), np.nan))


def kinematics_of_all(
    solutions: Sequence[Solution], inv_beta: float, sea: Array, light: Array, light_s: Array
) -> Kinematics:
    """As `kinematics_of`, of many; sea, light, light_s (n,): as `Kinematics` has them.

    Of a drag that looks in the air told, its prior is taken out again: 1/s^2 = 1/s_told^2 - 1/s_0^2.
    """
    n = len(solutions)
    states = [_UNKNOWN if solution.state is None else solution.state for solution in solutions]
    x, P = np.array([s.x for s in states]), np.array([s.P for s in states])
    templates, drag, width = np.full((n, len(TEMPLATES)), np.nan), np.full(n, np.nan), np.full(n, np.nan)
    missile = Drag(inv_beta, ASSUMED_SIGMA_LN_BETA)
    for i, solution in enumerate(solutions):
        if solution.boost is not None:
            templates[i] = _weights(solution.boost)
        body, given = solution.learnt, solution.drag or missile
        if body is not None and body.sigma_ln_beta < TOLD * given.sigma:
            own, prior = body.sigma_ln_beta**-2.0, given.sigma**-2.0
            width[i] = (own - prior) ** -0.5
            drag[i] = (-math.log(body.inv_beta) * own + math.log(given.inv_beta) * prior) * width[i] ** 2
    phase = np.array([PHASES.index(solution.phase) for solution in solutions])
    return Kinematics(phase, x, P, templates, light, light_s, sea, drag, width)


def _weights(boost: BoostEstimate) -> list[float]:
    """The weight of each of TEMPLATES, the last with what the others leave."""
    told = {f.template.name: w for f, w in zip(boost.fits, boost.weights, strict=True)}
    weights = [told.get(name, 0.0) for name in TEMPLATES[:-1]]
    return [*weights, max(0.0, 1.0 - sum(weights))]


# Half of a Gaussian lies within 0.55 of its 90 % region's axes.
_TURN = np.linspace(0.0, 2.0 * np.pi, 12, endpoint=False)
_ALONG, _ACROSS = (np.r_[0.0, v, 0.55 * v] for v in (np.cos(_TURN), np.sin(_TURN)))


def sea_share(launch: Place | None, territories: Territories) -> float | None:
    """Probability that the launch point lies at sea, from points of its 90 % region; None without one."""
    return None if launch is None else float(sea_shares((launch,), territories)[0])


def sea_shares(launches: Sequence[Place | None], territories: Territories) -> Array:
    """As `sea_share`, of many (n,); NaN without a launch."""
    known = [i for i, launch in enumerate(launches) if launch is not None]
    regions = [(launch, launch.ellipse_90_km) for launch in launches if launch is not None]
    turns = [(at.lat_deg, at.lon_deg, e.azimuth_deg) for at, e in regions]
    axes = [(e.semi_major_km, e.semi_minor_km) for _, e in regions]
    lat, lon, azimuth = np.radians(np.reshape(turns, (-1, 3))).T[..., None]
    major, minor = np.reshape(axes, (-1, 2)).T[..., None] / 6371.0
    along, across = major * _ALONG, minor * _ACROSS
    north = along * np.cos(azimuth) - across * np.sin(azimuth)
    east = along * np.sin(azimuth) + across * np.cos(azimuth)
    points = np.stack([lat + north, lon + east / np.maximum(np.cos(lat), 0.05)], axis=2)
    points[..., 0] = np.clip(points[..., 0], -np.pi / 2, np.pi / 2)
    points[..., 1] = half_turn(points[..., 1])
    out = np.full(len(launches), np.nan)
    out[known] = territories.at_sea(points).mean(axis=1)
    return out
