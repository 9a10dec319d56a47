"""The Moon as a radar takes it for something near: looks of an echo that is pulses late."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.ambiguity import ambiguous_range, beam_share, folded_range, moon_signal
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.moon import moon_looks
from tocsin.sensor.echo.swerling import draw_power, mean_snr_of
from tocsin.sensor.errors import left_uncorrected
from tocsin.sensor.given import positive
from tocsin.sensor.looks import Looks, no_looks
from tocsin.sensor.radiosun import SunNoise
from tocsin.sensor.view import within

Array = NDArray[np.float64]
RAYLEIGH = 1  # many facets of the ground: it fluctuates as Swerling 1


@final
@dataclass(frozen=True, slots=True)
class MoonEcho:
    """How the Moon's echo lines up with a radar's pulses.

    interval_s: between pulses; None is the listening time of the instrumented range, 2 R / c. varied: the
    interval changes from pulse to pulse, so that an echo that is pulses late does not line up, and is
    rejected: as was done after 5 October 1960. TocsinError for an interval that is not above 0.
    """

    interval_s: float | None = None
    varied: bool = False
    depth_m: float = assumed(
        45e3, 15e3, 150e3, "m", "of the echo: 0.3 ms, its power falling so behind the near ground"
    )

    def __post_init__(self) -> None:
        check_assumed(self)
        if self.interval_s is not None:
            positive("MoonEcho.interval_s", self.interval_s)

    def interval_of(self, range_max_m: float) -> float:
        """The interval s between pulses of a radar of an instrumented range."""
        return 2.0 * range_max_m / C_LIGHT if self.interval_s is None else self.interval_s


def moon_at(
    moon: MoonEcho, beam: Beam, t: Array, bias: Array, rng: np.random.Generator, sun: SunNoise | None = None,
    doppler: Doppler | None = None,
) -> Looks:  # fmt: skip
    """The looks of the Moon in frames at t (k,): one a frame, where it is in view and its echo is heard.

    Range is that of the near ground and the mean depth of the echo, folded by the interval; its smear counts
    as noise. Angles and range rate are the true ones. bias (6,) as of all looks.
    """
    s = beam.site
    longest = float(ambiguous_range(moon.interval_of(s.range_max_km * 1e3)))
    none = no_looks(doppler is not None)
    if moon.varied or not len(t):
        return none
    seen = moon_looks(t - bias[3], math.radians(s.lat_deg), math.radians(s.lon_deg), s.height_m)
    true = np.stack([seen.nearest_m + moon.depth_m, seen.azimuth, seen.elevation], axis=-1)
    lower, upper = left_uncorrected(beam.between, true)
    apparent = true.copy()
    apparent[:, 2] += lower[:, 1] + upper[:, 1]
    apparent[:, 0] = folded_range(true[:, 0], 2.0 * longest / C_LIGHT)
    frame = np.flatnonzero(within(s, *apparent.T))
    true, apparent = true[frame], apparent[frame]
    power = draw_power(_signal(moon, beam, seen.range_m[frame], true, frame, sun), RAYLEIGH, rng)
    heard = power > beam.threshold
    frame, true, apparent = frame[heard], true[heard], apparent[heard]
    snr = mean_snr_of(power[heard])
    noise = beam.noise(snr, apparent)
    noise[:, 0] = np.hypot(noise[:, 0], moon.depth_m)
    sigmas = beam.sigmas(noise, true[:, 2])
    values = true + bias[:3] + rng.standard_normal(true.shape) * sigmas
    values[:, [0, 2]] += bias[4] * lower[frame] + bias[5] * upper[frame]
    values[:, 0] = folded_range(np.maximum(values[:, 0], 0.0), 2.0 * longest / C_LIGHT)
    if doppler is None:
        return Looks(frame, values, sigmas, snr)
    sigma = doppler.sigma(snr, beam.wavelength_m)
    return Looks(
        frame, values, sigmas, snr, seen.range_rate[frame] + rng.standard_normal(len(frame)) * sigma, sigma
    )


def _signal(
    moon: MoonEcho, beam: Beam, range_m: Array, values: Array, frame: NDArray[np.int64], sun: SunNoise | None
) -> Array:
    """Mean signal-to-noise (n,) of the strongest range cell of the Moon's echo."""
    s = beam.site
    share = beam_share(beam.beamwidth, range_m) * -math.expm1(-beam.range_cell_m / moon.depth_m)
    signal = moon_signal(range_m, s.reference_range_km * 1e3, share=share)
    signal *= 10.0 ** (s.reference_snr_db / 10.0) / beam.loss(values[:, 1], values[:, 2])
    return signal if sun is None else signal / sun.loss(frame, values)
