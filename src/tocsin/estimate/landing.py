"""How a small change of a state moves the place and the time of its impact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.motion.ballistic import Impact

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Landing:
    """A point of impact: lat, lon rad and time s, the local axes (3, 3), and the linear map to it.

    map (3, 7): metres east and north and seconds per unit of the state at the arc's start and of ln beta.
    """

    lat: float
    lon: float
    t: float
    axes: Array
    map: Array


def landing(end: Impact) -> Landing:
    """The linear map to an impact: dr = (Phi - v n'Phi / n'v) dx, dt = -n'Phi dx / n'v, with n the vertical.

    end: an arc that did come down (status "impact").
    """
    lat, lon, _ = geodetic_from_ecef(end.x[:3])
    axes = enu_from_ecef(float(lat), float(lon))
    r, v = axes @ end.phi[:3], axes @ end.x[3:]
    slip = -r[2] / v[2]
    return Landing(float(lat), float(lon), end.t, axes, np.vstack([r[:2] + v[:2, None] * slip, slip]))
