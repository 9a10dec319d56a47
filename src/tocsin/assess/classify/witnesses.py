"""What else than the motion tells a class: light, burn, templates, launch place, drag, manoeuvres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.burning import seen_by
from tocsin.assess.classify.kinematics import PHASES, Kinematics
from tocsin.assess.classify.model import ClassModel
from tocsin.assess.classify.names import CLASSES, LAUNCHED
from tocsin.earth.ellipsoid import geodetic_from_ecef

Array = NDArray[np.float64]

SEA, LAND = 0.71, 0.29  # of the Earth's surface
STRAY = 0.005  # of launches on land that are told to be at sea, and the other way: islands, ships, coasts
SEA_GLIDES, SEA_UNKNOWN = 0.3, 0.35  # that begin at sea: assumed; stages fall where launches were
LEAST_ORBIT_M, SOFT_M = 160e3, 10e3  # the height below which the air takes what is in orbit: assumed


def witnesses(k: Kinematics, model: ClassModel) -> Array:
    """Likelihood (n, 14) of all but the state: the product of all witnesses, 1 where they are silent."""
    out = _light(k, model) * _burn(k, model) * _templates(k, model) * _place(k) * _drag(k, model)
    out[:, CLASSES.index("satellite")] *= _stays_up(k)
    out *= np.where(
        (k.phase == PHASES.index("manoeuvring"))[:, None],
        np.array(model.manoeuvres),
        np.where((k.phase == PHASES.index("ballistic"))[:, None], 1.0 - np.array(model.manoeuvres), 1.0),
    )
    return np.asarray(out)


def _stays_up(k: Kinematics) -> Array:
    """Of a height h: P(a satellite stays up there), 1 / (1 + exp((h0 - h) / dh)), h0 = 160 km."""
    h = geodetic_from_ecef(np.nan_to_num(k.x[:, :3], nan=1e7))[2]
    sigma = np.nan_to_num(np.sqrt(np.trace(k.P[:, :3, :3], axis1=1, axis2=2) / 3.0))
    above = (h - LEAST_ORBIT_M) / np.hypot(SOFT_M, np.minimum(sigma, 1e6))
    p = 1.0 / (1.0 + np.exp(-np.clip(above, -50.0, 50.0)))
    return np.asarray(np.where(np.isfinite(k.x[:, 0]), p, 1.0))


def _light(k: Kinematics, model: ClassModel) -> Array:
    """P(seen or not | class), where a telescope looks."""
    seen = np.array(model.shines)
    p = np.where(k.light[:, None] > 0.5, seen, 1.0 - seen)
    return np.where(np.isnan(k.light)[:, None], 1.0, p)


def _burn(k: Kinematics, model: ClassModel) -> Array:
    """Of the time t for which light was seen, once it is over: log-logistic, f = k F (1 - F) / t."""
    t = np.where(np.isnan(k.light_s), 1.0, np.maximum(k.light_s, 1.0))[:, None]
    below = seen_by(t, model)
    p = np.array(model.seen_shape) * below * (1.0 - below) / t + 1e-6
    over = ~np.isnan(k.light_s) & (k.phase != PHASES.index("boost"))
    return np.where(over[:, None], p, 1.0)


def _templates(k: Kinematics, model: ClassModel) -> Array:
    """Of the templates' weights w: sum w_t P(t is told | class)."""
    known = ~np.isnan(k.templates[:, :1])
    return np.where(known, np.nan_to_num(k.templates) @ np.array(model.witness).T, 1.0)


def _place(k: Kinematics) -> Array:
    """Of P(launched at sea): against even chances for the area of sea and land."""
    sea = np.where(np.isnan(k.sea), SEA, k.sea)[:, None]
    at_sea, on_land = sea / SEA, (1.0 - sea) / LAND
    out = np.ones((len(k), len(CLASSES)))
    own = {"slbm": 1.0 - STRAY, "glide": SEA_GLIDES, "unknown": SEA_UNKNOWN}
    for name in (*LAUNCHED, "unknown"):
        share = own.get(name, STRAY)
        out[:, CLASSES.index(name), None] = share * at_sea + (1.0 - share) * on_land
    return out


def _drag(k: Kinematics, model: ClassModel) -> Array:
    """N(ln beta; ln beta_class, s^2 + s_class^2)."""
    known = ~np.isnan(k.ln_beta)[:, None]
    variance = np.nan_to_num(k.sigma_ln_beta)[:, None] ** 2 + np.array(model.beta_scatter) ** 2
    off = np.nan_to_num(k.ln_beta)[:, None] - np.log(model.beta)
    return np.where(known, np.exp(-0.5 * off**2 / variance) / np.sqrt(variance) + 1e-9, 1.0)
