"""Radars' own tracks as states in space, at one time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.earth.kernel import kernel
from tocsin.estimate.looks import Channel
from tocsin.track.hypotheses.radar_motion import flight, outward, place, spread
from tocsin.track.local import LocalTracks

Array = NDArray[np.float64]

SCRATCH = 42  # rows of six that the kernel needs beside its tables


def placed(
    tracks: LocalTracks, t: float, channels: tuple[Channel, ...], r_sensor: Array, push: float
) -> tuple[Array, Array]:
    """Tracks (n,) of radars as Earth-fixed states (n, 6) at t and their covariances (n, 6, 6).

    P = J (P_own + diag(b, 0)) J', J of the Earth-fixed state in the radar's own, b the priors' variances of
    its fixed errors; P_own moved as in free flight, with an acceleration of `push`, m/s2, that lasts since.
    r_sensor (c, 3).
    """
    x, P = tracks.x.copy(), tracks.P.copy()
    here, own = np.unique(tracks.channel, return_inverse=True)
    lat, lon, _ = geodetic_from_ecef(r_sensor[here])
    enu = np.array([enu_from_ecef(float(a), float(b)) for a, b in zip(lat, lon, strict=True)])
    bias = np.square([channels[c].bias_sigma[:3] for c in here]).reshape(-1, 3)
    y, C = np.empty_like(x), np.empty_like(P)
    site = np.ascontiguousarray(r_sensor[here])
    _each(x, P, t - tracks.t, push, own, site, enu.reshape(-1, 3, 3), bias, y, C, np.empty((SCRATCH, 6)))
    return y, C


@kernel
def _each(
    x: Array,
    P: Array,
    dt: Array,
    push: float,
    own: NDArray[np.int64],
    site: Array,
    enu: Array,
    bias: Array,
    y: Array,
    C: Array,
    s: Array,
) -> None:
    """Fill y (n, 6) and C (n, 6, 6); x and P are moved in place; own (n,): row of site, enu and bias."""
    F, A, u = s[27:33], s[33:39], s[39:42, :3]
    for n in range(len(x)):
        c = own[n]
        if dt[n] != 0.0:
            flight(x[n], dt[n], site[c], enu[c], F, s)
            spread(x[n], P[n], dt[n], push, F, A)
        for i in range(3):
            P[n, i, i] += bias[c, i]
        place(x[n], site[c], enu[c], u, y[n])
        outward(x[n], u, F)
        for i in range(6):
            for j in range(6):
                A[i, j] = 0.0
                for k in range(6):
                    A[i, j] += F[i, k] * P[n, k, j]
        for i in range(6):
            for j in range(6):
                C[n, i, j] = 0.0
                for k in range(6):
                    C[n, i, j] += A[i, k] * F[j, k]
