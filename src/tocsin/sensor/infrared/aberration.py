"""Aberration: a moving telescope sees everything shifted toward where it goes, by up to 33 microradians."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]


def inertial_velocity(r: Array, v: Array) -> Array:
    """Velocity (..., 3) relative to axes that do not turn, of v (..., 3) relative to the Earth: v + w x r.

    Both in Earth-fixed components. The Earth's own motion about the Sun is left out: the body that is looked
    at shares it, and stars are taken as corrected for it.
    """
    at, velocity = numbers("position (m)", r), numbers("velocity (m/s)", v)
    turn = np.stack([-OMEGA * at[..., 1], OMEGA * at[..., 0], np.zeros(at.shape[:-1])], axis=-1)
    return np.asarray(velocity + turn)


def apparent_direction(u: Array, v: Array) -> Array:
    """Unit vectors (..., 3) as seen at velocity v (..., 3) m/s of unit vectors u (..., 3) as seen at rest.

    u' = (u / g + b (1 + u.b / (1 + 1 / g))) / (1 + u.b), b = v / c, 1 / g = sqrt(1 - b^2): both in the same
    axes, v relative to axes that do not turn. u points to where the body was when the light left it.
    Source: Urban and Seidelmann, Explanatory Supplement (2013), 7.2.3; without the Sun's gravity.
    """
    unit, beta = numbers("direction", u), numbers("velocity (m/s)", v) / C_LIGHT
    shrink = np.sqrt(1.0 - np.sum(beta**2, axis=-1, keepdims=True))
    along = np.sum(unit * beta, axis=-1, keepdims=True)
    seen = (shrink * unit + (1.0 + along / (1.0 + shrink)) * beta) / (1.0 + along)
    return np.asarray(seen / np.linalg.norm(seen, axis=-1, keepdims=True))


def true_direction(u: Array, v: Array) -> Array:
    """The inverse of `apparent_direction`: as seen at rest, what is seen at velocity v along u; exact."""
    return apparent_direction(u, -np.asarray(v))
