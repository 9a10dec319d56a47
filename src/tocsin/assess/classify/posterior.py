"""The probability of each class, and of each loft, given what is known of a track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.burning import burning_density, time_bin
from tocsin.assess.classify.kinematics import PHASES, Kinematics
from tocsin.assess.classify.model import MODEL, ClassModel
from tocsin.assess.classify.names import BALLISTIC, CLASSES, LOFTS
from tocsin.assess.classify.surface import LOFT_EDGES, crossing, loft_of
from tocsin.assess.classify.tables import (
    S_CELLS,
    cells,
    climb_density,
    family_density,
    loft_below,
    speed_density,
)
from tocsin.assess.classify.witnesses import witnesses
from tocsin.earth.constants import MU, OMEGA
from tocsin.estimate.points import even_points

Array = NDArray[np.float64]

POINTS = 48
ENERGY_SIGMA = 2e3  # J/kg: what no covariance has, least of all the pull of the Earth's flattening
SEEN_FOR_S = 40.0  # where nobody told for how long it was seen: assumed
TINY = 1e-12  # of a likelihood: none is ruled out
B = len(BALLISTIC)


def _normal_points(n: int) -> Array:
    """Evenly spread standard-normal points (n, 2): Box and Muller's map of even ones, unit variance."""
    p = even_points(n, 2)
    z = np.sqrt(-2.0 * np.log(p[:, :1])) * np.stack(
        [np.cos(2 * np.pi * p[:, 1]), np.sin(2 * np.pi * p[:, 1])], 1
    )
    z -= z.mean(axis=0)
    return np.asarray(z @ np.linalg.inv(np.linalg.cholesky(z.T @ z / n)).T)


NORMAL = _normal_points(POINTS)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Motions:
    """How well n tracks' states suit each class: likelihoods (n, 14), all alike without a state.

    now: while it burns, of its speed and of a burn that lasts so long, else as `free`, of its arc; lofts
    (n, 3): P(depressed, normal, lofted) if it is a ballistic missile.
    """

    now: Array
    free: Array
    lofts: Array


def classify_all(k: Kinematics, model: ClassModel = MODEL) -> tuple[Array, Array]:
    """P(class) (n, 14) and, given that it is a ballistic missile, P(depressed, normal, lofted) (n, 3).

    P(c | track) ~ rate_c [L_c integral p(u, s | c) N(energy, momentum; state)]^trust over the state's
    uncertainty, at 48 evenly spread points of the Gaussian of the arc's energy and angular momentum; L:
    `witnesses`. Each row sums to one.
    """
    found = motions(k, model)
    return classes_by(k, found.now, model), found.lofts


def classes_by(k: Kinematics, motion: Array, model: ClassModel = MODEL) -> Array:
    """P(class) (n, 14) of tracks with these likelihoods of their motion (n, 14)."""
    p = np.array(model.rates) * (witnesses(k, model) * motion + TINY) ** model.trust
    return np.asarray(p / p.sum(axis=1, keepdims=True))


def classes(k: Kinematics, model: ClassModel = MODEL) -> Array:
    """P(class) (n, 14), in the order of CLASSES."""
    return classify_all(k, model)[0]


def classify(k: Kinematics, model: ClassModel = MODEL) -> tuple[dict[str, float], dict[str, float]]:
    """Of one track: the probability of each class by name, and of each loft; each sums to one."""
    p, lofts = classify_all(k, model)
    return (
        dict(zip(CLASSES, map(float, p[0]), strict=True)),
        dict(zip(LOFTS, map(float, lofts[0]), strict=True)),
    )


def motions(k: Kinematics, model: ClassModel = MODEL) -> Motions:
    """The likelihoods of the states, and the lofts."""
    n = len(k)
    free = np.ones((n, len(CLASSES)))
    below = loft_below(np.array(LOFT_EDGES), model.loft)
    lofts = np.tile(np.diff([0.0, *below, 1.0]), (n, 1))
    held = np.isfinite(k.x).all(axis=1) & np.isfinite(k.P).all(axis=(1, 2))
    # A radar's track that is not yet long enough to show thrust or none is told "boost" too.
    burns = (k.phase == PHASES.index("boost")) & (k.light > 0.5)
    rows = np.flatnonzero(held)
    if len(rows):
        u, s = crossing(*_points(k.x[rows], k.P[rows], OMEGA))
        i, j = cells(u / 1e3, s)
        speed, climb = speed_density(u / 1e3), climb_density(model.loft)[i, j]
        free[rows, :B] = (climb[:, None, :] @ speed)[:, 0] / POINTS
        flat = family_density().reshape(len(CLASSES) - B, -1)
        free[rows, B:] = np.take(flat, i * S_CELLS + j, axis=1).mean(axis=2).T
        missile = (speed @ np.array(model.rates)[:B]) * climb + 1e-12
        edges = np.searchsorted(LOFT_EDGES, loft_of(u, s))
        found = np.stack([(missile * (edges == e)).sum(axis=1) for e in range(len(LOFTS))], axis=1)
        lofts[rows] = np.where(burns[rows, None], lofts[rows], found / found.sum(axis=1, keepdims=True))
    now = free.copy()
    rows = np.flatnonzero(held & burns)
    if len(rows):
        speed = crossing(*_points(k.x[rows], k.P[rows], 0.0))[0] / 1e3
        at = cells(speed, np.zeros_like(speed))[0]
        table = burning_density(model.seen_s, model.seen_shape, model.powers)
        since = time_bin(np.where(np.isnan(k.light_s[rows]), SEEN_FOR_S, k.light_s[rows]))
        now[rows] = table[:, since[:, None], at].mean(axis=2).T
    return Motions(now, free, lofts)


def _points(x: Array, P: Array, spin: float) -> tuple[Array, Array]:
    """Energy J/kg and angular momentum m2/s (n, 48) of points of states x (n, 6), P (n, 6, 6), Earth-fixed.

    Mean and covariance by the gradients d(energy) = mu r/r^3 + v (w x) and d(h) = (v x h/h, h/h x r) in
    inertial axes; spin: the turn w of the Earth rad/s, 0 to leave it out.
    """
    r, turn = x[:, :3], np.array([0.0, 0.0, spin])
    v = x[:, 3:] + np.cross(turn, r)
    radius = np.linalg.norm(r, axis=1, keepdims=True)
    h = np.cross(r, v)
    size = np.maximum(np.linalg.norm(h, axis=1, keepdims=True), 1.0)
    way = h / size
    energy = np.sum(v * v, axis=1) / 2.0 - MU / radius[:, 0]
    # v_i = v + w x r: what moves r moves v_i too, by the transpose of that.
    to_h = np.cross(way, r)
    slopes = np.stack(
        [
            np.concatenate([MU / radius**3 * r + np.cross(v, turn), v], axis=1),
            np.concatenate([np.cross(v, way) + np.cross(to_h, turn), to_h], axis=1),
        ],
        axis=1,
    )
    S = slopes @ P @ np.swapaxes(slopes, 1, 2)
    S[:, 0, 0] += ENERGY_SIGMA**2
    a = np.sqrt(S[:, 0, 0])
    b = S[:, 1, 0] / a
    c = np.sqrt(np.maximum(S[:, 1, 1] - b * b, 0.0))
    z = NORMAL
    return energy[:, None] + a[:, None] * z[:, 0], np.abs(size + b[:, None] * z[:, 0] + c[:, None] * z[:, 1])
