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
# A burn or the air that ends an orbit brings its perigee to the ground and little below; above 120 km the
# air has braked nothing yet. Both assumed, 100 to 500 km and 100 to 150 km.
DEEP_M, THIN_M = 300e3, 120e3
STEP = (100.0, 100.0, 100.0, 0.1, 0.1, 0.1)


def motion_odds(k: Kinematics, moves: Motions, model: ClassModel = MODEL) -> Array:
    """ln p(motion | launched) and ln p(motion | from orbit) (n, 2), on one scale, the greater 0.

    p(motion | group) ~ sum P(c | motion) / sum rate_c over the classes of the group. What is unknown counts
    for neither. Nothing that comes from orbit rises on an arc that comes from the ground, or falls on one
    that passes deep under it.
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
    found[_from_the_ground(k), 1] = 0.0
    best = found.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.maximum(found / np.where(best > 0.0, best, 1.0), LEAST)))


def _from_the_ground(k: Kinematics) -> Bools:
    """Which bodies (n,) are surely on no arc that began in orbit.

    They rise, v.up over four sigma, and their perigee lies below 80 km; or the air has not braked them yet
    and it lies 300 km underground, over four sigma of r_p by its slopes over steps of STEP.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        r, v, perigee = k.x[:, :3], k.x[:, 3:], _perigee(k.x)
        far = np.linalg.norm(r, axis=1)
        up = r / far[:, None]
        sigma = np.sqrt(np.einsum("ni,nij,nj->n", up, k.P[:, 3:, 3:], up))
        out = (np.einsum("ni,ni->n", up, v) > SURE * sigma) & (perigee < R_EQ + AIR_M)
        deep = np.flatnonzero(~out & (far > R_EQ + THIN_M) & (perigee < R_EQ - DEEP_M))
        if len(deep):
            x, P = k.x[deep], k.P[deep]
            slopes = np.stack(
                [(_perigee(x + h) - _perigee(x - h)) / (2.0 * h.sum()) for h in np.diag(STEP)], axis=1
            )
            known = np.sqrt(np.einsum("ni,nij,nj->n", slopes, P, slopes))
            out[deep] = perigee[deep] + SURE * known < R_EQ - DEEP_M
        return np.asarray(out)


def _perigee(x: Array) -> Array:
    """r_p = a (1 - e) (n,) m of Earth-fixed states (n, 6), NaN of what does not come back."""
    r, v = x[:, :3], x[:, 3:]
    w = v + np.cross([0.0, 0.0, OMEGA], r)
    a = 1.0 / (2.0 / np.linalg.norm(r, axis=1) - np.sum(w * w, axis=1) / MU)
    h2 = np.sum(np.cross(r, w) ** 2, axis=1)
    e = np.sqrt(np.maximum(1.0 - h2 / (MU * a), 0.0))
    return np.asarray(np.where(a > 0.0, a * (1.0 - e), np.nan))
