"""Laws of impact beside a falling body's: of glides, light bodies, what a bus pushes, what is left early."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.buses import LEAST as LEAST_PUSH
from tocsin.assess.buses import NEVER, push_chances, push_gains
from tocsin.assess.classify import CLASSES
from tocsin.assess.glides import glides
from tocsin.assess.revolution import ahead
from tocsin.assess.whereabouts import Whereabouts, body_told
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.points import normal_points, root, spread, uncorrelated
from tocsin.motion.arcs import points_down
from tocsin.track.air import LIGHT

Array = NDArray[np.float64]

# Odds that what is built to come down is in an orbit, against even ones: assumed, 0.01 to 0.1.
BUILT_TO_FALL: Final = 0.05
LEAST: Final = 0.02  # P(class) below which a glide's and a fractional orbit's law is left out
LEAST_LIGHT: Final = 0.1  # the same of a light body, whose points are flown
SURE: Final = 0.99  # of being in orbit
LONGEST_S: Final = 10800.0  # what is not down by then comes down nobody knows where
POINTS: Final = 50
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
    made = (_gliding(found, p), _light(found, p), _pushed(found, p), _left(found, p))
    return [law for law in made if law is not None]


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
    return _flown(rows, p[rows, RE_ENTRY], state, P, np.full(n, LIGHT.inv_beta))


def _pushed(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Of what a bus may still push: points of the state at the last look, each with a push of its own."""
    bus = np.array([NEVER if where.bus is None else where.bus for where in found])
    likely = push_chances(bus, p)
    bodies = {
        i: body
        for i in np.flatnonzero(likely >= LEAST_PUSH).tolist()
        if (state := found[i].state) is not None and (drag := found[i].drag) is not None
        if (np.diagonal((body := body_told(state, drag)).P) > 0.0).all()
    }
    if not bodies:
        return None
    rows, P = list(bodies), np.array([b.P for b in bodies.values()])
    P[:, 3:6, 3:6] += push_gains(bus[rows], p[rows])[:, None, None] ** 2 * np.eye(3)
    x, inv_beta = np.array([b.x for b in bodies.values()]), np.array([b.inv_beta for b in bodies.values()])
    law = _flown(rows, likely[rows], x, P, inv_beta)
    up = by_odds(BUILT_TO_FALL, law.orbit)
    return law._replace(landed=law.landed * (1.0 - up) / np.maximum(1.0 - law.orbit, 1e-9), orbit=up)


def by_odds(odds: float | Array, o: Array) -> Array:
    """P(orbit) of what has odds times those of o, that of the state alone: odds o / (odds o + 1 - o)."""
    return np.asarray(odds * o / (odds * o + 1.0 - o))


def _flown(rows: list[int], p: Array, x: Array, P: Array, inv_beta: Array) -> Law:
    """The law of bodies x (n, 6) of covariance P (n, 7, 7): points of each flown to the ground."""
    x, each = spread(x, root(P), inv_beta, NORMAL)
    status, _, r = points_down(x.reshape(-1, 6), each.ravel(), LONGEST_S)
    lat, lon, _ = geodetic_from_ecef(np.where(status[:, None] == 0, r, np.nan))
    points, status = np.stack([lat, lon], axis=1).reshape(-1, POINTS, 2), status.reshape(-1, POINTS)
    return Law(rows, p.tolist(), points, (status == 0).mean(axis=1), (status == 1).mean(axis=1))


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
