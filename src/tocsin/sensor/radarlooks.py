"""The looks of a radar at bodies: what is in view, what gets a look, what is one look, how far it is off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.frames import range_az_el
from tocsin.motion.path import Path
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.cross_section import Body, Cylinder, Shape, cross_section, swerling_case
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.multipath import MultipathDraw, correlation_length, draw_multipath
from tocsin.sensor.echo.resolution import cells, merged
from tocsin.sensor.echo.schedule import Schedule, searched, time_line
from tocsin.sensor.echo.swerling import draw_power, mean_snr_of
from tocsin.sensor.echo.timing import echo_times
from tocsin.sensor.errors import left_uncorrected
from tocsin.sensor.labels import Shed, grouped
from tocsin.sensor.light import Seen, bodies_of, seen_from
from tocsin.sensor.looks import Looks
from tocsin.sensor.radiosun import SunNoise
from tocsin.sensor.rangerate import bounced_rate, rates_uncorrected
from tocsin.sensor.view import within

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

LOW_RAD = float(np.radians(2.0))  # so far under the lowest beam echoes are asked for: the air bends them up
STAGE = Cylinder(radius_m=1.0, length_m=8.0)  # a spent stage that tumbles: assumed


@final
@dataclass(frozen=True, slots=True)
class _Echoes:
    """Bodies in view: row of what is seen, body, frame (n,); true, apparent (n, 3) without and with
    refraction; what of it is left (n, 3).
    """

    row: Ints
    body: Ints
    frame: Ints
    true: Array
    apparent: Array
    left: Array

    def where(self, rows: NDArray[np.bool_] | Ints) -> _Echoes:
        return _Echoes(*(getattr(self, name)[rows] for name in self.__slots__))


def looks_at(
    beam: Beam,
    plan: Schedule,
    paths: tuple[Path, ...],
    t: Array,
    bias: Array,
    rng: np.random.Generator,
    sun: SunNoise | None = None,
    doppler: Doppler | None = None,
) -> tuple[Looks, Shed]:
    """The looks, in frames at t (k,), at bodies in view with time and signal enough; what the frames shed.

    bias (6,): the fixed errors of `tocsin.sensor.errors`. With `doppler` each has a range rate as well.
    """
    index = np.flatnonzero([p.rcs_m2 > 0.0 for p in paths])
    bodies = tuple(paths[i] for i in index)
    shapes: list[Shape] = [STAGE if p.shape == "stage" else Body(p.rcs_m2) for p in bodies]
    seen, echoes = _in_view(beam, bodies, t, bias)
    case = np.array([swerling_case(shape) for shape in shapes], dtype=np.int64)[echoes.body]
    signal = beam.snr(echoes.apparent, _cross_sections(beam, bodies, shapes, echoes.body, rng))
    if sun is not None:
        signal /= sun.loss(echoes.frame, echoes.true)
    power = draw_power(signal, case, rng)
    rows, late = _scheduled(beam, plan, echoes, power, len(t), len(bodies))
    shed = Shed(echoes.frame[late], index[echoes.body[late]])
    echoes, power = echoes.where(rows), power[rows]
    seen = seen.where(echoes.row)
    echoes.true[:, 0] = echo_times(t[seen.frame], seen.r, beam.r_ecef).range_m
    images = draw_multipath(len(bodies), correlation_length(beam.wavelength_m, beam.ground), rng)
    own = MultipathDraw(images.frequency[echoes.body], images.phase[echoes.body])
    elevation = echoes.true[:, 2]
    off = echoes.left.copy()
    off[:, 2] += own.unit_error(np.maximum(elevation, 0.0)[:, None])[:, 0] * beam.image_sigma(elevation)
    looks = _measured(beam, seen, index[echoes.body], echoes.true, off, power, bias, rng, doppler)
    return looks, shed


def _in_view(beam: Beam, bodies: tuple[Path, ...], t: Array, bias: Array) -> tuple[Seen, _Echoes]:
    """What is seen near its limits, and what the radar could look at, body by body: within them as the air
    bends the rays. Ranges are of the way back alone.
    """
    s = beam.site
    place = np.broadcast_to(beam.r_ecef, (len(t), 3))
    limits = (s.range_max_km * 1e3, float(np.sin(np.radians(s.el_min_deg) - 2.0 * LOW_RAD)))
    seen = seen_from(bodies_of(bodies), t - bias[3], place, limits)
    true = range_az_el(seen.r, beam.r_ecef, math.radians(s.lat_deg), math.radians(s.lon_deg))
    low = within(s, true[:, 0], true[:, 1], true[:, 2], s.el_min_deg - np.degrees(LOW_RAD))
    near = np.flatnonzero(low)
    true = true[near]
    lower, upper = left_uncorrected(beam.between, true)
    apparent, left = true.copy(), np.zeros_like(true)
    apparent[:, 2] += lower[:, 1] + upper[:, 1]
    left[:, [0, 2]] = bias[4] * lower + bias[5] * upper
    echoes = _Echoes(near, seen.body[near], seen.frame[near], true, apparent, left)
    return seen, echoes.where(within(s, *apparent.T))


def _cross_sections(
    beam: Beam, bodies: tuple[Path, ...], shapes: list[Shape], body: Ints, rng: np.random.Generator
) -> Array:
    """Mean cross-section (n,) m2 of each echo: the path's own, and a tumbling stage's by its aspect."""
    rcs = np.array([p.rcs_m2 for p in bodies], dtype=np.float64)[body]
    stage = np.array([shape is STAGE for shape in shapes], dtype=bool)[body]
    aspect = np.arccos(rng.uniform(-1.0, 1.0, int(stage.sum())))
    rcs[stage] = cross_section(STAGE, aspect, beam.wavelength_m).rcs_m2
    return rcs


def _scheduled(
    beam: Beam, plan: Schedule, echoes: _Echoes, power: Array, frames: int, bodies: int
) -> tuple[Ints, Ints]:
    """The rows that get a look, and those that are shed, in order of frames."""
    s, frame, body = beam.site, echoes.frame, echoes.body
    search = searched(
        frame,
        body,
        echoes.apparent[:, 2],
        float(np.radians(s.fence_el_deg)),
        beam.beamwidth,
        max(1, round(plan.volume_s / s.revisit_s)),
        plan.fence_every(s.revisit_s),
    )
    detected = power > beam.threshold
    order = np.argsort(frame, kind="stable")
    line = time_line(
        frame[order],
        body[order],
        search[order],
        detected[order],
        frames,
        bodies,
        s.capacity,
        int(plan.misses),
        plan.budget(s.revisit_s),
    )
    return order[line.look], order[line.without]


def _measured(
    beam: Beam,
    seen: Seen,
    path: Ints,
    true: Array,
    off: Array,
    power: Array,
    bias: Array,
    rng: np.random.Generator,
    doppler: Doppler | None,
) -> Looks:
    """Echoes in order of frames, those of one cell made one, measured where they pass the threshold."""
    leader = np.arange(len(power))
    for begin, end in pairwise(np.flatnonzero(np.diff(seen.frame, prepend=-1, append=-1))):
        if end - begin > 1:
            leader[begin:end] = begin + cells(
                true[begin:end], power[begin:end], beam.range_cell_m, beam.beamwidth
            )
    if doppler is not None:
        true = np.column_stack([true, bounced_rate(seen.r, seen.v, beam.r_ecef)])
    rows, total, place, spread = merged(true, power, leader)
    strong = total > beam.threshold
    made_by = grouped(leader, power, path).where(strong)
    rows, place, spread, snr = rows[strong], place[strong], spread[strong], mean_snr_of(total[strong])
    noise = np.hypot(beam.noise(snr, place), spread[:, :3])
    sigmas = beam.sigmas(noise, place[:, 2])
    values = place[:, :3] + off[rows] + bias[:3] + rng.standard_normal(noise.shape) * noise
    if doppler is None:
        return Looks(seen.frame[rows], values, sigmas, snr, made_by=made_by)
    sigma = np.hypot(doppler.sigma(snr, beam.wavelength_m), spread[:, 3])
    left = rates_uncorrected(beam.between, seen.r[rows], seen.v[rows], beam.r_ecef) @ bias[4:]
    rate = place[:, 3] + left + rng.standard_normal(len(sigma)) * sigma
    return Looks(seen.frame[rows], values, sigmas, snr, rate, sigma, made_by)
