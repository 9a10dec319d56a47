"""Errors that last: how much each fixed error of a sensor moves its looks, to first order.

A look is z = h(x) + C e + noise, with e the fixed errors: of a telescope (east, north, clock, lag), of a
radar (range, azimuth, elevation, clock, troposphere, ionosphere). A clock that is fast by e stamps what was
seen at t - e with t. lag is the plume's, counted from its mean: all telescopes that see a flight share it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.sensor.echo.air import Air, whole
from tocsin.sensor.infrared.centroid import CENTROID, offset_length

Array = NDArray[np.float64]

TELESCOPE, RADAR = 4, 6
LAG_MEAN, LAG_SIGMA = 0.5, 12.0**-0.5  # of a scale that is uniform from 0 to 1


def left_uncorrected(air: Air | None, values: Array) -> tuple[Array, Array]:
    """The whole refraction of troposphere and ionosphere (n, 2) at looks (n, 3): excess range m and elevation
    rad, nought where no air is given."""
    if air is None:
        nothing = np.zeros((len(values), 2))
        return nothing, nothing
    return whole(air, values)


def lag_vector(r: Array, v: Array) -> Array:
    """From a body at r (n, 3) moving at v (n, 3) to the middle of its plume at scale 1: -l(h) v / |v|, m."""
    speed = np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)
    return np.asarray(-offset_length(geodetic_from_ecef(r)[2], CENTROID)[..., None] * v / speed)


def telescope_columns(jacobian: Array, r: Array, v: Array) -> Array:
    """C (n, 2, 4) of looks whose Jacobian in r is (n, 2, 3), at bodies r, v (n, 3) m, m/s."""
    c = np.zeros((len(r), 2, TELESCOPE))
    c[:, 0, 0] = c[:, 1, 1] = 1.0
    c[:, :, 2] = -np.einsum("nij,nj->ni", jacobian, v)
    c[:, :, 3] = np.einsum("nij,nj->ni", jacobian, lag_vector(r, v))
    return c


def radar_columns(jacobian: Array, v: Array, troposphere: Array, ionosphere: Array) -> Array:
    """C (n, 3, 6) of looks whose Jacobian in r is (n, 3, 3), at bodies that move at v (n, 3) m/s.

    troposphere, ionosphere (n, 2): the whole of each, excess range m and elevation rad.
    """
    c = np.zeros((len(v), 3, RADAR))
    c[:, 0, 0] = c[:, 1, 1] = c[:, 2, 2] = 1.0
    c[:, :, 3] = -np.einsum("nij,nj->ni", jacobian, v)
    for column, air in ((4, troposphere), (5, ionosphere)):
        c[:, 0, column], c[:, 2, column] = air[:, 0], air[:, 1]
    return c
