"""What a radar sees that nobody launched: bodies that come down, and objects in orbit in no catalogue."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.atmosphere import density
from tocsin.earth.constants import MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.flight.overhead import Dome, paths_overhead
from tocsin.flight.population import draw_population
from tocsin.flight.shine import meteor
from tocsin.motion.ballistic import propagate
from tocsin.motion.path import Path
from tocsin.study.false_alarm.watch import START_T, watching

Array = NDArray[np.float64]

# All assumed: inclinations (deg) of what comes down and their shares; height and steepness where the last
# fall begins; mass over drag and area; mass of what glows; cross-section.
INCLINATIONS, SHARES = (28.5, 43.0, 53.0, 65.0, 82.0, 97.5), (0.1, 0.15, 0.35, 0.15, 0.1, 0.15)
ENTRY_M, LOW_M, STEEP_DEG = 115e3, 20e3, (0.6, 1.2)
BETA = (60.0, 250.0)
GLOW_KG = (500.0, 5000.0)
RCS_M2 = (0.5, 10.0)
FAINT_W_SR = 100.0  # of which nothing is seen from so far
LONGEST_S = 700.0


def decay(landing: tuple[float, float, float], glows: bool, t0: float, rng: np.random.Generator) -> Path:
    """A body that comes down near (argument of latitude, inclination, node; rad), from 115 km at t0 to 20.

    It begins as far before as one of its kind falls from a place on the equator, so that landings are even
    along the orbit if entries are.
    """
    u, inclination, node = landing
    steep, beta = math.radians(rng.uniform(*STEEP_DEG)), math.exp(rng.uniform(*np.log(BETA)))
    lasts, ahead = _fallen(0.0, inclination, 0.0, steep, beta, 0.0)
    turned = OMEGA * float(lasts[-1])
    travelled = _argument(ahead[-1, :3], turned, inclination)
    t, x = _fallen(u - travelled, inclination, node + turned, steep, beta, t0)
    power = np.zeros(len(t))
    if glows:
        # Half of what drag takes goes into heat: d(v^2/2)/dt = rho v^3 / (2 beta).
        mass = math.exp(rng.uniform(*np.log(GLOW_KG)))
        rho = np.array([density(h) for h in geodetic_from_ecef(x[:, :3])[2]])
        light = meteor(mass * 0.5 * rho * np.linalg.norm(x[:, 3:], axis=1) ** 3 / beta)
        power = np.where(light >= FAINT_W_SR, light, 0.0)
    return Path("decay", t, x[:, :3], x[:, 3:], power, math.exp(rng.uniform(*np.log(RCS_M2))))


def landings(n: int, rng: np.random.Generator) -> Array:
    """Argument of latitude, inclination and node (n, 3) rad of so many landings, wherever they fall."""
    inclination = np.radians(rng.choice(INCLINATIONS, n, p=SHARES))
    return np.stack([rng.uniform(0.0, 2.0 * np.pi, n), inclination, rng.uniform(-np.pi, np.pi, n)], axis=1)


def places(landing: Array) -> Array:
    """Latitude and longitude (n, 2) rad beneath arguments of latitude on orbits (n, 3)."""
    u, inclination, node = landing.T
    lat = np.arcsin(np.sin(inclination) * np.sin(u))
    lon = node + np.arctan2(np.cos(inclination) * np.sin(u), np.cos(u))
    return np.stack([lat, (lon + np.pi) % (2.0 * np.pi) - np.pi], axis=1)


def overhead(count: int, lasts_s: float, rng: np.random.Generator) -> tuple[Path, ...]:
    """Of so many objects in orbit those that come into a radar's view within lasts_s of START_T."""
    drawn = draw_population(count, START_T, rng)
    return paths_overhead(drawn, START_T - 1.0, START_T + lasts_s + 1.0, _domes())


@cache
def _domes() -> tuple[Dome, ...]:
    return tuple(Dome.over(site) for site in watching().network.radars)


def _argument(r: Array, turned: float, inclination: float) -> float:
    """The argument of latitude of an Earth-fixed place, once the Earth has turned, on an orbit of node 0."""
    x = math.cos(turned) * r[0] - math.sin(turned) * r[1]
    y = math.sin(turned) * r[0] + math.cos(turned) * r[1]
    return math.atan2(y * math.cos(inclination) + r[2] * math.sin(inclination), x)


def _fallen(
    u: float, inclination: float, node: float, steep: float, beta: float, t0: float
) -> tuple[Array, Array]:
    """Times (n,) and Earth-fixed states (n, 6) of a fall from ENTRY_M, every second, to LOW_M."""
    r = R_EQ + ENTRY_M
    along = np.array([math.cos(node), math.sin(node), 0.0])
    across = np.array(
        [
            -math.sin(node) * math.cos(inclination),
            math.cos(node) * math.cos(inclination),
            math.sin(inclination),
        ]
    )
    out = math.cos(u) * along + math.sin(u) * across
    on = math.cos(u) * across - math.sin(u) * along
    v = math.sqrt(MU / r) * (math.cos(steep) * on - math.sin(steep) * out)
    v -= np.cross([0.0, 0.0, OMEGA], r * out)
    t = t0 + np.arange(0.0, LONGEST_S)
    x = propagate(t0, np.concatenate([r * out, v]), 1.0 / beta, t)
    up = np.asarray(np.isfinite(x).all(axis=1))
    up[up] = geodetic_from_ecef(x[up, :3])[2] > LOW_M
    down = len(t) if up.all() else int(np.argmin(up))
    return t[:down], x[:down]
