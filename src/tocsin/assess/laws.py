"""Laws of impact beside that of a body that only falls: of glides, of light bodies, of what is left early."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES
from tocsin.assess.glides import glides
from tocsin.assess.revolution import ahead
from tocsin.assess.whereabouts import Whereabouts
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.points import normal_points, root, spread, uncorrelated
from tocsin.motion.arcs import points_down
from tocsin.track.air import LIGHT

Array = NDArray[np.float64]

LEAST: Final = 0.02  # P(class) below which a glide's and a fractional orbit's law is left out
LEAST_LIGHT: Final = 0.1  # the same of a light body, whose points are flown
SURE: Final = 0.99  # of being in orbit
LONGEST_S: Final = 10800.0  # what is not down by then comes down nobody knows where
POINTS: Final = 25
NORMAL = uncorrelated(normal_points(POINTS, 7))
GLIDE, FRACTIONAL, RE_ENTRY = (CLASSES.index(c) for c in ("glide", "fractional-orbit", "re-entry"))


class Law(NamedTuple):
    """A law of impact of some tracks: which, with what probability, and places (n, POINTS, 2), lat, lon rad.

    landed, orbit (n,): shares of it; of_orbit: it takes the place of what the tracks' own law has in orbit.
    """

    rows: list[int]
    p: list[float]
    points: Array
    landed: Array
    orbit: Array
    of_orbit: bool = False


def laws(found: Sequence[Whereabouts], p: Array) -> list[Law]:
    """Those that tracks of P(class) (n, 14) may follow, none where no class calls for one."""
    return [law for law in (_gliding(found, p), _light(found, p), _left(found, p)) if law is not None]


def _gliding(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Of glides: on beyond where the arc would end."""
    likely = np.flatnonzero(p[:, GLIDE] >= LEAST).tolist()
    places = {i: found[i].places for i in likely if found[i].trajectory}
    some = {i: v[np.linspace(0, len(v) - 1, POINTS).astype(int)] for i, v in places.items() if v is not None}
    if not some:
        return None
    rows, none = list(some), np.zeros(len(some))
    points = glides([found[i].trajectory for i in rows], np.array(list(some.values())))
    return Law(rows, p[rows, GLIDE].tolist(), points, none + 1.0, none)


def _light(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Of re-entries whose drag no look told: points of the state, each with the drag of a light body."""
    bodies = {
        i: body
        for i in np.flatnonzero(p[:, RE_ENTRY] >= LEAST_LIGHT).tolist()
        if (body := found[i].body) is not None and found[i].territory is not None
        if not found[i].learnt and found[i].orbit < SURE
    }
    if not bodies:
        return None
    rows, n = list(bodies), len(bodies)
    P = np.zeros((n, 7, 7))
    P[:, :6, :6] = [b.P[:6, :6] for b in bodies.values()]
    P[:, 6, 6] = LIGHT.sigma**2
    state = np.array([b.x for b in bodies.values()])
    x, inv_beta = spread(state, root(P), np.full(n, LIGHT.inv_beta), NORMAL)
    status, _, r = points_down(x.reshape(-1, 6), inv_beta.ravel(), LONGEST_S)
    lat, lon, _ = geodetic_from_ecef(np.where(status[:, None] == 0, r, np.nan))
    points, status = np.stack([lat, lon], axis=1).reshape(n, POINTS, 2), status.reshape(n, POINTS)
    return Law(
        rows, p[rows, RE_ENTRY].tolist(), points, (status == 0).mean(axis=1), (status == 1).mean(axis=1)
    )


def _left(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Of fractional orbits: left somewhere on the first revolution."""
    likely = np.flatnonzero(p[:, FRACTIONAL] >= LEAST).tolist()
    bodies = {i: body for i in likely if (body := found[i].body) is not None and found[i].orbit > LEAST}
    if not bodies:
        return None
    rows, none = list(bodies), np.zeros(len(bodies))
    launched = [found[i].launch for i in rows]
    gone = [b.t - at.t if at is not None else 0.0 for b, at in zip(bodies.values(), launched, strict=True)]
    points = ahead(np.array([b.x for b in bodies.values()]), np.array(gone), POINTS)
    return Law(rows, p[rows, FRACTIONAL].tolist(), points, none + 1.0, none, of_orbit=True)
