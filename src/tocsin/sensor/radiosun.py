"""The Sun over a radar: what its noise costs each look, and when it leaves the radar blind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.burst import (
    PATTERN,
    RISEN,
    Pattern,
    antenna_temperature,
    beam_gain,
    quiet_flux,
    sun_direction,
)
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

STEP_S = 60.0  # between two places of the Sun, a quarter of a degree; straight between them
GRID = 25, 9  # directions of the sector, azimuths by elevations, in which a blind radar hears nothing
AT_RCS_M2, AT_PART = 1.0, 0.5


@final
@dataclass(frozen=True, slots=True)
class RadioSun:
    """The Sun as a radar hears it: quiet at all times (`quiet_flux`), and bursts on top.

    bursts: each its start (TAI s), how long it lasts (s) and its flux at the radars' frequencies (sfu).
    TocsinError for a burst that is none.
    """

    bursts: tuple[tuple[float, float, float], ...] = ()
    pattern: Pattern = PATTERN

    def __post_init__(self) -> None:
        for burst in self.bursts:
            if len(burst) != 3:
                raise TocsinError(f"RadioSun: the burst {burst} is not a start, a duration and a flux")
            numbers("RadioSun: start of a burst (TAI s)", burst[0])
            positive("RadioSun: duration of a burst (s)", burst[1])
            numbers("RadioSun: flux of a burst (sfu)", burst[2], 0.0)

    def flux(self, t: Array, frequency_hz: float) -> Array:
        """Flux (n,) sfu at times (n,)."""
        flux = np.full(len(t), float(quiet_flux(frequency_hz)))
        for start, lasts, more in self.bursts:
            flux[(t >= start) & (t < start + lasts)] += more
        return flux


@final
@dataclass(frozen=True, slots=True, eq=False)
class SunNoise:
    """The Sun in a radar's frames: toward (k, 3) east, north, up; added (k,) its noise over the receiver's at
    a gain of 1, nought while it is set; and the beam that hears it.
    """

    toward: Array
    added: Array
    gain: float
    beamwidth: float
    pattern: Pattern

    def loss(self, frame: Ints, values: Array) -> Array:
        """By how much (n,) it lowers the signal-to-noise of looks at values (n, 3) in frames (n,).

        1 + T_sun / T_noise as `burst.sun_loss`, by geometric directions: the air bends both alike.
        """
        if not self.added.any():
            return np.ones(len(frame))
        p = self.pattern
        out = np.empty(len(frame))
        _losses(
            frame, values, self.toward, self.added, self.gain, self.beamwidth,
            10.0 ** (-0.1 * p.first_db), p.fall, p.far_gain, out,
        )  # fmt: skip
        return out


def sun_noise(sun: RadioSun, beam: Beam, t: Array) -> SunNoise:
    """What the Sun does to a radar in frames at t (k,) TAI s, rising."""
    s = beam.site
    marks = np.arange(t[0], t[-1] + STEP_S, STEP_S) if len(t) else np.zeros(1)
    azimuth, elevation = sun_direction(marks, math.radians(s.lat_deg), math.radians(s.lon_deg), s.height_m)
    at = np.stack(
        [np.sin(azimuth) * np.cos(elevation), np.cos(azimuth) * np.cos(elevation), np.sin(elevation)]
    )
    toward = np.stack([np.interp(t, marks, axis) for axis in at], axis=-1)
    added = np.where(toward[:, 2] > math.sin(RISEN), _rise_of_one(beam) * sun.flux(t, s.frequency_hz), 0.0)
    return SunNoise(toward, added, float(beam_gain(beam.beamwidth)), beam.beamwidth, sun.pattern)


def deaf(sun: SunNoise, beam: Beam) -> Bools:
    """Frames (k,) in which the Sun leaves nothing to be detected all over the sector.

    Nothing: 1 m2 at half of the instrumented range is, in the mean, under the threshold in every direction.
    """
    values, signal = _sector(beam)
    frames = np.flatnonzero(sun.added)
    frame, way = np.repeat(frames, len(values)), np.tile(values, (len(frames), 1))
    loss = sun.loss(frame, way).reshape(-1, len(values))
    out = np.zeros(len(sun.added), dtype=bool)
    out[frames] = np.all(signal / loss < beam.threshold, axis=1)
    return out


def blinding_flux(beam: Beam, pattern: Pattern = PATTERN) -> float:
    """Flux sfu from which a Sun that is up, and in the far sidelobes of most beams, leaves a radar deaf."""
    _, signal = _sector(beam)
    rise = max(float(signal.max()) / beam.threshold - 1.0, 0.0)
    return rise / (pattern.far_gain * _rise_of_one(beam))


def _sector(beam: Beam) -> tuple[Array, Array]:
    """Looks (n, 3) all over the sector at half of the instrumented range, and the signal (n,) of 1 m2."""
    s = beam.site
    elevation = np.radians(np.linspace(s.el_min_deg, s.el_max_deg, GRID[1]))
    azimuth = np.radians(s.az_start_deg + np.linspace(0.0, s.sector_deg, GRID[0]))
    az, el = (x.ravel() for x in np.meshgrid(azimuth, elevation))
    values = np.stack([np.full(len(az), AT_PART * s.range_max_km * 1e3), az, el], axis=-1)
    return values, beam.snr(values, np.full(len(az), AT_RCS_M2))


def _rise_of_one(beam: Beam) -> float:
    """Noise of 1 sfu at a gain of 1 over the receiver's."""
    s = beam.site
    return float(antenna_temperature(1.0, 1.0, s.frequency_hz)) / s.noise_temperature_k


@njit(cache=True, error_model="numpy")
def _losses(
    frame: Ints, values: Array, toward: Array, added: Array, gain: float, beamwidth: float, first: float,
    fall: float, far: float, out: Array,
) -> None:  # fmt: skip
    # The gain of `burst.off_axis_gain`; the half chord keeps its digits where an arc cosine has none.
    for i in range(len(frame)):
        k = frame[i]
        if added[k] == 0.0:
            out[i] = 1.0
            continue
        level = math.cos(values[i, 2])
        dx = math.sin(values[i, 1]) * level - toward[k, 0]
        dy = math.cos(values[i, 1]) * level - toward[k, 1]
        dz = math.sin(values[i, 2]) - toward[k, 2]
        half = min(0.5 * math.sqrt(dx * dx + dy * dy + dz * dz), 1.0)
        x = 2.0 * math.asin(half) / beamwidth
        seen = gain * 2.0 ** (-4.0 * x * x)
        if x >= 1.0:
            seen = max(seen, gain * first * x**-fall)
        out[i] = 1.0 + added[k] * min(gain, max(seen, far))
