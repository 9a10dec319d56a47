"""How brightly what flies shines in the band of the early-warning telescopes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Vehicle
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.plume import plume_intensity
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]

NOTIONAL_N = 500e3  # of an engine of which nothing is known but that it burns, liquid: assumed
LUMINOUS = 0.1  # part of a meteor's loss of energy that is radiated, assumed; 0.05 to 0.2 of large ones
IN_BAND = 0.01  # part of that in the band at 2.7 um, of a black body of some 5,000 K


def burning(kind: Vehicle, body: Rocket, t_up: Array, up: Array) -> Array:
    """Intensity (n,) W/sr at t_up (n,) s after lift-off, states up (n, 6) of a powered path; 0 at the end."""
    ends = np.cumsum(body.stages[:, 1] * body.stages[:, 3] / body.stages[:, 2])
    stage = np.minimum(np.searchsorted(ends, t_up + 1e-9, side="right"), len(ends) - 1)
    thrust = np.where(t_up < t_up[-1], body.stages[stage, 2], 0.0)
    return plume_intensity(thrust, geodetic_from_ecef(up[:, :3])[2], kind.propellant == "solid")


def engine(burns: NDArray[np.bool_], r_ecef: Array, thrust_n: float = NOTIONAL_N) -> Array:
    """Intensity (n,) W/sr of a liquid engine of one thrust where it burns (n,), at r_ecef (n, 3) m."""
    return plume_intensity(np.where(burns, thrust_n, 0.0), geodetic_from_ecef(r_ecef)[2], False)


def meteor(loss_w: Array) -> Array:
    """Intensity (n,) W/sr of a meteor that loses so much kinetic energy a second (n,) to ablation."""
    return np.asarray(loss_w * LUMINOUS * IN_BAND / (4.0 * math.pi))
