"""Where and when many bodies come down, and what lies between: `predict_fall` of all of a picture at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.body import Body
from tocsin.estimate.points import WIDE, normal_points, uncorrelated, wide_points
from tocsin.estimate.predict import LINEAR_LIMIT_M, ImpactRegion
from tocsin.motion.arcs import Arcs, arcs_down
from tocsin.motion.fall import IMPACT, INVALID
from tocsin.sensor.measurement import site_axes

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

POINTS2 = uncorrelated(normal_points(WIDE, 2))
LEAST_LANDED = 0.1  # of the points, below which there is no region


@final
@dataclass(frozen=True, slots=True)
class Falls:
    """The impact distributions of n bodies, as `ImpactRegion` has them, with what the same arcs tell.

    known (n,): whether there is a region. lat, lon rad, t TAI s, sigma_t (n,); P (n, 2, 2) m2 east-north;
    samples (n, 100, 2) lat, lon rad, NaN where a point does not land; landed, orbit (n,) shares; linear (n,);
    apogee_m, t_apogee, apogee_sigma_m (n,). ephemeris (n, 25, 6) from state to impact: TAI s, lat, lon rad,
    height m, speed m/s, 1-sigma position error m; asked_x (n, k, 6) and asked_P (n, k, 7, 7): states and
    covariances at times asked for; to_ground (n, 3, 7): the linear map to metres east and north and seconds
    at the impact. What is not known is NaN.
    """

    known: Bools
    lat: Array
    lon: Array
    t: Array
    sigma_t: Array
    P: Array
    samples: Array
    landed: Array
    orbit: Array
    linear: Bools
    apogee_m: Array
    t_apogee: Array
    apogee_sigma_m: Array
    ephemeris: Array
    asked_x: Array
    asked_P: Array
    to_ground: Array

    def __len__(self) -> int:
        return len(self.t)

    def region(self, i: int) -> ImpactRegion | None:
        """One body's region by itself; None if next to none lands."""
        if not self.known[i]:
            return None
        places = self.samples[i]
        return ImpactRegion(
            lat=float(self.lat[i]),
            lon=float(self.lon[i]),
            t=float(self.t[i]),
            sigma_t=float(self.sigma_t[i]),
            P=self.P[i],
            samples=places[np.isfinite(places[:, 0])],
            landed=float(self.landed[i]),
            orbit=float(self.orbit[i]),
            linear=bool(self.linear[i]),
            apogee_m=float(self.apogee_m[i]),
            t_apogee=float(self.t_apogee[i]),
        )


def predict_falls(bodies: Sequence[Body], asked: Array | None = None) -> Falls:
    """The impact regions of many bodies; asked (n, k): times TAI s at which their states are wanted.

    Each arc is flown once (`arcs_down`). Linear where the 1-sigma major axis is under 60 km, by the map
    dr = (Phi - v n'Phi / n'v) dx; else by 100 points (`wide_points`), 55 of them flown. Against
    `predict_fall`: the same rules, within 3 m and 1 in 200 where linear.
    """
    n = len(bodies)
    t0 = np.array([b.t for b in bodies])
    x = np.array([b.x for b in bodies]).reshape(n, 6)
    P = np.array([b.P for b in bodies]).reshape(n, 7, 7)
    inv_beta = np.array([b.inv_beta for b in bodies])
    arcs = arcs_down(x, inv_beta, P, None if asked is None else asked - t0[:, None])
    sound = np.isfinite(P).all(axis=(1, 2))
    to_ground = _to_ground(arcs)
    fields = _linear(t0, P, arcs, to_ground)
    wide = np.flatnonzero(~fields["linear"] & (arcs.status != INVALID) & sound)
    if len(wide):
        _widen(wide, t0, wide_points(x[wide], P[wide], inv_beta[wide], to_ground[wide]), fields)
    move = np.concatenate([arcs.asked_phi, np.zeros_like(arcs.asked_phi[:, :, :1])], axis=2)
    move[:, :, 6, 6] = 1.0
    samples = arcs.samples.copy()
    samples[:, :, 0] += t0[:, None]
    return Falls(
        **fields,
        apogee_m=arcs.apogee[:, 1],
        t_apogee=t0 + arcs.apogee[:, 0],
        apogee_sigma_m=np.sqrt(np.maximum(arcs.apogee[:, 2], 0.0)),
        ephemeris=samples,
        asked_x=arcs.asked_x,
        asked_P=move @ P[:, None] @ np.swapaxes(move, 2, 3),
        to_ground=to_ground,
    )


