"""Where tracks come down, with what their classes say of it beside their arcs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES
from tocsin.assess.laws import BUILT_TO_FALL, SURE, by_odds, laws
from tocsin.assess.territory import Territories, mixed
from tocsin.assess.whereabouts import Whereabouts

Array = NDArray[np.float64]

# Odds that one of the class is in an orbit, against even ones; of what is built for it: assumed, 5 to 30.
BUILT_FOR_IT = 12.0
ODDS: Final = np.full(len(CLASSES), BUILT_TO_FALL)
ODDS[np.isin(CLASSES, ("fractional-orbit", "space-launch", "satellite"))] = BUILT_FOR_IT
ODDS[np.isin(CLASSES, ("re-entry", "meteor", "unknown"))] = 1.0


class Told(NamedTuple):
    """A law of impact as it is told: by territory, by protected area (p,), what lands and what stays up."""

    owned: dict[str, float]
    on_areas: Array
    landed: float
    orbit: float


def otherwise(found: Sequence[Whereabouts], p: Array, territories: Territories) -> list[Whereabouts]:
    """The same whereabouts with territories, protected areas and shares by P(class) (n, 14).

    P(territory) = sum_c P(c) P(territory | c): what is built for an orbit is sooner in one (`ODDS`); glides,
    light bodies and fractional orbits have laws of their own (`laws`), that of all others is their arc's. The
    impact's place and regions stay the arc's.
    """
    out = [
        _in_orbit(where, p[i]) if 1.0 - SURE < where.orbit < SURE else where for i, where in enumerate(found)
    ]
    others = laws(out, p)
    if not others:
        return out
    arcs = list(out)
    landed, orbit = (np.concatenate([getattr(law, name) for law in others]) for name in ("landed", "orbit"))
    owned, on_areas = territories.told(np.concatenate([law.points for law in others]), landed, orbit)
    told = (Told(*row) for row in zip(owned, on_areas, landed.tolist(), orbit.tolist(), strict=True))
    up = Told({"orbit": 1.0}, np.zeros(on_areas.shape[1]), 0.0, 1.0)
    for law in others:
        for i, share, own in zip(law.rows, law.p, told, strict=False):  # the next laws' are left in `told`
            weight, less = (share * out[i].orbit, up) if law.of_orbit else (share, _of(arcs[i]))
            out[i] = _sum(out[i], (1.0, _of(out[i])), (-weight, less), (weight, own))
    return out


def _in_orbit(where: Whereabouts, p: Array) -> Whereabouts:
    """With P(orbit) = sum_c P(c) o_c, o_c / (1 - o_c) = ODDS_c o / (1 - o), o that of the state alone."""
    o, told = where.orbit, _of(where)
    up = float(p @ by_odds(ODDS, np.array(o)))
    left = (1.0 - up) / (1.0 - o)
    none = Told({"orbit": 1.0}, np.zeros_like(told.on_areas), 0.0, 1.0)
    return _sum(where, (left, told), (up - left * o, none))


def _of(where: Whereabouts) -> Told:
    on = where.protected or {}
    return Told(where.territory or {}, np.array(list(on.values())), where.landed, where.orbit)


def _sum(where: Whereabouts, *parts: tuple[float, Told]) -> Whereabouts:
    """The whereabouts with a sum of laws, each with its weight, which is below 0 of what is taken away."""
    on = np.sum([w * told.on_areas for w, told in parts], axis=0)
    return structs.replace(
        where,
        territory=mixed([(w, told.owned) for w, told in parts]),
        protected=dict(zip(where.protected or (), on.tolist(), strict=True)),
        landed=sum(w * told.landed for w, told in parts),
        orbit=sum(w * told.orbit for w, told in parts),
    )
