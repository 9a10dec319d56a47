"""A radar's looks at nothing: noise that passes the threshold, and what its surroundings send back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.clutter import ClutterMap, draw_clutter, joined
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.swerling import draw_false_power, mean_snr_of
from tocsin.sensor.looks import Looks
from tocsin.sensor.radiosun import SunNoise
from tocsin.sensor.view import within

Array = NDArray[np.float64]


def false_looks(
    beam: Beam,
    clutter: tuple[ClutterMap, ...],
    frames: int,
    rng: np.random.Generator,
    sun: SunNoise | None = None,
    doppler: Doppler | None = None,
) -> Looks:
    """False looks in so many frames: of noise, even over the volume and the range rates, and of clutter.

    Of clutter as of bodies, what lies nearer than the instrumented range is no look. The threshold stands on
    the noise that there is, so that the Sun makes no more of noise; clutter it drowns as it does any echo.
    """
    s = beam.site
    k = np.repeat(np.arange(frames), rng.poisson(s.false_looks_per_scan, frames))
    azimuth = np.radians(s.az_start_deg + s.sector_deg * rng.random(len(k)))
    elevation = np.radians(rng.uniform(s.el_min_deg, s.el_max_deg, len(k)))
    distance = rng.uniform(s.range_min_km, s.range_max_km, len(k)) * 1e3
    even = np.stack([distance, azimuth, elevation], axis=-1)
    drawn = joined(*(draw_clutter(c, frames * s.revisit_s, beam.threshold, rng) for c in clutter))
    drawn = drawn.where(within(s, *drawn.values.T))
    power = np.concatenate([draw_false_power(s.false_alarm_probability, len(k), rng), drawn.power])
    frame = np.concatenate([k, rng.integers(0, max(frames, 1), len(drawn))])
    values = np.concatenate([even, drawn.values])
    rate = None if doppler is None else np.concatenate([_any_rate(doppler, len(k), rng), drawn.range_rate])
    if sun is not None:
        power[len(k) :] /= sun.loss(frame[len(k) :], drawn.values)
        heard = power >= beam.threshold
        frame, values, power = frame[heard], values[heard], power[heard]
        rate = None if rate is None else rate[heard]
    snr = mean_snr_of(power)
    sigmas = beam.sigmas(beam.noise(snr, values), values[:, 2])
    if doppler is None or rate is None:
        return Looks(frame, values, sigmas, snr)
    sigma = doppler.sigma(snr, beam.wavelength_m)
    return Looks(frame, values, sigmas, snr, rate + rng.standard_normal(len(rate)) * sigma, sigma)


def _any_rate(doppler: Doppler, n: int, rng: np.random.Generator) -> Array:
    return doppler.span_m_s * rng.uniform(-1.0, 1.0, n)
