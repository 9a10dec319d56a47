"""Nuisances of one channel that last and move, drawn beside what another channel sees."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.evidence.model import EVIDENCE
from tocsin.earth.constants import R_EQ
from tocsin.motion.ballistic import propagate
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path
from tocsin.sensor.infrared.field import field_solid_angle
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope
from tocsin.study.false_alarm.watch import watching
from tocsin.study.false_alarm.weight import PROPOSAL, Law, Proposal, encounter

Array = NDArray[np.float64]

BRIGHT_W_SR, RCS_M2 = 3e5, 3.0  # seen in nearly every frame: assumed
MIMICS = 1.0 / EVIDENCE.channel_factor
GLINT = ((1.0 - MIMICS, EVIDENCE.nuisance_m_s), (MIMICS, EVIDENCE.plume_m_s))
MIMICS_DRAWN = 0.8


@final
@dataclass(frozen=True, slots=True)
class Beside:
    """A nuisance's path and what it is weighted by."""

    path: Path
    weight: float


def telescopes() -> tuple[Telescope, ...]:
    """The network's."""
    return tuple(Telescope(s, e) for s, e in watching().network.satellites)


def glint(
    target: Path,
    begin: float,
    lasts: float,
    eye: Telescope,
    rng: np.random.Generator,
    speeds: tuple[tuple[float, float], ...] = GLINT,
    proposal: Proposal = PROPOSAL,
    near_m: float | None = None,
    height_m: float | None = None,
) -> Beside:
    """A glint of one telescope from `begin` (TAI s) on for lasts s, drawn where it may be taken for a target.

    At some time while both are there it stands off the target by what `encounter` draws, and moves evenly.
    height_m: where on the line of sight it is, the target's unless given. near_m: where given, all lie within
    so far of the target, and move as it does but for `speeds`.
    """
    low, high = max(begin, target.t[0]), min(begin + lasts, target.t[-1])
    t = float(rng.uniform(min(low, high), max(low, high)))
    t = float(np.clip(t, target.t[0], target.t[-1]))
    r = target.position(np.array([t]))[0]
    v = target.v_ecef[int(np.argmin(np.abs(target.t - t)))]
    line = r - satellite_states(eye.elements, np.array([t]))[0][0]
    distance = float(np.linalg.norm(line))
    line /= distance
    p = np.cross(line, [0.0, 0.0, 1.0])
    p /= np.linalg.norm(p)
    q = np.cross(line, p)
    meeting = np.array([v @ p, v @ q])
    law = Law(field_solid_angle(eye.satellite) * distance**2, speeds)
    if near_m is not None:
        law = Law(math.pi * near_m**2, speeds, (float(meeting[0]), float(meeting[1])))
    drawn = encounter(law, meeting, rng, proposal)
    across = drawn.v[0] * p + drawn.v[1] * q
    times = np.linspace(begin, begin + lasts, max(2, int(lasts) + 1))
    places = r + drawn.d[0] * p + drawn.d[1] * q + (times - t)[:, None] * across
    # A glint is in the telescope, not in the air: at the target's height it is dimmed by none.
    far = float(np.linalg.norm(r)) if height_m is None else R_EQ + height_m
    places = _along(satellite_states(eye.elements, times)[0], places, far)
    power = np.full(len(times), BRIGHT_W_SR)
    velocity = np.tile(across, (len(times), 1))
    return Beside(Path("glint", times, places, velocity, power, 0.0), drawn.weight)


def _along(eye: Array, places: Array, radius: float) -> Array:
    """Where lines from an eye (n, 3) to places (n, 3) meet a sphere first; where they miss it, its limb."""
    line = places - eye
    a, b = np.sum(line * line, axis=1), np.sum(line * eye, axis=1)
    inside = np.maximum(b * b - a * (np.sum(eye * eye, axis=1) - radius**2), 0.0)
    return np.asarray(eye + ((-b - np.sqrt(inside)) / a)[:, None] * line)


def ghost(
    radar: Radar, begin: float, lasts: float, rng: np.random.Generator, drawn: float = MIMICS_DRAWN
) -> Beside:
    """A false echo of one radar from `begin` on for lasts s, even in range, azimuth and elevation.

    One in 300 falls freely at a missile's speed, the others drift evenly (`EvidenceModel`); a share `drawn`
    is of the former, and weighted.
    """
    s = radar.site
    falls = rng.random() < drawn
    weight = MIMICS / drawn if falls else (1.0 - MIMICS) / (1.0 - drawn)
    values = np.array(
        [
            rng.uniform(s.range_min_km, s.range_max_km) * 1e3,
            math.radians(s.az_start_deg + s.sector_deg * rng.random()),
            math.radians(rng.uniform(s.el_min_deg, s.el_max_deg)),
        ]
    )
    r = position_from_radar(values[None], radar.r_ecef[None])[0]
    v = (EVIDENCE.body_m_s if falls else EVIDENCE.nuisance_m_s) * rng.standard_normal(3)
    t = np.arange(begin, begin + lasts + 1.0)
    x = propagate(begin, np.concatenate([r, v]), 1e-4, t) if falls else _straight(r, v, t - begin)
    good = np.asarray(np.isfinite(x).all(axis=1))
    end = max(2, len(t) if good.all() else int(np.argmin(good)))
    x = np.where(good[:end, None], x[:end], x[0])
    return Beside(Path("ghost", t[:end], x[:, :3], x[:, 3:], np.zeros(end), RCS_M2), weight)


def _straight(r: Array, v: Array, since: Array) -> Array:
    return np.concatenate([r + since[:, None] * v, np.tile(v, (len(since), 1))], axis=1)
