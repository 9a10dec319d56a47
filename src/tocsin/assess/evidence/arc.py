"""How well a motion suits what is launched, and what was in orbit: the motion alone, not its light."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES, MODEL, ClassModel, Kinematics, Motions, classes_by
from tocsin.assess.classify.names import LAUNCHED
from tocsin.earth.constants import MU, OMEGA, R_EQ

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

IN_ORBIT = ("satellite", "re-entry", "meteor")
LEAST = 1e-6
"""That a launch moves so, or a satellite: none is ruled out by more than a million to one (assumed)."""
SURE, AIR_M = 4.0, 80e3


def motion_odds(k: Kinematics, moves: Motions, model: ClassModel = MODEL) -> Array:
    """ln p(motion | launched) and ln p(motion | from orbit) (n, 2), on one scale, the greater 0.

    p(motion | group) ~ sum P(c | motion) / sum rate_c over the classes of the group. What is unknown counts
    for neither. Nothing that comes from orbit rises on an arc that comes from the ground.
    """
    bare = replace(
        k,
        templates=np.full_like(k.templates, np.nan),
        light=np.full_like(k.light, np.nan),
        light_s=np.full_like(k.light_s, np.nan),
        sea=np.full_like(k.sea, np.nan),
    )
    p, rate = classes_by(bare, moves.free, model), np.array(model.rates) / sum(model.rates)
    orbit, launched = np.isin(CLASSES, IN_ORBIT), np.isin(CLASSES, LAUNCHED)
    found = np.stack([p[:, group].sum(axis=1) / rate[group].sum() for group in (launched, orbit)], axis=1)
    found[_risen(k), 1] = 0.0
    best = found.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.maximum(found / np.where(best > 0.0, best, 1.0), LEAST)))


def _risen(k: Kinematics) -> Bools:
    """Which bodies (n,) surely rise, v.up over four sigma, on an arc whose perigee lies below 80 km.

    r_p = a (1 - e), from the inertial state.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        r, v = k.x[:, :3], k.x[:, 3:]
        far = np.linalg.norm(r, axis=1)
        up = r / far[:, None]
        sigma = np.sqrt(np.einsum("ni,nij,nj->n", up, k.P[:, 3:, 3:], up))
        w = v + np.cross([0.0, 0.0, OMEGA], r)
        a = 1.0 / (2.0 / far - np.sum(w * w, axis=1) / MU)
        h2 = np.sum(np.cross(r, w) ** 2, axis=1)
        e = np.sqrt(np.maximum(1.0 - h2 / (MU * a), 0.0))
        rising = np.einsum("ni,ni->n", up, v) > SURE * sigma
        return np.asarray(rising & (a > 0.0) & (a * (1.0 - e) < R_EQ + AIR_M))
