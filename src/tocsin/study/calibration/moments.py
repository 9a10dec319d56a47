"""What is told of one flight at several moments, beside what is true of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, final

import numpy as np

from tocsin.assess.assessment import Place
from tocsin.assess.classify import CLASSES, Kinematics, kinematics_of, sea_share
from tocsin.assess.launch import launch_by_arc, launch_by_templates
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders
from tocsin.catalogue.vehicle import vehicles
from tocsin.estimate.boost.template import template_of
from tocsin.estimate.footprint import footprint
from tocsin.estimate.predict import orbit_share, predict_fall
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
class Told:
    """One flight at one moment: what was known and told of it, and what was true.

    true: index of the class; loft: index of a ballistic missile's, None of others; territory: probability by
    owner, and owner: the true one; None where nothing is told of it.
    """

    flight: int
    moment: str
    phase: str
    known: Kinematics
    true: int
    loft: int | None
    territory: dict[str, float] | None
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


def told_of(number: int, world: World, rng: np.random.Generator) -> list[Told]:
    """All that is told of one flight of a world."""
    rates = np.array(world.rates) / sum(world.rates)
    flown = fly(str(rng.choice(CLASSES, p=rates)), world, rng)
    found = seen(flown, world, rng)
    owner = "orbit" if flown.in_orbit else None
    if flown.impact is not None:
        owner = territories().owners(np.array([flown.impact]))[0]
    true, out = CLASSES.index(flown.name), []
    for moment, now, solution in _moments(found, rng):
        owned = None if moment == "boost" or owner is None else _owned(solution)
        known = _known(found, now, solution)
        out.append(Told(number, moment, solution.phase, known, true, flown.loft, owned, owner))
    return out


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


def _known(found: Seen, now: float, solution: Solution) -> Kinematics:
    """The kinematics of a solution, with where it came from and for how long it shone."""
    infrared = found.looks.of(found.channels, True)
    light_s = None
    if found.out is not None and len(infrared):
        light_s = min(now, found.out[0]) - float(infrared.t[0])
    sea = sea_share(_launch(solution), territories())
    return kinematics_of(solution, 1.0 / BETA, sea, light_s is not None, light_s)


def _launch(solution: Solution) -> Place | None:
    if solution.boost is not None and solution.boost.best is not None:
        return launch_by_templates(solution.boost)[0]
    if solution.phase == "ballistic" and solution.state is not None:
        return launch_by_arc(solution.state, 1.0 / BETA)[0]
    return None


def _owned(solution: Solution) -> dict[str, float] | None:
    """The probability of each territory; None where there is no region to tell it from."""
    body = solution.body(1.0 / BETA)
    if body is None or solution.phase not in ("ballistic", "manoeuvring"):
        return None
    moves = solution.phase == "manoeuvring"
    region = footprint(body.state, body.inv_beta) if moves else predict_fall(body)
    if region is None:
        up = orbit_share(body)
        return {"orbit": up, "none": 1.0 - up}
    return territories().probabilities(region.samples, region.landed, region.orbit)
