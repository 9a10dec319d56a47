"""Where tracks come down should they be of a class that does not only fall, beside where their arcs end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES
from tocsin.assess.glides import glides
from tocsin.assess.territory import Territories, mixed
from tocsin.assess.whereabouts import Whereabouts
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.frames import half_turn
from tocsin.estimate.points import even_points

Array = NDArray[np.float64]

LEAST: Final = 0.02  # of a class, below which its own law of impact is left out
POINTS: Final = 25
SOONEST: Final = 0.3  # rad of its way that a body in orbit goes before it can be down: assumed, 0.2 to 0.6
GLIDE, FRACTIONAL = CLASSES.index("glide"), CLASSES.index("fractional-orbit")


def otherwise(
    found: Sequence[Whereabouts], p: Array, territories: Territories
) -> list[Whereabouts]:
    """The same whereabouts with territories, protected areas and shares mixed by P(class) (n, 14).

    P(territory) = sum_c P(c) P(territory | c): a glide goes beyond where its arc ends (`glides`), and a
    fractional orbit is left before it is round, anywhere on its way; of all others their arc's law holds. The
    impact place and its regions stay those of the arc.
    """
    gliding = [i for i in np.flatnonzero(p[:, GLIDE] >= LEAST).tolist() if found[i].trajectory]
    gliding = [i for i in gliding if found[i].places is not None]
    round_it = [i for i in np.flatnonzero(p[:, FRACTIONAL] >= LEAST).tolist() if found[i].orbit > LEAST]
    if not gliding and not round_it:
        return list(found)
    points = []
    if gliding:
        arcs = [found[i].trajectory for i in gliding]
        points.append(glides(arcs, np.array([_some(found[i].places) for i in gliding])))
    if round_it:
        points.append(_ahead([found[i] for i in round_it]))
    rows = gliding + round_it
    landed = np.ones(len(rows))
    owned, on_areas = territories.told(np.concatenate(points), landed, 0.0 * landed)
    out = list(found)
    for n, (i, own, areas) in enumerate(zip(rows, owned, on_areas.tolist(), strict=True)):
        if n < len(gliding):
            out[i] = _beside(out[i], float(p[i, GLIDE]), own, areas)
        else:
            out[i] = _left(out[i], float(p[i, FRACTIONAL]), own, areas)
    return out


def _beside(where: Whereabouts, p: float, own: dict[str, float], areas: list[float]) -> Whereabouts:
    """(1 - p) of the arc's law and p of another."""
    told, on = where.territory or {}, where.protected or {}
    return replace(
        where,
        territory=mixed([(1.0 - p, told), (p, own)]),
        protected={name: (1.0 - p) * q + p * a for (name, q), a in zip(on.items(), areas, strict=True)},
        landed=(1.0 - p) * where.landed + p,
        orbit=(1.0 - p) * where.orbit,
    )


def _left(where: Whereabouts, p: float, own: dict[str, float], areas: list[float]) -> Whereabouts:
    """Of what the arc's law has in orbit, the part p by another."""
    told, on, part = where.territory or {}, where.protected or {}, p * where.orbit
    return replace(
        where,
        territory=mixed([(1.0, told), (-part, {"orbit": 1.0}), (part, own)]),
        protected={name: q + part * a for (name, q), a in zip(on.items(), areas, strict=True)},
        landed=where.landed + part,
        orbit=where.orbit - part,
    )


def _some(places: Array | None) -> Array:
    """POINTS of a region's places, spread over all of them."""
    assert places is not None
    return places[np.linspace(0, len(places) - 1, POINTS).astype(np.int64)]


def _ahead(found: Sequence[Whereabouts]) -> Array:
    """Places (n, POINTS, 2) lat, lon rad on the way of orbits: even from SOONEST to the end of the first
    revolution since the launch, where that is known, on a circle about a turning Earth."""
    bodies = [w.body for w in found if w.body is not None]
    x, t = np.array([b.x for b in bodies]), np.array([b.t for b in bodies])
    r, v = x[:, :3], x[:, 3:] + np.cross([0.0, 0.0, OMEGA], x[:, :3])
    size = np.linalg.norm(r, axis=1)
    rate = np.sqrt(MU / size**3)
    gone = rate * np.array([b - w.launch.t if w.launch is not None else 0.0 for b, w in zip(t, found, strict=True)])
    last = np.maximum(2.0 * np.pi - np.clip(gone, 0.0, 2.0 * np.pi), 2.0 * SOONEST)
    angle = SOONEST + (last - SOONEST)[:, None] * even_points(POINTS, 1)[:, 0]
    up = r / size[:, None]
    on = v - np.sum(v * up, axis=1, keepdims=True) * up
    on /= np.linalg.norm(on, axis=1, keepdims=True)
    there = np.cos(angle)[..., None] * up[:, None] + np.sin(angle)[..., None] * on[:, None]
    lat = np.arcsin(there[..., 2])
    lon = np.arctan2(there[..., 1], there[..., 0]) - OMEGA * angle / rate[:, None]
    return np.stack([lat, half_turn(lon)], axis=2)
