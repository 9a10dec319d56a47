"""Space launches, fractional orbits, satellites, re-entries, meteors and the unknown of a world, flown."""

from __future__ import annotations

import math
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.vehicle import vehicle
from tocsin.earth.atmosphere import density
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.orbit import ascent_to_orbit
from tocsin.flight.shine import burning, engine
from tocsin.flight.shine import meteor as glow_of
from tocsin.motion.ballistic import propagate
from tocsin.motion.burn import burn
from tocsin.motion.thrust import ascend
from tocsin.study.calibration.areas import AIM, LAND, somewhere
from tocsin.study.calibration.flown import LONGEST_S, Flown, dark_after, falling
from tocsin.study.calibration.missiles import varied
from tocsin.study.calibration.worlds import World

Array = NDArray[np.float64]

RADIUS = 6371e3
LIBRARY = 24
NO_LIGHT = np.empty(0), np.empty((0, 6))
METEOR_S = 0.25
SEEN_AFTER_S = 600.0  # after a satellite was first followed, at the latest, radars look
LAUNCHER = "launcher-medium"
BRAKING_S = 60.0
# All assumed: cross-sections of a satellite or a stage, and of a meteor (as of `nangqian-2020-12-22`); the
# mass of what comes down, by which it glows (500 to 5,000 kg); a meteor's density; what is too faint.
BODY_M2, TRAIL_M2 = 3.0, 10.0
DECAYING_KG = 1500.0
STONE_KG_M3 = 3500.0
FAINT_W_SR = 100.0


@cache
def ascent(world: World, number: int) -> tuple[Array, Array, Array]:
    """One of a world's few ascents to orbit, times, states and W/sr: each takes a second to find."""
    rng = np.random.default_rng([crc32(world.name.encode()), number])
    kind = vehicle(LAUNCHER)
    while True:
        lat, lon = somewhere(LAND, 1, rng)[0]
        launch = (float(lat), float(lon), 0.0)
        body = varied(kind, world, rng)
        bearing, height = math.radians(rng.uniform(20.0, 110.0)), rng.uniform(150e3, 400e3)
        try:
            way = ascent_to_orbit(body, launch, bearing, height)
        except TocsinError:
            continue
        t = np.append(np.arange(0.0, way.cutoff, 0.5), way.cutoff)
        x = ascend(body, launch, way.azimuth, way.kick, way.cutoff, t, 0.5, way.climb)
        return t, x, burning(kind, body, t, x)


def turned(x: Array, angle: float) -> Array:
    """States (n, 6) turned about the Earth's axis."""
    c, s = math.cos(angle), math.sin(angle)
    about = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(np.concatenate([x[:, :3] @ about.T, x[:, 3:] @ about.T], axis=1))


def fly_launch(world: World, rng: np.random.Generator) -> Flown:
    """A launch into orbit, some on into a long ellipse; one in twenty fails on the way."""
    up_t, up, power = ascent(world, int(rng.integers(LIBRARY)))
    up = turned(up, math.radians(rng.uniform(-2.0, 2.0)))
    p = rng.random()
    if p < 0.05:
        cut = int(len(up_t) * rng.uniform(0.5, 0.97))
        up_t, up, power = up_t[:cut], up[:cut], power[:cut]
    start = up[-1].copy()
    if p > 0.85:
        start[3:] *= 1.0 + rng.uniform(0.05, 0.3)
    inv_beta = 1.0 / rng.uniform(100.0, 600.0)
    t, x, where, orbit = falling(float(up_t[-1]), start, inv_beta)
    until = min(float(t[-1]), float(t[0]) + 2400.0)
    return Flown(
        "space-launch", None, up_t, up, t, x, float(t[0]), until, where, orbit or where is None,
        dark_after(power, t), vehicle(LAUNCHER).rcs_m2,
    )  # fmt: skip