def _to_ground(arcs: Arcs) -> Array:
    """The maps (n, 3, 7) of `landing`: metres east and north and seconds; nought where there is no impact."""
    out = np.zeros((len(arcs.t), 3, 7))
    down = np.flatnonzero(arcs.status == IMPACT)
    axes = site_axes(arcs.x[down, :3])
    r = axes @ arcs.phi[down, :3]
    v = np.einsum("nij,nj->ni", axes, arcs.x[down, 3:])
    out[down, 2] = -r[:, 2] / v[:, 2:]
    out[down, :2] = r[:, :2] + v[:, :2, None] * out[down, 2][:, None]
    return out


def _linear(t0: Array, P: Array, arcs: Arcs, to_ground: Array) -> dict[str, Any]:
    """The fields of the linear regions: those of all that came down, true where their region is small."""
    n = len(t0)
    down = np.flatnonzero((arcs.status == IMPACT) & np.isfinite(P).all(axis=(1, 2)))
    moved = to_ground[down] @ P[down] @ np.swapaxes(to_ground[down], 1, 2)
    a, b, c = moved[:, 0, 0], moved[:, 0, 1], moved[:, 1, 1]
    small = 0.5 * (a + c) + np.hypot(0.5 * (a - c), b) < LINEAR_LIMIT_M**2
    down, moved = down[small], moved[small]
    axes = site_axes(arcs.x[down, :3])
    flat = moved[:, :2, :2]
    root = np.linalg.cholesky(flat + 1e-6 * np.eye(2))
    offsets = POINTS2 @ np.swapaxes(root, 1, 2)
    places = geodetic_from_ecef(arcs.x[down, None, :3] + offsets @ axes[:, :2])
    centre = geodetic_from_ecef(arcs.x[down, :3])
    out: dict[str, Any] = {
        "known": np.zeros(n, dtype=bool),
        "linear": np.zeros(n, dtype=bool),
        "landed": np.zeros(n),
        "orbit": np.zeros(n),
        **{name: np.full(n, np.nan) for name in ("lat", "lon", "t", "sigma_t")},
        "P": np.full((n, 2, 2), np.nan),
        "samples": np.full((n, WIDE, 2), np.nan),
    }
    out["known"][down] = out["linear"][down] = True
    out["landed"][down] = 1.0
    out["lat"][down], out["lon"][down] = centre[0], centre[1]
    out["t"][down] = t0[down] + arcs.t[down]
    out["sigma_t"][down] = np.sqrt(moved[:, 2, 2])
    out["P"][down] = flat
    out["samples"][down, :, 0], out["samples"][down, :, 1] = places[0], places[1]
    return out


def _widen(
    wide: NDArray[np.int64], t0: Array, points: tuple[NDArray[np.int64], Array, Array], out: dict[str, Any]
) -> None:
    """Write into the fields the regions of bodies whose points (m, k) were flown."""
    status, t, r = points
    down = status == 0
    out["landed"][wide] = down.mean(axis=1)
    out["orbit"][wide] = (status == 1).mean(axis=1)
    some = down.mean(axis=1) >= LEAST_LANDED
    wide, t, r, down = wide[some], t[some], r[some], down[some]
    weight = down / down.sum(axis=1, keepdims=True)
    when = np.where(down, t, 0.0)
    out["known"][wide] = True
    mean_t = np.einsum("mk,mk->m", weight, when)
    out["t"][wide] = t0[wide] + mean_t
    out["sigma_t"][wide] = np.sqrt(np.einsum("mk,mk->m", weight, (when - mean_t[:, None]) ** 2))
    middle = np.nanmedian(np.where(down[..., None], r, np.nan), axis=1)
    axes = site_axes(middle)
    flat = np.where(down[..., None], r - middle[:, None], 0.0) @ np.swapaxes(axes[:, :2], 1, 2)
    mean = np.einsum("mk,mki->mi", weight, flat)
    off = (flat - mean[:, None]) * down[..., None]
    out["P"][wide] = np.swapaxes(off, 1, 2) @ off / (down.sum(axis=1) - 1.0)[:, None, None]
    centre = geodetic_from_ecef(middle + np.einsum("mi,mij->mj", mean, axes[:, :2]))
    out["lat"][wide], out["lon"][wide] = centre[0], centre[1]
    lat, lon, _ = geodetic_from_ecef(r)
    out["samples"][wide, :, 0], out["samples"][wide, :, 1] = lat, lon
