"""A radar's own tracks as states in space."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.gaussian import Gaussian
from tocsin.estimate.looks import Channel
from tocsin.track.hypotheses.radar_motion import outward, place
from tocsin.track.local import LocalTracks

Array = NDArray[np.float64]


@njit(cache=True)
def _placed(x: Array, site: Array, enu: Array, y: Array, J: Array) -> None:
    u = np.empty((3, 3))
    for i in range(x.shape[0]):
        place(x[i], site, enu, u, y[i])
        outward(x[i], u, J[i])


def placed(tracks: LocalTracks, channel: Channel, r_ecef: Array) -> tuple[Array, Array]:
    """States (n, 6), Earth-fixed, and covariances (n, 6, 6) of one radar's tracks, its fixed errors in them.

    P = J (P_own + diag(b, 0)) J', J of the Earth-fixed state in the radar's own, b the priors' variances.
    """
    lat, lon, _ = geodetic_from_ecef(r_ecef)
    enu = np.ascontiguousarray(enu_from_ecef(float(lat), float(lon)))
    n = len(tracks)
    y, J = np.empty((n, 6)), np.empty((n, 6, 6))
    _placed(np.ascontiguousarray(tracks.x), np.ascontiguousarray(r_ecef), enu, y, J)
    own = tracks.P.copy()
    own[:, [0, 1, 2], [0, 1, 2]] += np.square(channel.bias_sigma[:3])
    return y, J @ own @ np.swapaxes(J, 1, 2)


def placed_one(tracks: LocalTracks, row: int, channel: Channel, r_ecef: Array) -> Gaussian:
    """One of them."""
    x, P = placed(tracks.where(np.array([row])), channel, r_ecef)
    return Gaussian(float(tracks.t[row]), x[0], P[0])
