"""Missiles, glides and sounding rockets of a world, flown."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.surface import RADIUS, loft_of, range_and_apogee
from tocsin.assess.classify.tables import bands
from tocsin.catalogue.vehicle import Vehicle, vehicle
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.ballistic import powered
from tocsin.flight.shine import burning
from tocsin.flight.solve import Task, solve
from tocsin.motion.ballistic import propagate
from tocsin.motion.glide import glide
from tocsin.motion.rocket import Rocket, rocket
from tocsin.study.calibration.areas import AIM, Box, from_and_to
from tocsin.study.calibration.flown import Flown, dark_after, falling, of_reach, true_loft
from tocsin.study.calibration.worlds import World

Array = NDArray[np.float64]

CLOUDS_M = 10e3
PUSHED_S = 100.0
AIR_M = 90e3
TRIES = 60
S_GRID = np.linspace(0.01, 0.9995, 400)
AT_SEA = (("slbm", 0.7), ("mrbm", 0.2), ("srbm", 0.1))


def varied(kind: Vehicle, world: World, rng: np.random.Generator) -> Rocket:
    """A vehicle of a world: engines, drag area and pitch-over drawn around the catalogue's."""
    body = rocket(kind)
    n = len(body.stages)
    common = rng.uniform(*world.thrust)
    made = body.scaled(common * (1.0 + 0.03 * rng.standard_normal(n)), rng.uniform(*world.exhaust))
    return Rocket(
        made.stages, made.body * [rng.uniform(*world.area), 1.0, 1.0], made.vertical_s, made.pitch_over_end_s
    )


def fly_missile(name: str, world: World, rng: np.random.Generator, aims: tuple[Box, ...] = AIM) -> Flown:
    """A ballistic missile near the asked class; its own is by the energy that it has in the end.

    aims: the areas that it is aimed at.
    """
    for _ in range(TRIES):
        key = name
        if name == "slbm":
            key = str(rng.choice([k for k, _ in AT_SEA], p=[p for _, p in AT_SEA]))
        low, high = bands()["icbm-liquid" if key == "slbm" else key]
        u = 1e3 * (low + (high - low) * rng.random() ** world.low)
        if key == "slbm":
            u = rng.uniform(3000.0, 7800.0)
        flown = _try(name, key, u, _loft(world, rng), world, rng, aims)
        if flown is not None:
            return flown
    raise TocsinError(f"no {name} of {TRIES} draws flies in the world {world.name}")


def _loft(world: World, rng: np.random.Generator) -> float:
    p = rng.random()
    if p < world.depressed:
        return float(rng.uniform(world.loft[0], 0.8))
    if p < 1.0 - world.lofted:
        return float(rng.uniform(0.8, 1.25))
    return float(1.25 * (world.loft[1] / 1.25) ** rng.random())


def _try(
    name: str, key: str, u: float, loft: float, world: World, rng: np.random.Generator, aims: tuple[Box, ...]
) -> Flown | None:
    speeds = np.full(len(S_GRID), u)
    s = float(np.interp(loft, loft_of(speeds, S_GRID), S_GRID))
    psi, apogee = (float(v[0]) for v in range_and_apogee(np.array([u]), np.array([s])))
    if not (150e3 / RADIUS < psi < 2.6 and apogee > 40e3):
        return None
    found = _boosted(key, psi, apogee, name == "slbm", world, rng, aims)
    if found is None:
        return None
    t_up, up, inv_beta, power = found
    coast_t, coast, t_free, start = _pushed(vehicle(key), t_up, up, inv_beta, world, rng)
    t, x, where, orbit = falling(t_free, start, inv_beta)
    if where is None and not orbit:
        return None
    own = of_reach(start)
    if own == "icbm":
        own = "icbm-liquid" if vehicle(key).propellant == "liquid" else "icbm-solid"
    told = "slbm" if name == "slbm" else own
    until = float(t[-1])
    t, x = np.concatenate([coast_t, t]), np.concatenate([coast, x])
    return Flown(
        told, true_loft(start), t_up, up, t, x, float(t[0]), until, where, orbit, dark_after(power, t),
        vehicle(key).rcs_m2,
    )  # fmt: skip


