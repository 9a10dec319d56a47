"""Who looks at a flight: two telescopes in the geostationary belt, and two radars somewhere beneath it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.model import SHINES
from tocsin.assess.classify.names import CLASSES
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_direct, geodetic_from_ecef
from tocsin.estimate.looks import Channel, Looks, in_order, joined, no_looks
from tocsin.estimate.residuals import expected
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.study.accuracy.looks import BIAS, SIGMA, above_clouds, radar_looks
from tocsin.study.accuracy.reference import GRADES, LEAST_ELEVATION, Grade
from tocsin.study.calibration.flown import Flown
from tocsin.study.calibration.worlds import World

Array = NDArray[np.float64]

BELT_M = 42164e3
FRAME_S = 1.5
APART = (math.radians(10.0), math.radians(50.0))  # of a telescope's longitude from the flight's
NEAR_M, FAR_M = 100e3, 1500e3  # of a radar from the ground below what it first sees
PART = 0.65  # of the free flight, in which the first radar begins to look
SECOND_S = (20.0, 90.0)  # after the first, when the second radar begins
TRACK_S = 240.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The looks at a flight in order, their channels, the telescopes' being the first `eyes`; and the plume's
    end with its sigma, None where no telescope saw any."""

    looks: Looks
    channels: tuple[Channel, ...]
    eyes: int
    out: tuple[float, float] | None


def seen(flown: Flown, world: World, rng: np.random.Generator) -> Seen:
    """All looks at a flight, errors drawn from the very priors that the fits are told."""
    channels: list[Channel] = []
    parts: list[Looks] = []
    out = None
    shines = min(1.0, SHINES[CLASSES.index(flown.name)] * world.shines)
    if flown.name == "meteor" or (len(flown.t_light) and rng.random() < shines):
        eyes = 1 if rng.random() < world.single else 2
        lon = math.atan2(flown.light[0, 1], flown.light[0, 0])
        for k in range(eyes):
            channels.append(Channel(f"telescope {k + 1}", True, (BIAS, BIAS), "infrared", (0.0, 0.0)))
            parts.append(_telescope(k, channels[-1], lon + (1 - 2 * k) * rng.uniform(*APART), flown, rng))
        last = max((float(p.t[-1]) for p in parts if len(p)), default=None)
        out = None if last is None else (last + 0.5 * FRAME_S, FRAME_S / math.sqrt(12.0))
    eyes = len(channels)
    if flown.looks_until >= flown.looks_from:
        begin = rng.uniform(
            flown.looks_from, flown.looks_from + PART * (flown.looks_until - flown.looks_from)
        )
        end = begin + TRACK_S
        for k in range(2):
            grade = _grade(world, rng)
            found = _radar(eyes + k, grade, flown, begin, end, rng)
            if found is not None:
                channels.append(found[0])
                parts.append(replace(found[1], channel=np.full(len(found[1]), len(channels) - 1)))
            begin += rng.uniform(*SECOND_S)
    some = [p for p in parts if len(p)]
    return Seen(in_order(joined(some)) if some else no_looks(), tuple(channels), eyes, out)


def _telescope(number: int, channel: Channel, lon: float, flown: Flown, rng: np.random.Generator) -> Looks:
    """Looks from the belt at a longitude, each frame, at what shines above the clouds."""
    r = np.array([BELT_M * math.cos(lon), BELT_M * math.sin(lon), 0.0])
    frame = np.arange(flown.t_light[0] + FRAME_S * rng.random(), flown.t_light[-1], FRAME_S)
    rows = np.unique(np.clip(np.searchsorted(flown.t_light, frame), 0, len(flown.t_light) - 1))
    t, x = above_clouds(flown.t_light[rows], flown.light[rows])
    r_s = np.tile(r, (len(t), 1))
    if len(t) == 0:
        return no_looks()
    h, _, lasting = expected(channel, x[:, :3], x[:, 3:], r_s)
    h = h + lasting @ rng.normal(0.0, channel.bias_sigma) + SIGMA * rng.standard_normal(h.shape)
    z, sigma = np.zeros((len(t), 3)), np.ones((len(t), 3))
    z[:, :2], sigma[:, :2] = h, SIGMA
    return Looks(t, np.full(len(t), number, dtype=np.int64), z, sigma, r_s)


def _grade(world: World, rng: np.random.Generator) -> Grade:
    names = [name for name, _ in world.grades]
    return GRADES[str(rng.choice(names, p=[share for _, share in world.grades]))]


def _radar(
    number: int, grade: Grade, flown: Flown, begin: float, end: float, rng: np.random.Generator
) -> tuple[Channel, Looks] | None:
    """A radar somewhere near beneath, and its looks between two times; None where it sees too little."""
    first = int(np.searchsorted(flown.t, begin))
    if first >= len(flown.t):
        return None
    lat, lon, _ = (float(v) for v in geodetic_from_ecef(flown.x[first, :3]))
    for shrink in (1.0, 0.6, 0.3):
        there = geodesic_direct(
            lat, lon, rng.uniform(0.0, 2.0 * math.pi), shrink * rng.uniform(NEAR_M, FAR_M)
        )
        place = np.asarray(ecef_from_geodetic(*there, 0.0))
        rows = first + np.flatnonzero(flown.t[first:] <= min(end, flown.t[-1]))
        rows = rows[:: round(grade.revisit_s)]
        h = range_azimuth_elevation(flown.x[rows, :3], flown.x[rows, 3:], np.tile(place, (len(rows), 1)))[0]
        up = h[:, 2] >= LEAST_ELEVATION
        n = len(rows) if up.all() else int(np.argmin(up))
        if n >= 4:
            where = (math.degrees(there[0]), math.degrees(there[1]))
            channel = Channel(f"radar {number}", False, grade.bias, "VHF", where)
            rows = rows[:n]
            return channel, radar_looks(number, channel, place, grade, flown.t[rows], flown.x[rows], rng)
    return None
