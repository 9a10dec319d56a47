"""How the threat may turn out after a look: where the smaller region may lie, and what lies under it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.estimate.falls import Falls
from tocsin.sensor.measurement import site_axes

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

CENTRES = 50  # of the hundred places of the present region, that the smaller one is laid round
# Rings of a two-dimensional Gaussian: the shares of probability that they stand for, and points on each. The
# outermost points weigh a quarter of a hundredth, so that no one of them makes a threat.
RING_SHARES = (0.3, 0.25, 0.2, 0.15, 0.07, 0.03)
ON_RING = 12
LATTICE = 41  # points a side of where protected ground is looked up once: every fifth of a sigma
BEYOND = 1.2  # sigma by which a smaller region may reach beyond the places of the present one
LEAST_LEFT = 1e-12  # of the region, so that what is gained stays a number


def _rings() -> tuple[Array, Array]:
    """Points (72, 2) of the standard Gaussian on six rings at the middle of their shares, and weights."""
    share = np.array(RING_SHARES)
    middle = np.cumsum(share) - 0.5 * share
    radius = np.sqrt(-2.0 * np.log(1.0 - middle))
    turn = 2.0 * np.pi * (np.arange(ON_RING)[None, :] + 0.5 * np.arange(len(share))[:, None]) / ON_RING
    points = radius[:, None, None] * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    return points.reshape(-1, 2), np.repeat(share / ON_RING, ON_RING)


POINTS, WEIGHTS = _rings()


class Outcome(NamedTuple):
    """The 90 % region's semi-major axis km, the bits gained, and the chances of threat none and confirmed."""

    semi_major_90_km: float
    bits: float
    none: float
    confirmed: float


@final
@dataclass(frozen=True, slots=True)
class Prospect:
    """The present impact region, ready to be asked what looks would leave of it.

    All in the axes in which it is round and of size one: w (k, 2) its places; on (n, n) whether protected
    ground lies at the points of a lattice from -reach to reach (2,) of each axis; L (2, 2) m: from there to
    east and north. to_ground (2, 7): the linear map to the impact from a body's state and ln beta; landed:
    the share that lands; protected: P(impact on protected ground); bounds: the thresholds of `prospect_of`.
    """

    w: Array
    on: Bools
    reach: Array
    L: Array
    to_ground: Array
    landed: float
    protected: float
    bounds: tuple[float, float]

    def after(self, left: Array) -> list[Outcome]:
        """The outcomes of looks that leave covariances (m, 7, 7) of the body's state and ln beta.

        The impact's would be Q = M P+ M' in place of P = L L', and L^-1 Q L^-T = U g U'. Where the smaller
        region's middle would lie is spread with 1 - g: the present places drawn in by U sqrt(1 - g) U'. Round
        each: P(protected) over 72 weighted points of g.
        """
        Q = self.to_ground @ left @ self.to_ground.T
        inverse = np.linalg.inv(self.L)
        g, U = np.linalg.eigh(inverse @ Q @ inverse.T)
        g = np.clip(g, LEAST_LEFT, 1.0)
        back = np.swapaxes(U, 1, 2)
        some = self.w[:: max(len(self.w) // CENTRES, 1)]
        centres = some @ ((U * np.sqrt(1.0 - g)[:, None]) @ back)
        round_them = POINTS @ (np.sqrt(g)[:, :, None] * back)
        places = centres[:, :, None] + round_them[:, None]
        size = len(self.on) - 1
        at = np.rint((places / self.reach + 1.0) * (0.5 * size)).astype(np.int64)
        i, j = np.moveaxis(np.clip(at, 0, size), -1, 0)
        p = self.on[i, j] @ WEIGHTS
        none = (p < self.bounds[0]).mean(axis=1) * self.landed + (1.0 - self.landed)
        confirmed = (p >= self.bounds[1]).mean(axis=1) * self.landed
        major = np.sqrt(np.maximum(np.linalg.eigvalsh(Q)[:, -1], 0.0)) * math.sqrt(2.0 * math.log(10.0)) / 1e3
        bits = -0.5 * np.log2(g).sum(axis=1)
        rows = np.column_stack([major, bits, none, confirmed])
        return [Outcome(*row) for row in rows.tolist()]


def prospect_of(
    falls: Falls, P: Array, share: Callable[[Array], Bools], bounds: tuple[float, float]
) -> Prospect:
    """The prospect of one body of covariance P (7, 7), as `predict_falls` had it, alone.

    share: which places (k, 2) lat, lon rad lie on protected ground, asked once; bounds: the thresholds of
    P(protected) below which there is no threat, and from which it is confirmed.
    """
    places = falls.samples[0]
    places = places[np.isfinite(places[:, 0])]
    r = ecef_from_geodetic(falls.lat[0], falls.lon[0], 0.0)
    axes = site_axes(r)
    to_ground = falls.to_ground[0, :2]
    L = np.asarray(np.linalg.cholesky(to_ground @ P @ to_ground.T + 1e-3 * np.eye(2)), dtype=np.float64)
    flat = (ecef_from_geodetic(places[:, 0], places[:, 1], 0.0) - r) @ axes[:2].T
    middle = flat.mean(axis=0)
    w = (flat - middle) @ np.linalg.inv(L).T
    reach = np.abs(w).max(axis=0) + BEYOND
    line = np.linspace(-1.0, 1.0, LATTICE)
    lattice = np.stack(np.meshgrid(*(reach[:, None] * line), indexing="ij"), axis=-1).reshape(-1, 2)
    on = share(np.concatenate([places, _on_ground(middle + lattice @ L.T, r, axes)]))
    landed = float(falls.landed[0])
    return Prospect(
        w=w,
        on=on[len(places) :].reshape(LATTICE, LATTICE),
        reach=reach,
        L=L,
        to_ground=to_ground,
        landed=landed,
        protected=landed * float(on[: len(places)].mean()),
        bounds=bounds,
    )


def _on_ground(flat: Array, r: Array, axes: Array) -> Array:
    """Latitudes and longitudes (n, 2) of places east and north (n, 2) m in the plane at r, on the globe."""
    radius = float(np.linalg.norm(r))
    sunk = np.sqrt(np.maximum(radius**2 - np.sum(flat**2, axis=1), 0.0)) - radius
    lat, lon, _ = geodetic_from_ecef(r + flat @ axes[:2] + sunk[:, None] * axes[2])
    return np.stack([lat, lon], axis=1)