def _boosted(
    key: str, psi: float, apogee: float, at_sea: bool, world: World, rng: np.random.Generator,
    aims: tuple[Box, ...],
) -> tuple[Array, Array, float, Array] | None:  # fmt: skip
    """Times, states of the ascent, Cd A / m and W/sr; None where this vehicle cannot, or no area fits."""
    kind = vehicle(key)
    places = from_and_to(psi, at_sea, rng, aims)
    if places is None:
        return None
    body, inv_beta = varied(kind, world, rng), 1.0 / (kind.beta_kg_m2 * rng.uniform(*world.beta))
    launch = (*places[0], 0.0)
    try:
        steering = solve(Task(body, launch, places[1], apogee, inv_beta))
    except TocsinError:
        return None
    t_up, up = powered(body, launch, steering)
    high = float(geodetic_from_ecef(up[-1, :3])[2])
    return (t_up, up, inv_beta, burning(kind, body, t_up, up)) if 20e3 < high < apogee else None


def _pushed(
    kind: Vehicle, t_up: Array, up: Array, inv_beta: float, world: World, rng: np.random.Generator
) -> tuple[Array, Array, float, Array]:
    """Each second of the coast until a bus, if there is one, changes the velocity; time and state then."""
    t0 = float(t_up[-1])
    sigma = kind.post_boost_m_s * rng.uniform(*world.push)
    if sigma == 0.0:
        return np.zeros(0), np.zeros((0, 6)), t0, up[-1]
    later = t0 + PUSHED_S * rng.random()
    t = np.append(np.arange(t0, later, 1.0), later)
    x = propagate(t0, up[-1], inv_beta, t)
    x[-1, 3:] += sigma * rng.standard_normal(3)
    return t[:-1], x[:-1], later, x[-1]


def fly_glide(world: World, rng: np.random.Generator, aims: tuple[Box, ...] = AIM) -> Flown:
    """A glide: boosted on a low arc toward one of the areas, and level in the air from 90 km down."""
    for _ in range(TRIES):
        key = str(rng.choice(["mrbm", "irbm", "icbm-solid"]))
        psi, loft = rng.uniform(800e3, 6500e3) / RADIUS, rng.uniform(world.loft[0], 1.0)
        half = math.sin(psi / 2.0)
        least = range_and_apogee(
            np.sqrt(np.array([2.0 * half / (1.0 + half) * 398600.4418e9 / RADIUS])),
            np.array([math.sin((math.pi - psi) / 4.0)]),
        )[1]
        apogee = max(float(least[0]) * loft, 110e3)
        found = _boosted(key, psi, apogee, bool(rng.random() < 0.3), world, rng, aims)
        if found is None:
            continue
        t_up, up, _, power = found
        inv_beta = 1.0 / (3000.0 * rng.uniform(*world.beta))
        t, x, where, _ = falling(float(t_up[-1]), up[-1], inv_beta)
        low = np.flatnonzero(
            (geodetic_from_ecef(x[:, :3])[2] < AIR_M) & (np.sum(x[:, :3] * x[:, 3:], axis=1) < 0)
        )
        if where is None or len(low) == 0:
            continue
        at = int(low[0])
        after, states = glide(x[at], inv_beta, rng.uniform(1.8, 3.2))
        if len(after) < 60:
            continue
        lat, lon, _ = geodetic_from_ecef(states[-1, :3])
        t, x = np.concatenate([t[:at], t[at] + after]), np.concatenate([x[:at], states])
        return Flown(
            "glide", None, t_up, up, t, x, float(t[0]), float(t[-1]), (float(lat), float(lon)), False,
            dark_after(power, t), vehicle(key).rcs_m2,
        )  # fmt: skip
    raise TocsinError(f"no glide of {TRIES} draws flies in the world {world.name}")


def fly_sounding(world: World, rng: np.random.Generator) -> Flown:
    """A sounding rocket: up to 1,500 km, and down not far away."""
    for _ in range(TRIES):
        apogee = float(80e3 * (1500.0 / 80.0) ** rng.random())
        psi = apogee * rng.uniform(*world.sounding) / RADIUS
        found = _boosted("sounding-rocket", psi, apogee, False, world, rng, AIM)
        if found is None:
            continue
        t_up, up, inv_beta, power = found
        t, x, where, _ = falling(float(t_up[-1]), up[-1], inv_beta)
        if where is not None:
            return Flown(
                "sounding-rocket", None, t_up, up, t, x, float(t[0]), float(t[-1]), where, False,
                dark_after(power, t), vehicle("sounding-rocket").rcs_m2,
            )  # fmt: skip
    raise TocsinError(f"no sounding rocket of {TRIES} draws flies in the world {world.name}")