def fly_fractional(world: World, rng: np.random.Generator) -> Flown:
    """A low orbit that is left before it is round; radars look before or after."""
    up_t, up, power = ascent(world, int(rng.integers(LIBRARY)))
    up = turned(up, math.radians(rng.uniform(-2.0, 2.0)))
    inv_beta = 1.0 / (3000.0 * rng.uniform(*world.beta))
    t0, wait = float(up_t[-1]), float(rng.uniform(300.0, 2400.0))
    coast_t = t0 + np.arange(0.0, wait, 1.0)
    coast = propagate(t0, up[-1], inv_beta, coast_t)
    r = float(np.linalg.norm(coast[-1, :3]))
    low = RADIUS + rng.uniform(-400e3, 0.0)
    dv = math.sqrt(MU / r) * (1.0 - math.sqrt(2.0 * low / (r + low)))
    braked = burn(coast[-1], -dv, BRAKING_S)[1]
    t, x, where, orbit = falling(float(coast_t[-1]) + BRAKING_S, braked[-1], inv_beta)
    after = rng.random() < 0.6
    begin, end = (float(t[0]), float(t[-1])) if after else (t0, float(coast_t[-1]))
    shines = dark_after(power, np.concatenate([coast_t, t]))
    # It burns on from the last sample of the coast to the first of the fall.
    shines[len(power) + len(coast_t) - 1] = engine(np.array([True]), coast[-1:, :3])[0]
    return Flown(
        "fractional-orbit", None, up_t, up, np.concatenate([coast_t, t]), np.concatenate([coast, x]), begin,
        end, where, orbit, shines, vehicle(LAUNCHER).rcs_m2,
    )  # fmt: skip


def glow(x: Array, inv_beta: float, mass_kg: float) -> Array:
    """W/sr (n,) of a body that the air brakes at states (n, 6): drag takes m rho v^3 / (2 beta) watts."""
    rho = np.array([density(h) for h in geodetic_from_ecef(x[:, :3])[2]])
    light = glow_of(0.5 * mass_kg * inv_beta * rho * np.linalg.norm(x[:, 3:], axis=1) ** 3)
    return np.where(light >= FAINT_W_SR, light, 0.0)


def _orbit(perigee: float, apogee: float, anomaly: float, rng: np.random.Generator) -> Array:
    """An Earth-fixed state (6,) on an orbit of heights m, at an eccentric anomaly, turned any way."""
    a, e = RADIUS + 0.5 * (perigee + apogee), (apogee - perigee) / (2.0 * RADIUS + perigee + apogee)
    c, s, b = math.cos(anomaly), math.sin(anomaly), math.sqrt(1.0 - e * e)
    rate = math.sqrt(MU / a) / (1.0 - e * c)
    plane = np.array([[a * (c - e), a * b * s, 0.0], [-s * rate, b * c * rate, 0.0]])
    node, arg = rng.uniform(0.0, 2 * math.pi, 2)
    tilt = math.acos(rng.uniform(-0.3, 1.0))
    for angle, axis in ((arg, 2), (tilt, 0), (node, 2)):
        plane = plane @ _about(axis, angle).T
    return np.concatenate([plane[0], plane[1] - np.cross([0.0, 0.0, OMEGA], plane[0])])


def _about(axis: int, angle: float) -> Array:
    c, s, out = math.cos(angle), math.sin(angle), np.eye(3)
    i, j = (axis + 1) % 3, (axis + 2) % 3
    out[i, i], out[i, j], out[j, i], out[j, j] = c, -s, s, c
    return out


def fly_satellite(world: World, rng: np.random.Generator) -> Flown:
    """A body in orbit, where a radar may see it: below 4,000 km."""
    low = rng.uniform(200e3, 1300e3)
    high = low + (
        RADIUS * 0.05 * rng.random() ** 2 if rng.random() < 0.85 else RADIUS * rng.uniform(0.1, 5.5)
    )
    x0 = _orbit(low, high, rng.uniform(-1.2, 1.2), rng)
    t = np.arange(0.0, 1800.0, 1.0)
    x = propagate(0.0, x0, 1.0 / rng.uniform(50.0, 300.0), t)
    return Flown("satellite", None, *NO_LIGHT, t, x, 0.0, SEEN_AFTER_S, None, True, np.zeros(len(t)), BODY_M2)


