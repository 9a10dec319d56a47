"""Where tracks come down should they be of a class that flies on otherwise than their arcs have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES
from tocsin.assess.glides import glides
from tocsin.assess.revolution import ahead
from tocsin.assess.territory import Territories, mixed
from tocsin.assess.whereabouts import Whereabouts
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.points import normal_points, root, spread, uncorrelated
from tocsin.motion.arcs import points_down
from tocsin.track.air import LIGHT

Array = NDArray[np.float64]

LEAST, LEAST_LIGHT = 0.02, 0.1
"""P(class) below which its own law of impact is left out: of what glides or is left early, and of light bodies."""
IN_ORBIT: Final = 0.99
POINTS: Final = 25
GLIDE, FRACTIONAL = CLASSES.index("glide"), CLASSES.index("fractional-orbit")
RE_ENTRY = CLASSES.index("re-entry")
LONGEST_S: Final = 10800.0  # what is not down by then comes down nobody knows where
UP_AND_DOWN: Final = 12.0, 0.05
"""Odds that what is built for an orbit is in one, and that what is not: assumed, 5 to 30 and 0.01 to 0.1."""
ODDS: Final = np.array([
    UP_AND_DOWN[0] if name in ("fractional-orbit", "space-launch", "satellite")
    else 1.0 if name in ("re-entry", "unknown", "meteor") else UP_AND_DOWN[1]
    for name in CLASSES
])  # fmt: skip
NORMAL = uncorrelated(normal_points(POINTS, 7))


class Law(NamedTuple):
    """Another law of impact of some tracks: which, with what probability, and places (n, POINTS, 2) of it, of
    which the shares landed and orbit; of_orbit: that it is of the part alone that their arcs have in orbit."""

    rows: list[int]
    p: list[float]
    points: Array
    landed: Array
    orbit: Array
    of_orbit: bool = False


class Told(NamedTuple):
    """A law as it is told: by territory, by protected area (p,), and the shares that land and stay up."""

    owned: dict[str, float]
    on_areas: Array
    landed: float
    orbit: float


def otherwise(found: Sequence[Whereabouts], p: Array, territories: Territories) -> list[Whereabouts]:
    """The same whereabouts with territories, protected areas and shares mixed by P(class) (n, 14).

    P(territory) = sum_c P(c) P(territory | c): what is built for an orbit is sooner in one (`ODDS`), a glide goes
    on where its arc would end (`glides`), what comes from an orbit is light unless its drag is known (`LIGHT`),
    and a fractional orbit is left before it is round (`ahead`). The impact's place and regions stay the arc's.
    """
    found = _by_class(found, p)
    laws = [law for law in (_gliding(found, p), _light(found, p), _left(found, p)) if law is not None]
    out = list(found)
    if not laws:
        return out
    points = np.concatenate([law.points for law in laws])
    landed, orbit = (np.concatenate([getattr(law, name) for law in laws]) for name in ("landed", "orbit"))
    owned, on_areas = territories.told(points, landed, orbit)
    first = 0
    for law in laws:
        for k, (i, share) in enumerate(zip(law.rows, law.p, strict=True), first):
            own = Told(owned[k], on_areas[k], float(landed[k]), float(orbit[k]))
            if law.of_orbit:
                share *= out[i].orbit
                up = Told({"orbit": 1.0}, np.zeros_like(own.on_areas), 0.0, 1.0)
                out[i] = _told(out[i], (1.0, _of(out[i])), (-share, up), (share, own))
            else:
                out[i] = _told(out[i], (1.0, _of(out[i])), (-share, _of(found[i])), (share, own))
        first += len(law.rows)
    return out


def _by_class(found: Sequence[Whereabouts], p: Array) -> list[Whereabouts]:
    """Whether it is in orbit, where its state alone leaves that open: o_c / (1 - o_c) = ODDS_c o / (1 - o)."""
    out = list(found)
    orbit = np.array([w.orbit for w in found])
    for i in np.flatnonzero((orbit > 1.0 - IN_ORBIT) & (orbit < IN_ORBIT)).tolist():
        where, o = out[i], orbit[i]
        up = float(p[i] @ (ODDS * o / (ODDS * o + 1.0 - o)))
        left = (1.0 - up) / (1.0 - o)
        told = where.territory or {}
        out[i] = replace(
            where,
            territory=mixed([(left, told), (up - left * told.get("orbit", 0.0), {"orbit": 1.0})]),
            protected={name: left * q for name, q in (where.protected or {}).items()},
            landed=left * where.landed,
            orbit=up,
        )
    return out


def _gliding(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Glides, of what comes down."""
    places = {i: found[i].places for i in np.flatnonzero(p[:, GLIDE] >= LEAST).tolist() if found[i].trajectory}
    some = {i: v[np.linspace(0, len(v) - 1, POINTS).astype(int)] for i, v in places.items() if v is not None}
    if not some:
        return None
    rows = list(some)
    points = glides([found[i].trajectory for i in rows], np.array(list(some.values())))
    return Law(rows, p[rows, GLIDE].tolist(), points, np.ones(len(rows)), np.zeros(len(rows)))


