"""Where and when it comes down: the impact distribution of a state known with a covariance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import Body, body_of
from tocsin.estimate.landing import landing
from tocsin.estimate.points import normal_points, root, spread
from tocsin.motion.ballistic import Impact, impact, impacts, propagate

Array = NDArray[np.float64]
SAMPLES = 200
LINEAR_LIMIT_M = 60e3


@dataclass(frozen=True, slots=True)
class ImpactRegion:
    """The distribution of impact: mean (lat, lon) rad and time, horizontal covariance (2, 2) m2 east-north,
    sigma of time, samples (k, 2) lat, lon for territories, and the shares that land and that stay in orbit.
    reach: that the samples are what a body that manoeuvres may reach, not a distribution.
    """

    lat: float
    lon: float
    t: float
    sigma_t: float
    P: Array
    samples: Array
    landed: float
    orbit: float
    linear: bool
    apogee_m: float
    t_apogee: float
    reach: bool = False


POINTS7 = normal_points(SAMPLES, 7)
POINTS2 = normal_points(SAMPLES, 2)


def predict_impact(state: Gaussian, inv_beta: float) -> ImpactRegion | None:
    """`predict_fall` of a state whose drag is known to 0.6 in ln beta (assumed); None if none lands."""
    return predict_fall(body_of(state, inv_beta))


def predict_fall(body: Body) -> ImpactRegion | None:
    """The impact region of a body, its drag as uncertain as it is; None if none lands.

    Linear where the 1-sigma major axis is under 60 km: dr_i = Phi dx, less v_i (n.dr_i) / (n.v_i) for the
    moment at which it meets the ground, dx of state and ln beta. Otherwise 200 points of both are flown to
    the ground and the region is theirs; those that never land are counted, not dropped.
    """
    end = impact(body.t, body.x, body.inv_beta)
    apogee_m, t_apogee = apogee_of(body.state, body.inv_beta, end)
    if end.status == "impact":
        at = landing(end)
        moved = at.map @ body.P @ at.map.T
        P = moved[:2, :2]
        if np.sqrt(np.linalg.eigvalsh(P)[-1]) < LINEAR_LIMIT_M:
            offsets = POINTS2 @ np.linalg.cholesky(P + 1e-6 * np.eye(2)).T
            return ImpactRegion(
                lat=at.lat,
                lon=at.lon,
                t=end.t,
                sigma_t=float(np.sqrt(moved[2, 2])),
                P=P,
                samples=_around(end.x[:3], at.axes, offsets),
                landed=1.0,
                orbit=0.0,
                linear=True,
                apogee_m=apogee_m,
                t_apogee=t_apogee,
            )
    return region_of(*_flown(body), apogee_m, t_apogee)


def apogee_of(state: Gaussian, inv_beta: float, end: Impact) -> tuple[float, float]:
    """Height m and time of the arc's highest point, ahead of the state or, where it already falls, behind it.

    Behind, the arc is drawn back in 10 s steps, the drag given back, and a parabola put through the highest
    three.
    """
    if float(state.x[:3] @ state.x[3:]) >= 0.0:
        return end.apogee_m, end.t_apogee
    t = state.t - np.arange(0.0, 3600.0, 10.0)
    x = propagate(state.t, state.x, inv_beta, t)
    h = np.nan_to_num(geodetic_from_ecef(x[:, :3])[2], nan=-np.inf)
    k = int(np.clip(np.argmax(h), 1, len(h) - 2))
    before, top, after = (float(v) for v in h[k - 1 : k + 2])
    bend = before - 2.0 * top + after
    shift = 0.5 * (before - after) / bend if bend < 0.0 else 0.0
    return top - 0.25 * (before - after) * shift, float(t[k]) - 10.0 * shift


def _around(r: Array, axes: Array, offsets: Array) -> Array:
    """Latitudes and longitudes (k, 2) of points displaced (k, 2) m east and north of r (3,)."""
    lat, lon, _ = geodetic_from_ecef(r + offsets @ axes[:2])
    return np.stack([lat, lon], axis=1)


def orbit_share(body: Body) -> float:
    """The share of a body's points that stay in orbit, where hardly any comes down."""
    return float((_flown(body)[0] == 1).mean())


def _flown(body: Body) -> tuple[NDArray[np.int64], Array, Array]:
    """Status, time and place (200,) of a body's points flown to the ground, each with a drag of its own."""
    x, inv_beta = spread(body.x[None], root(body.P[None]), np.array([body.inv_beta]), POINTS7)
    return impacts(body.t, x[0], inv_beta[0])


def region_of(
    status: NDArray[np.int64], t: Array, r: Array, apogee_m: float, t_apogee: float, reach: bool = False
) -> ImpactRegion | None:
    """The region of bodies flown to the ground: status, time and place (k,) of each; None if next to none
    lands."""
    down = status == 0
    if down.sum() < len(status) // 10:
        return None
    middle = np.median(r[down], axis=0)
    lat, lon, _ = geodetic_from_ecef(middle)
    axes = enu_from_ecef(float(lat), float(lon))
    flat = (r[down] - middle) @ axes[:2].T
    mean = flat.mean(axis=0)
    places_lat, places_lon, _ = geodetic_from_ecef(r[down])
    centre = _around(middle, axes, mean[None, :])[0]
    return ImpactRegion(
        lat=float(centre[0]),
        lon=float(centre[1]),
        t=float(t[down].mean()),
        sigma_t=float(t[down].std()),
        P=np.cov(flat.T),
        samples=np.stack([places_lat, places_lon], axis=1),
        landed=float(down.mean()),
        orbit=float((status == 1).mean()),
        linear=False,
        apogee_m=apogee_m,
        t_apogee=t_apogee,
        reach=reach,
    )
