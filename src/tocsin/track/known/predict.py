"""What a radar should see of the known objects near its view at one time, with how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.track.known.equation import between, bounced, carry, displace, look_at
from tocsin.track.known.errorstate import ErrorState
from tocsin.track.known.radarview import RadarView

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

RATE_M_S = 3.0  # 1 sigma of a range rate for what the elements leave of it: assumed


@final
@dataclass(frozen=True, slots=True)
class Seen:
    """n predicted looks: z (n, 3) range m, azimuth, elevation rad; S (n, 3, 3), of them without noise.

    rate, rate_var (n,): range rate m/s and its variance; H (n, 3, 6), L (n, 3): their slopes in the offsets
    and in the radar's errors at 1 sigma; place (n,): of the radar among each object's ties; state: the
    offsets, carried to the time.
    """

    z: Array
    S: Array
    rate: Array
    rate_var: Array
    H: Array
    L: Array
    place: Ints
    state: ErrorState


@kernel
def _predict(
    t: float,
    nodes: Array,
    r: Array,
    v: Array,
    objects: Ints,
    wander: Array,
    site: Array,
    axes: Array,
    st: Array,
    x: Array,
    P: Array,
    cross: Array,
    z: Array,
    rate: Array,
    H: Array,
    work: Array,
    D: Array,
) -> None:
    h = nodes[1] - nodes[0]
    s = (t - nodes[0]) / h
    for i in range(objects.size):
        o = objects[i]
        between(s, h, r[0, o], v[0, o], r[1, o], v[1, o], work[0])
        rate[i] = bounced(work[0], site)
        carry(t - st[i], wander[o], x[i], P[i], cross[i])
        st[i] = t
        displace(work[0], x[i], work[1], D)
        look_at(work[1], site, axes, D, z[i], H[i])


@kernel
def _spread(
    place: Ints,
    z: Array,
    H: Array,
    errors: Array,
    P: Array,
    cross: Array,
    turn: Array,
    L: Array,
    S: Array,
    rate_var: Array,
) -> None:
    """S = H P H' + H X L + (H X L)' + L^2, X the covariance with the radar's errors L at its elevation."""
    for i in range(len(H)):
        degrees = min(max(z[i, 2] * 180.0 / math.pi, 0.0), len(errors) - 1.001)
        k = int(degrees)
        for a in range(3):
            L[i, a] = errors[k, a] + (degrees - k) * (errors[k + 1, a] - errors[k, a])
        X = cross[i, place[i]]
        for a in range(3):
            for b in range(a, 3):
                total = 0.0
                for j in range(6):
                    row = 0.0
                    for m in range(6):
                        row += P[i, j, m] * H[i, b, m]
                    total += H[i, a, j] * (row + X[j, b] * L[i, b])
                    total += H[i, b, j] * X[j, a] * L[i, a]
                S[i, a, b] = total
                S[i, b, a] = total
            S[i, a, a] += L[i, a] ** 2
        wide = P[i, 2, 2] + P[i, 3, 3] + P[i, 4, 4] + P[i, 5, 5]
        rate_var[i] = 4.0 * turn[i] ** 2 * max(wide, 0.0) + RATE_M_S**2


def predicted(
    t: float,
    radar: int,
    grid: tuple[Array, Array, Array],
    objects: Ints,
    state: ErrorState,
    wander: Array,
    motion: Array,
    view: RadarView,
) -> Seen:
    """Looks of a radar, number `radar`, at objects (n,) with offsets `state` (n).

    grid: two times that t is between, and positions and velocities (2, N, 3) of all objects there; wander
    (N, 2), motion (N,) rad/s.
    """
    n = len(objects)
    out, place = state.tied(radar)
    z, rate, H = np.empty((n, 3)), np.empty(n), np.empty((n, 3, 6))
    _predict(
        t, *grid, objects, wander, view.r, view.axes, out.t, out.x, out.P, out.cross, z, rate, H,
        np.empty((2, 6)), np.empty((3, 6)),
    )  # fmt: skip
    L, S, rate_var = np.empty((n, 3)), np.empty((n, 3, 3)), np.empty(n)
    _spread(place, z, H, view.errors, out.P, out.cross, motion[objects], L, S, rate_var)
    return Seen(z, S, rate, rate_var, H, L, place, out)