def fly_reentry(world: World, rng: np.random.Generator) -> Flown:
    """A body that the air has caught: followed from 70 to 180 km down."""
    for _ in range(100):
        low = rng.uniform(-100e3, 85e3)
        high = (
            rng.uniform(max(low, 0.0) + 60e3, 300e3) if rng.random() < 0.85 else rng.uniform(500e3, 30000e3)
        )
        first = rng.uniform(140e3, 300e3)
        a, e = RADIUS + 0.5 * (low + high), (high - low) / (2.0 * RADIUS + low + high)
        if not low + 20e3 < first < high:
            continue
        x0 = _orbit(low, high, -math.acos((1.0 - (RADIUS + first) / a) / e), rng)
        inv_beta = 1.0 / (130.0 * 3.0 ** rng.uniform(-1.0, 1.0))
        t, x, where, _ = falling(0.0, x0, inv_beta)
        if where is None or len(t) < 100 or t[-1] > LONGEST_S - 10.0:
            continue
        height = geodetic_from_ecef(x[:, :3])[2]
        begin = float(t[np.flatnonzero(height < max(rng.uniform(70e3, 180e3), height[-1] + 1e3))[0]])
        shines = glow(x, inv_beta, DECAYING_KG)
        return Flown("re-entry", None, *NO_LIGHT, t, x, begin, begin, where, False, shines, BODY_M2)
    raise TocsinError(f"no re-entry of 100 draws comes down in the world {world.name}")


def _thrown(height: float, speed: float, sine: float, rng: np.random.Generator) -> Array:
    """A state (6,) over an aim area, Earth-fixed: speed m/s relative to the Earth, sine of its climb."""
    lat, lon = somewhere(AIM, 1, rng)[0]
    axes, bearing = enu_from_ecef(lat, lon), rng.uniform(0.0, 2 * math.pi)
    level = math.sqrt(1.0 - sine * sine)
    v = speed * (level * math.sin(bearing) * axes[0] + level * math.cos(bearing) * axes[1] + sine * axes[2])
    return np.concatenate([ecef_from_geodetic(lat, lon, height), v])


def fly_meteor(world: World, rng: np.random.Generator) -> Flown:
    """A meteor that shines from 90 km down, until it is slow or low."""
    speed = 11.5e3 + 30e3 * rng.random() ** 2.0
    x0 = _thrown(90e3, speed, -math.sqrt(rng.uniform(0.05, 0.9)), rng)
    t = np.arange(0.0, 60.0, METEOR_S)
    beta = 400.0 * 10.0 ** rng.random()
    x = propagate(0.0, x0, 1.0 / beta, t)
    height = geodetic_from_ecef(x[:, :3])[2]
    shines = np.isfinite(x).all(axis=1) & (height > 20e3) & (np.linalg.norm(x[:, 3:], axis=1) > 3500.0)
    n = max(int(np.argmin(shines)) if not shines.all() else len(t), 2)
    # A sphere's mass from m / (Cd A) with Cd = 1: beta = 4/3 r density.
    mass = 4.0 / 3.0 * math.pi * (0.75 * beta / STONE_KG_M3) ** 3 * STONE_KG_M3
    shine = dark_after(glow(x[:n], 1.0 / beta, mass), t[n - 1 : n])
    return Flown(
        "meteor", None, t[:n], x[:n], t[n - 1 : n], x[n - 1 : n], 0.0, -1.0, None, False, shine, TRAIL_M2
    )


def fly_unknown(world: World, rng: np.random.Generator) -> Flown:
    """A stage that falls, seen by radars alone, or a body at a speed that nothing here has."""
    stage = rng.random() < 0.7
    speed = rng.uniform(1500.0, 5500.0) if stage else rng.uniform(2000.0, 10500.0)
    x0 = _thrown(rng.uniform(60e3, 120e3), speed, rng.uniform(0.1, 0.95), rng)
    t, x, where, orbit = falling(0.0, x0, 1.0 / (100.0 * 10.0 ** rng.random()))
    until = min(float(t[-1]), LONGEST_S / 3.0)
    return Flown(
        "unknown", None, *NO_LIGHT, t, x, float(t[0]), until, where, orbit or where is None, np.zeros(len(t)),
        BODY_M2,
    )  # fmt: skip
