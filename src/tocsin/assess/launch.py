"""Where and when it was launched, and which way it headed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Place
from tocsin.assess.region import place, places
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import half_turn
from tocsin.estimate.ballistic import Gaussian
from tocsin.motion.arcs import arcs_back
from tocsin.sensor.measurement import site_axes
from tocsin.track.boost import BoostEstimate

Array = NDArray[np.float64]

# Thrust bent the path below burnout, so an arc drawn back to the ground misses by about this, and the climb
# took longer than a free fall along it: assumed, a burn of 60 to 320 s.
ARC_SIGMA_M, ARC_SIGMA_S, ARC_EARLIER_S = 100e3, 80.0, 90.0
EARTH_M = 6371e3


def launch_by_templates(boost: BoostEstimate) -> tuple[Place, tuple[float, float]] | tuple[None, None]:
    """Launch place with ellipse, and heading with sigma in degrees: the mixture of the fitted templates.

    Mean sum w m and covariance sum w (P + (m - mean)(m - mean)^T) of latitude, longitude, time and azimuth:
    while two classes are alike, neither one's place alone would be honest.
    """
    best = boost.best
    if best is None:
        return None, None
    w = np.array(boost.weights)
    centre = np.array([*best.launch, best.azimuth])
    d = np.array([[*f.launch, f.azimuth] for f in boost.fits]) - centre
    d[:, [1, 3]] = half_turn(d[:, [1, 3]])
    mean = w @ d
    spread = np.einsum("f,fi,fj->ij", w, d - mean, d - mean)
    P = np.einsum("f,fij->ij", w, np.array([f.launch_P for f in boost.fits])) + spread[:3, :3]
    turn = math.sqrt(float(w @ np.array([f.azimuth_sigma**2 for f in boost.fits])) + float(spread[3, 3]))
    lat, lon, t, azimuth = (float(v) for v in centre + mean)
    scale = np.diag([EARTH_M * math.cos(lat), EARTH_M])
    where = place(lat, lon, t, math.sqrt(float(P[2, 2])), scale @ P[:2, :2][::-1, ::-1] @ scale)
    return where, (math.degrees(azimuth) % 360.0, min(math.degrees(turn), 180.0))


def launch_by_arc(state: Gaussian, inv_beta: float) -> tuple[Place | None, tuple[float, float] | None]:
    """Launch place from the arc drawn back to the ground: 100 km either way, 90 +- 80 s earlier (assumed)."""
    return launches_by_arc([state], np.array([inv_beta]))[0]


def launches_by_arc(
    states: Sequence[Gaussian], inv_beta: Array
) -> list[tuple[Place | None, tuple[float, float] | None]]:
    """As `launch_by_arc`, of many states with Cd A / m (n,); None and None where the arc met no ground.

    The way back is `arcs_back`'s. The heading is as uncertain as the velocity is across it.
    """
    n = len(states)
    x = np.array([s.x for s in states]).reshape(n, 6)
    variance = np.array([np.trace(s.P[3:, 3:]) for s in states])
    back = arcs_back(x, inv_beta)[1]
    lat, lon, _ = geodetic_from_ecef(back[:, 1:4])
    t = np.array([s.t for s in states]) + back[:, 0] - ARC_EARLIER_S
    v = np.einsum("nij,nj->ni", site_axes(back[:, 1:4]), back[:, 4:])
    heading = (np.degrees(np.arctan2(v[:, 0], v[:, 1])) % 360.0).tolist()
    level = np.maximum(np.hypot(v[:, 0], v[:, 1]), 1.0)
    spread = np.minimum(np.degrees(np.sqrt(variance) / level), 180.0).tolist()
    found = np.isfinite(back[:, 0])
    where = places(
        lat[found],
        lon[found],
        t[found],
        np.full(found.sum(), ARC_SIGMA_S),
        np.broadcast_to(np.eye(2) * ARC_SIGMA_M**2, (int(found.sum()), 2, 2)),
    )
    told: list[tuple[Place | None, tuple[float, float] | None]] = [(None, None)] * n
    for i, at in zip(np.flatnonzero(found).tolist(), where, strict=True):
        told[i] = at, (heading[i], spread[i])
    return told
