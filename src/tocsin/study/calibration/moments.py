"""One flight at several moments: what a centre holds of it, beside what is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, final

import numpy as np

from tocsin.assess.case import NO_TIMES, Case
from tocsin.assess.classify import CLASSES
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders
from tocsin.catalogue.vehicle import vehicles
from tocsin.estimate.boost.template import template_of
from tocsin.study.calibration import missiles, orbits
from tocsin.study.calibration.flown import Flown
from tocsin.study.calibration.network import Seen, seen
from tocsin.study.calibration.worlds import World
from tocsin.track.boost import LEAST_LOOKS, Bank
from tocsin.track.solution import Solution
from tocsin.track.solve import solve

MOMENTS: Final = ("boost", "burnout", "radar", "later")
EARLIEST_S, LATEST_S = 12.0, 180.0  # after the first look, when the boost is told: if it burns still
EARLY_S, BETA = 45.0, 9000.0  # of looks at the moment "radar"; kg/m2 that a fit is given


@final
@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """One flight at one moment: the case that a centre has of it, and what is true.

    true: index of the class; loft: index of a ballistic missile's, None of others; owner: of where it comes
    down, "orbit" of what stays up, None where neither is so.
    """

    flight: int
    moment: str
    case: Case
    true: int
    loft: int | None
    owner: str | None


@cache
def territories() -> Territories:
    """The default borders, ready to be asked."""
    return Territories(borders())


@cache
def bank() -> Bank:
    """The default bank, as a centre has it."""
    kinds = [v for v in vehicles() if v.role == "missile"]
    return Bank(tuple(template_of(v) for v in kinds), 1.0 / BETA, tuple(v.post_boost_m_s for v in kinds))


def fly(name: str, world: World, rng: np.random.Generator) -> Flown:
    """One flight of a class; a ballistic missile's own class may be the next by reach."""
    match name:
        case "glide":
            return missiles.fly_glide(world, rng)
        case "sounding-rocket":
            return missiles.fly_sounding(world, rng)
        case "space-launch":
            return orbits.fly_launch(world, rng)
        case "fractional-orbit":
            return orbits.fly_fractional(world, rng)
        case "satellite":
            return orbits.fly_satellite(world, rng)
        case "re-entry":
            return orbits.fly_reentry(world, rng)
        case "meteor":
            return orbits.fly_meteor(world, rng)
        case "unknown":
            return orbits.fly_unknown(world, rng)
        case _:
            return missiles.fly_missile(name, world, rng)


def watched_of(number: int, world: World, rng: np.random.Generator) -> list[Watched]:
    """One flight of a world, at each of its moments."""
    rates = np.array(world.rates) / sum(world.rates)
    flown = fly(str(rng.choice(CLASSES, p=rates)), world, rng)
    found = seen(flown, world, rng)
    owner = "orbit" if flown.in_orbit else None
    if flown.impact is not None:
        owner = territories().owners(np.array([flown.impact]))[0]
    true = CLASSES.index(flown.name)
    return [
        Watched(number, moment, _case(number, found, now, solution), true, flown.loft, owner)
        for moment, now, solution in _moments(found, rng)
    ]


def _moments(found: Seen, rng: np.random.Generator) -> Iterator[tuple[str, float, Solution]]:
    """Each moment of a flight with its time and what the looks by then say."""
    looks, channels = found.looks, found.channels
    infrared, radar = looks.of(channels, True), looks.of(channels, False)
    before = None
    if found.out is not None:
        first, end = float(infrared.t[0]), found.out[0]
        now = first + EARLIEST_S * (LATEST_S / EARLIEST_S) ** rng.random()
        if now < end and np.sum(infrared.t <= now) >= LEAST_LOOKS:
            yield "boost", now, solve(infrared.where(infrared.t <= now), channels, bank(), None, None)
        before = solve(infrared, channels, bank(), found.out, None)
        yield "burnout", end, before
    for moment, until in (("radar", EARLY_S), ("later", np.inf)):
        if len(radar) == 0:
            return
        now = min(float(radar.t[0]) + until, float(radar.t[-1]))
        part = looks.where(looks.t <= now)
        before = solve(part, channels, bank(), found.out, before)
        yield moment, now, before


def _case(number: int, found: Seen, now: float, solution: Solution) -> Case:
    """A track of the flight as a centre's telescopes and radars make it."""
    infrared = found.looks.of(found.channels, True)
    first = float(infrared.t[0]) if found.out is not None else None
    out = found.out[0] if found.out is not None and found.out[0] <= now else None
    eyes = found.eyes if first is not None else 0
    grounds = Grounds(eyes, len(infrared), (), True, solution.agrees, solution.phase == "ballistic")
    times = {**NO_TIMES, "first_satellite_t": first, "burnout_t": out}
    return Case(f"t-{number}", "alone", now, solution, grounds, milestones=times)
