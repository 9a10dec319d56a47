"""What a window of each part of the study holds: drawn as nature has it, in strata, with its weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.path import Path
from tocsin.sensor.coverage import seen_along
from tocsin.sensor.radar import Radar
from tocsin.study.false_alarm.bodies import decay, landings, overhead, places
from tocsin.study.false_alarm.nearness import away_km
from tocsin.study.false_alarm.nuisances import MIMICS, ghost, glint, telescopes
from tocsin.study.false_alarm.rates import YEAR_S, Rates
from tocsin.study.false_alarm.watch import START_T, Scene, watching
from tocsin.study.false_alarm.weight import NATURAL

Array = NDArray[np.float64]
SightKind = Literal["low", "high", "one"]

BEFORE_S, AFTER_S = 20.0, 60.0
LANDINGS = 20_000
NEAR_KM = (0.0, 1000.0)  # on protected ground, and near it
LOW_M, LIGHT_M = 85e3, 30e3  # where a body slows; of a fireball, and of what shines above the air's water
SEEN_S = 14.0  # of a radar, two revisits, and of a plume or a glow: less makes no track of both
MOST_TRIES = 400


@final
@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A scene and what it is weighted by; sight: who could see what comes down in it.

    t_impact: when what is meant to warn of comes down, TAI s, of a true attack alone.
    """

    scene: Scene
    weight: float = 1.0
    sight: SightKind = "low"
    t_impact: float | None = None


@cache
def _landings(seed: int) -> tuple[Array, NDArray[np.int64]]:
    """Landings drawn once, the nearest to protected ground first; on it 0, near 1, beyond 2."""
    drawn = landings(LANDINGS, np.random.default_rng([seed, 1]))
    away = away_km(places(drawn), watching().territories)
    order = np.argsort(away, kind="stable")
    return drawn[order], np.searchsorted(NEAR_KM, away[order])


def landing_shares(seed: int) -> Array:
    """Of all landings: on protected ground, within some 1,000 km of it, beyond."""
    kinds = _landings(seed)[1]
    return np.asarray(np.bincount(kinds, minlength=3) / len(kinds))


def a_landing(seed: int, kind: int, rng: np.random.Generator) -> tuple[float, float, float]:
    """One landing of a class."""
    drawn, kinds = _landings(seed)
    return tuple(map(float, rng.choice(drawn[kinds == kind])))  # type: ignore[return-value]


def falling(seed: int, kind: int, glows: bool, rng: np.random.Generator, satellites: bool = True) -> Window:
    """A body that comes down, alone."""
    body = decay(a_landing(seed, kind, rng), glows, START_T + BEFORE_S, rng)
    sight = sight_of(body)
    body, lasts = trimmed(body, sight)
    return Window(Scene(lasts, (body,), satellites=satellites), sight=sight.kind)


@final
@dataclass(frozen=True, slots=True)
class Sight:
    """From when to when anyone could see a path, TAI s, and who for long enough to make a track of it.

    kind: "low", a telescope and a radar below LOW_M, where it slows; "high", both, but no radar so low.
    """

    first: float
    last: float
    kind: SightKind


def sight_of(body: Path) -> Sight:
    """Who could see a path with samples every second, by geometry; from its start where nobody could."""
    low = geodetic_from_ecef(body.r_ecef)[2] < LOW_M
    network = watching().network
    along = seen_along(network, body.t, body.r_ecef)
    eyes = len(network.satellites)
    glow = along.seen[:eyes] & (body.power > 0.0)
    radar = along.seen[eyes:]
    any_ = np.flatnonzero(glow.any(axis=0) | radar.any(axis=0))
    eye, high_up, deep = (seen.sum(axis=1).max(initial=0) >= SEEN_S for seen in (glow, radar, radar & low))
    first, last = (float(body.t[k]) for k in ((any_[0], any_[-1]) if len(any_) else (0, 0)))
    return Sight(first, last, "one" if not (eye and high_up) else "low" if deep else "high")


def trimmed(body: Path, sight: Sight) -> tuple[Path, float]:
    """The path moved in time so that it is first seen BEFORE_S after START_T, and how long a window lasts."""
    shift = START_T + BEFORE_S - sight.first
    return replace(body, t=body.t + shift), BEFORE_S + sight.last - sight.first + AFTER_S


