"""The looks of a radar at bodies: what is in view, what gets a look, what is one look, how far it is off."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.motion.path import Path
from tocsin.sensor.echo.cross_section import Cylinder, cross_section
from tocsin.sensor.echo.multipath import MultipathDraw, correlation_length, draw_multipath
from tocsin.sensor.echo.resolution import cells, merged
from tocsin.sensor.echo.schedule import searched, time_line
from tocsin.sensor.echo.swerling import draw_power, mean_snr_of, threshold
from tocsin.sensor.errors import left_uncorrected
from tocsin.sensor.light import bodies_of, seen_from
from tocsin.sensor.measurement import radar_values

if TYPE_CHECKING:
    from tocsin.sensor.radar import Radar

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

LOW_RAD = float(np.radians(2.0))  # so far under the lowest beam echoes are asked for: the air bends them up
SWERLING = {"body": 1, "stage": 1, "sphere": 0}
STAGE = Cylinder(radius_m=1.0, length_m=8.0)  # a spent stage that tumbles: assumed


@final
@dataclass(frozen=True, slots=True)
class Looks:
    """Looks in order of frames: frame (n,), values and sigmas (n, 3), snr (n,)."""

    frame: Ints
    values: Array
    sigmas: Array
    snr: Array


@final
@dataclass(frozen=True, slots=True)
class _Echoes:
    """Bodies in view: body, frame (n,); true, apparent (n, 3) without and with refraction; what of it is left
    (n, 3)."""

    body: Ints
    frame: Ints
    true: Array
    apparent: Array
    left: Array

    def where(self, rows: NDArray[np.bool_] | Ints) -> _Echoes:
        return _Echoes(
            self.body[rows], self.frame[rows], self.true[rows], self.apparent[rows], self.left[rows]
        )


def looks_at(
    radar: Radar, paths: tuple[Path, ...], t: Array, bias: Array, rng: np.random.Generator
) -> tuple[Looks, Ints]:
    """The looks, in frames at t (k,), at bodies in view with time and signal enough; what each frame sheds.

    bias (6,): the fixed errors of `tocsin.sensor.errors`.
    """
    bodies = tuple(p for p in paths if p.rcs_m2 > 0.0)
    echoes = _in_view(radar, bodies, t, bias)
    case = np.array([SWERLING.get(p.shape, 1) for p in bodies], dtype=np.int64)[echoes.body]
    power = draw_power(radar.snr(echoes.apparent, _cross_sections(radar, bodies, echoes, rng)), case, rng)
    rows, shed = _scheduled(radar, echoes, power, len(t), len(bodies))
    echoes, power = echoes.where(rows), power[rows]
    images = draw_multipath(len(bodies), correlation_length(radar.wavelength_m, radar.ground), rng)
    own = MultipathDraw(images.frequency[echoes.body], images.phase[echoes.body])
    elevation = echoes.true[:, 2]
    off = echoes.left.copy()
    off[:, 2] += own.unit_error(np.maximum(elevation, 0.0)[:, None])[:, 0] * radar.image_sigma(elevation)
    return _measured(radar, echoes, off, power, bias, rng), shed


def _in_view(radar: Radar, bodies: tuple[Path, ...], t: Array, bias: Array) -> _Echoes:
    """What the radar could look at, body by body: within its limits as the air bends the rays."""
    s = radar.site
    place = np.broadcast_to(radar.r_ecef, (len(t), 3))
    limits = (s.range_max_km * 1e3, float(np.sin(np.radians(s.el_min_deg) - 2.0 * LOW_RAD)))
    seen = seen_from(bodies_of(bodies), t - bias[3], place, limits)
    true = radar_values(seen.r, radar.r_ecef)
    near = radar.in_view(true, LOW_RAD)
    true = true[near]
    lower, upper = left_uncorrected(radar.air if radar.refraction else None, true)
    apparent, left = true.copy(), np.zeros_like(true)
    apparent[:, 2] += lower[:, 1] + upper[:, 1]
    left[:, [0, 2]] = bias[4] * lower + bias[5] * upper
    echoes = _Echoes(seen.body[near], seen.frame[near], true, apparent, left)
    return echoes.where(radar.in_view(apparent))


def _cross_sections(
    radar: Radar, bodies: tuple[Path, ...], echoes: _Echoes, rng: np.random.Generator
) -> Array:
    """Mean cross-section (n,) m2 of each echo: the path's own, and a tumbling stage's by its aspect."""
    rcs = np.array([p.rcs_m2 for p in bodies], dtype=np.float64)[echoes.body]
    stage = np.array([p.shape == "stage" for p in bodies], dtype=bool)[echoes.body]
    aspect = np.arccos(rng.uniform(-1.0, 1.0, int(stage.sum())))
    rcs[stage] = cross_section(STAGE, aspect, radar.wavelength_m).rcs_m2
    return rcs


def _scheduled(radar: Radar, echoes: _Echoes, power: Array, frames: int, bodies: int) -> tuple[Ints, Ints]:
    """The rows that get a look, in order of frames, and what each frame sheds."""
    s, plan = radar.site, radar.schedule
    search = searched(
        echoes.frame,
        echoes.body,
        echoes.apparent[:, 2],
        float(np.radians(s.fence_el_deg)),
        float(np.radians(s.beamwidth_deg)),
        max(1, round(plan.volume_s / s.revisit_s)),
        plan.fence_every(s.revisit_s),
    )
    detected = power > threshold(s.false_alarm_probability)
    order = np.argsort(echoes.frame, kind="stable")
    line = time_line(
        echoes.frame[order],
        echoes.body[order],
        search[order],
        detected[order],
        frames,
        bodies,
        s.capacity,
        int(plan.misses),
        plan.budget(s.revisit_s),
    )
    return order[line.look], line.shed


def _measured(
    radar: Radar, echoes: _Echoes, off: Array, power: Array, bias: Array, rng: np.random.Generator
) -> Looks:
    """Echoes in order of frames, those of one cell made one, measured where they pass the threshold."""
    s = radar.site
    leader = np.arange(len(power))
    beam, cell = float(np.radians(s.beamwidth_deg)), C_LIGHT / (2.0 * s.bandwidth_hz)
    for begin, end in pairwise(np.flatnonzero(np.diff(echoes.frame, prepend=-1, append=-1))):
        if end - begin > 1:
            leader[begin:end] = begin + cells(echoes.true[begin:end], power[begin:end], cell, beam)
    rows, total, place, spread = merged(echoes.true, power, leader)
    strong = total > threshold(s.false_alarm_probability)
    rows, place, spread, snr = rows[strong], place[strong], spread[strong], mean_snr_of(total[strong])
    noise = np.hypot(radar.noise(snr, place), spread)
    sigmas = noise.copy()
    sigmas[:, 2] = np.hypot(noise[:, 2], radar.image_sigma(place[:, 2]))
    values = place + off[rows] + bias[:3] + rng.standard_normal(place.shape) * noise
    return Looks(echoes.frame[rows], values, sigmas, snr)
