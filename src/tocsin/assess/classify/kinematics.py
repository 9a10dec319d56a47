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
    """One track's: inv_beta is the drag that a fit is given; light: None where no telescope looks.

    Of a drag that looks in the air told, its prior is taken out again: 1/s^2 = 1/s_told^2 - 1/s_0^2.
    """
    x, P = np.full((1, 6), np.nan), np.full((1, 6, 6), np.nan)
    if solution.state is not None:
        x[0], P[0] = solution.state.x, solution.state.P
    weights = np.full((1, len(TEMPLATES)), np.nan)
    if solution.boost is not None:
        told = {f.template.name: w for f, w in zip(solution.boost.fits, solution.boost.weights, strict=True)}
        weights[0] = [told.get(name, 0.0) for name in TEMPLATES]
        weights[0, -1] = max(0.0, 1.0 - float(weights[0, :-1].sum()))
    drag, width = math.nan, math.nan
    body, given = solution.learnt, solution.drag or Drag(inv_beta, ASSUMED_SIGMA_LN_BETA)
    if body is not None and body.sigma_ln_beta < TOLD * given.sigma:
        own, prior = body.sigma_ln_beta**-2.0, given.sigma**-2.0
        width = (own - prior) ** -0.5
        drag = (-math.log(body.inv_beta) * own + math.log(given.inv_beta) * prior) * width**2
    return Kinematics(
        np.array([PHASES.index(solution.phase)]),
        x,
        P,
        weights,
        np.array([math.nan if light is None else float(light)]),
        np.array([math.nan if light_s is None else light_s]),
        np.array([math.nan if sea is None else sea]),
        np.array([drag]),
        np.array([width]),
    )


def sea_share(launch: Place | None, territories: Territories) -> float | None:
    """Probability that the launch point lies at sea, from points of its 90 % region; None without one."""
    if launch is None:
        return None
    e = launch.ellipse_90_km
    turn = np.linspace(0.0, 2 * np.pi, 12, endpoint=False)
    along, across = e.semi_major_km * np.cos(turn), e.semi_minor_km * np.sin(turn)
    # Half of a Gaussian lies within 0.55 of its 90 % region's axes.
    along, across = (np.append(np.append(0.0, v), 0.55 * v) for v in (along, across))
    az = math.radians(e.azimuth_deg)
    north = (along * math.cos(az) - across * math.sin(az)) / 6371.0
    east = (along * math.sin(az) + across * math.cos(az)) / 6371.0
    lat, lon = math.radians(launch.lat_deg), math.radians(launch.lon_deg)
    points = np.stack([lat + north, lon + east / max(math.cos(lat), 0.05)], axis=1)
    points[:, 0] = np.clip(points[:, 0], -np.pi / 2, np.pi / 2)
    points[:, 1] = half_turn(points[:, 1])
    return territories.owners(points).count("none") / len(points)