def glint_on_decay(seed: int, kind: int, rates: Rates, rng: np.random.Generator) -> Window:
    """A glint of one telescope beside a body that comes down unseen by any other.

    The glint begins at any time of a span before and during the fall; its weight is that span over a year.
    """
    lasts = _lasting(rates, rng)
    body = decay(a_landing(seed, kind, rng), False, START_T + BEFORE_S, rng)
    begin = float(rng.uniform(body.t[0] - lasts, body.t[-1]))
    eye = rng.choice(np.array(telescopes(), dtype=object))
    drawn = glint(body, begin, lasts, eye, rng)
    scene = Scene(BEFORE_S + len(body.t) + AFTER_S, (body,), {eye.key: (drawn.path,)})
    return Window(scene, drawn.weight * (body.t[-1] - body.t[0] + lasts) / YEAR_S)


def glint_on_orbit(rates: Rates, rng: np.random.Generator) -> Window:
    """A glint of one telescope beside one of the uncatalogued objects in view, that alone.

    Weighted by the share of all such objects that is in view: any of them might have been the one.
    """
    lasts = min(_lasting(rates, rng), 300.0)
    whole = BEFORE_S + lasts + AFTER_S
    crowd = overhead(round(rates.uncatalogued), whole, rng)
    if not crowd:
        return Window(Scene(0.0), 0.0)
    one = crowd[int(rng.integers(len(crowd)))]
    eye = rng.choice(np.array(telescopes(), dtype=object))
    drawn = glint(one, START_T + BEFORE_S, lasts, eye, rng)
    return Window(
        Scene(whole, (one,), {eye.key: (drawn.path,)}), drawn.weight * len(crowd) / rates.uncatalogued
    )


def glint_on_ghost(rates: Rates, rng: np.random.Generator) -> Window:
    """A glint of one telescope beside a false echo of one radar; weighted by the span over a year."""
    site = rng.choice(np.array(watching().network.radars, dtype=object))
    echo = ghost(Radar(site), START_T + BEFORE_S, _lasting(rates, rng), rng)
    lasts = _lasting(rates, rng)
    begin = float(rng.uniform(echo.path.t[0] - lasts, echo.path.t[-1]))
    eye = rng.choice(np.array(telescopes(), dtype=object))
    drawn = glint(echo.path, begin, lasts, eye, rng)
    alone: dict[str, tuple[Path, ...]] = {eye.key: (drawn.path,), site.key: (echo.path,)}
    span = float(echo.path.t[-1] - echo.path.t[0]) + lasts
    scene = Scene(min(BEFORE_S + span + AFTER_S, 600.0), (), alone)
    return Window(scene, drawn.weight * echo.weight * span / YEAR_S)


def glint_alone(rates: Rates, rng: np.random.Generator) -> Window:
    """A glint of one telescope as nature has it, in time beside a radar's nuisance that is not there."""
    site = rng.choice(np.array(watching().network.radars, dtype=object))
    lasts = _lasting(rates, rng)
    stand_in = ghost(Radar(site), START_T + BEFORE_S, lasts, rng).path
    eye = rng.choice(np.array(telescopes(), dtype=object))
    drawn = glint(stand_in, START_T + BEFORE_S, lasts, eye, rng, proposal=NATURAL)
    return Window(Scene(BEFORE_S + lasts + AFTER_S, (), {eye.key: (drawn.path,)}), drawn.weight)


def ghost_alone(rates: Rates, rng: np.random.Generator) -> Window:
    """A false echo of one radar, with nothing beside it."""
    site = rng.choice(np.array(watching().network.radars, dtype=object))
    lasts = _lasting(rates, rng)
    echo = ghost(Radar(site), START_T + BEFORE_S, lasts, rng, MIMICS)
    return Window(Scene(BEFORE_S + lasts + AFTER_S, (), {site.key: (echo.path,)}), echo.weight)


def still_light(lasts: float, rates: Rates, rng: np.random.Generator) -> Window:
    """What stands still and shines for lasts s, seen by all telescopes, beneath one uncatalogued object.

    Weighted as `glint_on_orbit`.
    """
    whole = BEFORE_S + lasts + AFTER_S
    crowd = overhead(round(rates.uncatalogued), whole, rng)
    if not crowd:
        return Window(Scene(0.0), 0.0)
    one = crowd[int(rng.integers(len(crowd)))]
    eye = telescopes()[0]
    drawn = glint(one, START_T + BEFORE_S, lasts, eye, rng, (), height_m=LIGHT_M)
    return Window(Scene(whole, (one, drawn.path)), drawn.weight * len(crowd) / rates.uncatalogued)


def _lasting(rates: Rates, rng: np.random.Generator) -> float:
    """How long a nuisance lasts, s."""
    return float(min(max(rng.exponential(rates.nuisance_s), 3.0), 5.0 * rates.nuisance_s))
