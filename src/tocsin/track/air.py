"""Which radar looks lie on an arc: those above the air, and those of a body that falls through it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Drag
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import position_from_radar

Array = NDArray[np.float64]

AIR_M = 90e3
NEAR_S = 15.0  # looks so near in time show which way a body moves
LEAST_FALL = 300.0  # m/s: sites' lasting errors, mixed, may look like a third of it (assumed)
SURE = 3.0  # sigma
DRAG_SHOWS_M = 125e3  # of a light body: 0.1 m/s2 and more at the speed of an orbit
LIGHT = Drag(1.0 / 200.0, 1.0)  # stages and bodies from orbit, 50 to 800 kg/m2: assumed


def heights(looks: Looks) -> Array:
    """Heights (n,) m of where radar looks have a body."""
    return np.asarray(geodetic_from_ecef(position_from_radar(looks.z, looks.r_sensor))[2])


def above_air(looks: Looks) -> Looks:
    """The radar looks above 90 km, where drag bends no path."""
    return looks.where(heights(looks) > AIR_M)


def on_an_arc(looks: Looks) -> Looks:
    """The radar looks that may lie on one arc of free flight: above 90 km, and below where the body falls.

    What climbs through the air is driven, or was a moment ago. It falls where a line through the heights of
    15 s either side, weighted by their error, goes down by 300 m/s at three sigma; none where two times only
    are near.
    """
    h = heights(looks)
    keep = h > AIR_M
    for k in np.flatnonzero(~keep):
        near = np.abs(looks.t - looks.t[k]) <= NEAR_S
        keep[k] = _falls(looks.t[near], h[near], looks.z[near, 0] * looks.sigma[near, 2])
    return looks.where(keep)


def _falls(t: Array, h: Array, sigma: Array) -> bool:
    """Whether heights h (n,) with errors sigma (n,) at t (n,) go down."""
    if len(np.unique(t)) < 3:
        return False
    w = sigma**-2.0
    s = t - np.average(t, weights=w)
    information = float(w @ s**2)
    slope = float(w @ (s * h)) / information
    return slope < -LEAST_FALL - SURE / math.sqrt(information)


def drag_of(looks: Looks, inv_beta: float) -> Drag:
    """Drag for an arc through these looks: solved for under its wide prior where one lies in the air."""
    low = bool(np.any(heights(looks) <= AIR_M))
    return Drag(inv_beta, ASSUMED_SIGMA_LN_BETA if low and inv_beta > 0.0 else 0.0)


def light_drag(looks: Looks, inv_beta: float) -> tuple[Drag, ...]:
    """What else than a missile may fall through these looks: a stage, a body from orbit; not above air."""
    low = bool(np.any(heights(looks) <= DRAG_SHOWS_M))
    return (LIGHT,) if low and inv_beta > 0.0 else ()
