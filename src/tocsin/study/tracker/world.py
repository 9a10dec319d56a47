"""One flight of the reference as a tracker sees it: scans, with looks lost and looks at nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.satellite import satellites
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.motion.ballistic import propagate
from tocsin.sensor.infrared.field import DISC_RAD
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Kind, Scan
from tocsin.study.accuracy.ascent import states_at
from tocsin.study.accuracy.looks import (
    BIAS,
    SIGMA,
    above_clouds,
    radar_looks,
    radar_sigma,
    telescope,
    telescope_looks,
)
from tocsin.study.accuracy.reference import (
    GRADES,
    ascent,
    burnout,
    channel,
    in_view,
    place,
    satellite_at,
    site,
)

Array = NDArray[np.float64]

EYES, RADARS, GRADE = "AB", ("OLE", "PEC", "LEK"), "VHF"
FRAME_S = 1.0
PUSH_M_S, WITHIN_S = 100.0, 100.0  # 1 sigma an axis and the latest time: what the tracker assumes
INV_BETA = 1.0 / 9000.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What the tracker is told: channels (c,), time between frames s, false looks a scan, their density."""

    channels: tuple[Channel, ...]
    frames: Array
    false: Array
    density: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One run: the state from which the body falls after its push, the scans in order of time, and its looks.

    due: of all frames in which the body was in view, without errors; own: those that were had, as measured.
    """

    start: tuple[float, Array]
    scans: tuple[Scan, ...]
    due: Looks
    own: Looks


@cache
def plan(clutter: float = 1.0) -> Plan:
    """The reference's telescopes and radars; `clutter` times the catalogue's rate of false looks."""
    eyes = tuple(telescope(which, BIAS) for which in EYES)
    radars = tuple(channel(key, GRADES[GRADE].bias) for key in RADARS)
    eye = next(s for s in satellites() if s.type == "Tundra")
    per_frame = np.full(len(eyes), eye.false_looks_per_frame)
    sites = [Radar(site(key)) for key in RADARS]
    false = clutter * np.concatenate([per_frame, [r.site.false_looks_per_scan for r in sites]])
    density = clutter * np.concatenate(
        [per_frame / (math.pi * DISC_RAD**2), [r.false_density for r in sites]]
    )
    frames = np.array([FRAME_S] * len(eyes) + [GRADES[GRADE].revisit_s] * len(radars))
    return Plan((*eyes, *radars), frames, false, density)


def drawn(plan: Plan, detection: float, until: float, rng: np.random.Generator) -> World:
    """One run until `until` s after lift-off: a push after burnout, and each frame of each sensor.

    The push has 100 m/s an axis at any time up to 100 s after burnout, as the tracker assumes it of a vehicle
    in no bank; each look is had by the chance `detection`, with the noise and the lasting errors of the
    reference; false looks are Poisson's, even over the telescope's disc and the radar's volume.
    """
    t0, x0 = burnout()
    late = t0 + WITHIN_S * rng.random()
    x = propagate(t0, x0, INV_BETA, np.array([late]))[0]
    x[3:] += PUSH_M_S * rng.standard_normal(3)
    scans: list[Scan] = []
    due: list[Looks] = []
    own: list[Looks] = []
    for c, told in enumerate(plan.channels):
        t = np.arange(plan.frames[c] * rng.random(), until, plan.frames[c])
        if told.telescope:
            seen, at = above_clouds(t[t < t0], states_at(ascent(), t[t < t0]))
            there, had = (telescope_looks(c, told, SIGMA, seen, at, r) for r in (None, rng))
        else:
            later = t[t > late]
            at = propagate(late, x, INV_BETA, later)
            view = in_view(told.name, at)
            of = (c, told, place(told.name), GRADES[GRADE], later[view], at[view])
            there, had = (radar_looks(*of, r) for r in (None, rng))
        had = had.where(rng.random(len(had)) < detection)
        due.append(there)
        own.append(had)
        scans += _scans(plan, c, t, had, rng)
    return World(
        (late, x),
        tuple(sorted(scans, key=lambda s: s.t)),
        in_order(joined(due)),
        in_order(joined(own)),
    )


def _scans(plan: Plan, c: int, t: Array, had: Looks, rng: np.random.Generator) -> list[Scan]:
    """The frames of channel c that end at t (k,), the body's looks and false ones in each."""
    told = plan.channels[c]
    m = 2 if told.telescope else 3
    r = satellite_at(told.name, t) if told.telescope else np.tile(place(told.name), (len(t), 1))
    out = []
    for k, now in enumerate(t):
        mine = had.t == now
        z, sigma = _false(told, int(rng.poisson(plan.false[c])), rng)
        z, sigma = np.vstack([had.z[mine, :m], z]), np.vstack([had.sigma[mine, :m], sigma])
        n = len(z)
        kind: Kind = "telescope" if told.telescope else "radar"
        out.append(
            Scan(told.name, kind, "simulated", float(now), r[k], np.full(n, now), z, sigma, np.ones(n))
        )
    return out


def _false(told: Channel, n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Values and sigmas (n, 2 or 3) of so many looks at nothing."""
    if told.telescope:
        off, turn = DISC_RAD * np.sqrt(rng.random(n)), rng.uniform(0.0, 2.0 * math.pi, n)
        return off[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1), np.full((n, 2), SIGMA)
    s = site(told.name)
    azimuth = np.radians(s.az_start_deg + s.sector_deg * rng.random(n)) % (2.0 * math.pi)
    elevation = np.radians(rng.uniform(s.el_min_deg, s.el_max_deg, n))
    far = rng.uniform(s.range_min_km, s.range_max_km, n) * 1e3
    return np.stack([far, azimuth, elevation], axis=1), radar_sigma(GRADES[GRADE], elevation)