def _light(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Bodies from orbits whose drag no look has told, of what is not sure to stay up."""
    share = p[:, RE_ENTRY]
    rows = [
        i
        for i in np.flatnonzero(share >= LEAST_LIGHT).tolist()
        if found[i].territory is not None and found[i].orbit < IN_ORBIT and not found[i].learnt
    ]
    bodies = [body for i in rows if (body := found[i].body) is not None]
    if not bodies:
        return None
    P = np.array([b.P for b in bodies])
    P[:, 6], P[:, :, 6], P[:, 6, 6] = 0.0, 0.0, LIGHT.sigma**2
    drag = np.full(len(bodies), LIGHT.inv_beta)
    x, inv_beta = spread(np.array([b.x for b in bodies]), root(P), drag, NORMAL)
    status, _, r = points_down(x.reshape(-1, 6), inv_beta.reshape(-1), LONGEST_S)
    status = status.reshape(inv_beta.shape)
    lat, lon, _ = geodetic_from_ecef(np.where(status.reshape(-1, 1) == 0, r, np.nan))
    points = np.stack([lat, lon], axis=1).reshape(*inv_beta.shape, 2)
    return Law(rows, share[rows].tolist(), points, (status == 0).mean(axis=1), (status == 1).mean(axis=1))


def _left(found: Sequence[Whereabouts], p: Array) -> Law | None:
    """Fractional orbits, of the part that is in orbit."""
    rows = [i for i in np.flatnonzero(p[:, FRACTIONAL] >= LEAST).tolist() if found[i].orbit > LEAST]
    bodies = [body for i in rows if (body := found[i].body) is not None]
    if not bodies:
        return None
    launched = [found[i].launch for i in rows]
    gone = [b.t - at.t if at is not None else 0.0 for b, at in zip(bodies, launched, strict=True)]
    points = ahead(np.array([b.x for b in bodies]), np.array(gone), POINTS)
    none = np.zeros(len(rows))
    return Law(rows, p[rows, FRACTIONAL].tolist(), points, none + 1.0, none, of_orbit=True)


def _of(where: Whereabouts) -> Told:
    return Told(where.territory or {}, np.array(list((where.protected or {}).values())), where.landed, where.orbit)


def _told(where: Whereabouts, *parts: tuple[float, Told]) -> Whereabouts:
    """The whereabouts with a sum of laws, each with its weight, which may be taken away too."""
    on = np.sum([w * told.on_areas for w, told in parts], axis=0)
    return replace(
        where,
        territory=mixed([(w, told.owned) for w, told in parts]),
        protected=dict(zip(where.protected or (), on.tolist(), strict=True)),
        landed=sum(w * told.landed for w, told in parts),
        orbit=sum(w * told.orbit for w, told in parts),
    )
