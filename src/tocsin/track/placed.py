"""A radar's own track as a state in space."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.gaussian import Gaussian
from tocsin.estimate.looks import Channel
from tocsin.track.hypotheses.radar_motion import outward, place
from tocsin.track.local import LocalTracks

Array = NDArray[np.float64]


def placed(tracks: LocalTracks, row: int, channel: Channel, r_ecef: Array) -> Gaussian:
    """One of a radar's tracks as an Earth-fixed state, the radar's fixed errors in its covariance.

    P = J (P_own + diag(b, 0)) J', J of the Earth-fixed state in the radar's own, b the priors' variances.
    """
    lat, lon, _ = geodetic_from_ecef(r_ecef)
    enu = np.ascontiguousarray(enu_from_ecef(float(lat), float(lon)))
    own, y, u, J = tracks.x[row].copy(), np.empty(6), np.empty((3, 3)), np.empty((6, 6))
    place(own, np.ascontiguousarray(r_ecef), enu, u, y)
    outward(own, u, J)
    P = tracks.P[row].copy()
    P[[0, 1, 2], [0, 1, 2]] += np.square(channel.bias_sigma[:3])
    return Gaussian(float(tracks.t[row]), y, J @ P @ J.T)
