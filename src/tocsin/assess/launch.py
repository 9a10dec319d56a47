"""Where and when it was launched, and which way it headed."""

from __future__ import annotations

import math

import numpy as np

from tocsin.assess.assessment import Place
from tocsin.assess.region import place
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef, half_turn
from tocsin.estimate.ballistic import Gaussian
from tocsin.motion.ballistic import propagate
from tocsin.track.boost import BoostEstimate

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
    t = state.t - np.arange(0.0, 1500.0, 5.0)
    # No drag on the way back: it would feed the speed that it took away.
    x = propagate(state.t, state.x, 0.0, t)
    lat, lon, h = geodetic_from_ecef(x[:, :3])
    down = np.flatnonzero(~(h > 0.0))
    if len(down) == 0:
        return None, None
    k = max(int(down[0]) - 1, 0)
    v = enu_from_ecef(float(lat[k]), float(lon[k])) @ x[k, 3:]
    heading = math.degrees(math.atan2(v[0], v[1])) % 360.0
    spread = math.degrees(math.sqrt(float(np.trace(state.P[3:, 3:]))) / max(math.hypot(v[0], v[1]), 1.0))
    where = place(
        float(lat[k]), float(lon[k]), float(t[k]) - ARC_EARLIER_S, ARC_SIGMA_S, np.eye(2) * ARC_SIGMA_M**2
    )
    return where, (heading, min(spread, 180.0))
