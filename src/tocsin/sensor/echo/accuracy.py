"""How well one look measures range, angles and range rate, from its signal-to-noise ratio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Accuracy:
    """What noise leaves of a measurement, and what is left however strong the signal.

    Floors are fractions of the resolution, c / 2B in range and the beamwidth in angle, added in squares.
    """

    monopulse_slope: float = assumed(1.6, 1.2, 1.9, "", "k_m of a difference pattern, textbook 1.6")
    angle_floor: float = assumed(1 / 50, 1 / 100, 1 / 20, "", "of a beamwidth", zero=True)
    range_floor: float = assumed(1 / 50, 1 / 100, 1 / 20, "", "of a range cell", zero=True)

    def __post_init__(self) -> None:
        check_assumed(self)


ACCURACY = Accuracy()


def range_sigma(snr: ArrayLike, bandwidth_hz: ArrayLike, accuracy: Accuracy = ACCURACY) -> Array:
    """1-sigma range noise m: (c / 2B) sqrt(1 / (2 snr) + floor^2), snr as a power ratio.

    75 m at 316 kHz and 13 dB, 30 m at 790 kHz. Source of the first term: Skolnik; Curry, Radar System
    Performance Modeling.
    """
    cell = 0.5 * C_LIGHT / positive("bandwidth (Hz)", bandwidth_hz)
    return np.asarray(cell * np.sqrt(0.5 / positive("snr", snr) + accuracy.range_floor**2))


def angle_sigma(snr: ArrayLike, beamwidth: ArrayLike, accuracy: Accuracy = ACCURACY) -> Array:
    """1-sigma noise rad of each angle on boresight: beamwidth sqrt(1 / (2 k_m^2 snr) + floor^2).

    beamwidth rad, half power, on boresight. 0.2 deg for 2.0 deg at 13 dB. Source: Barton and Ward,
    Handbook of Radar Measurement (monopulse).
    """
    noise = 0.5 / (accuracy.monopulse_slope**2 * positive("snr", snr))
    return np.asarray(positive("beamwidth (rad)", beamwidth) * np.sqrt(noise + accuracy.angle_floor**2))


def angle_covariance(
    sigma: ArrayLike, azimuth: ArrayLike, elevation: ArrayLike, boresight_azimuth: ArrayLike, tilt: ArrayLike
) -> Array:
    """Covariance (..., 2, 2) rad2 of azimuth and elevation of a look, `sigma` rad on boresight.

    Steered by theta off boresight b, a plane array's beam is wider by 1 / cos(theta) in the plane of both:
    across the look C = sigma^2 (I + w w' / cos^2 theta), w = (b.e_az, b.e_el); azimuth is the horizontal
    part over cos(el). TocsinError for a look at right angles to the boresight or behind it, or straight up.
    """
    s = positive("angle sigma (rad)", sigma)
    el = numbers("elevation (rad)", elevation, -1.57, 1.57)
    up = numbers("tilt (rad)", tilt, 0.0, np.pi / 2)
    turn = numbers("boresight azimuth (rad)", boresight_azimuth) - numbers("azimuth (rad)", azimuth)
    ahead = np.cos(up) * np.cos(turn)
    cosine = positive("cosine of the angle off boresight", np.sin(el) * np.sin(up) + np.cos(el) * ahead)
    w_az = np.cos(up) * np.sin(turn) / cosine
    w_el = (np.cos(el) * np.sin(up) - np.sin(el) * ahead) / cosine
    narrow = np.cos(el)
    c = np.broadcast_arrays((1.0 + w_az**2) / narrow**2, w_az * w_el / narrow, 1.0 + w_el**2, s)
    rows = [np.stack([c[0], c[1]], axis=-1), np.stack([c[1], c[2]], axis=-1)]
    return np.asarray(np.stack(rows, axis=-2) * c[3][..., None, None] ** 2)


def range_rate_sigma(snr: ArrayLike, wavelength_m: ArrayLike, coherent_s: ArrayLike) -> Array:
    """1-sigma range-rate noise m/s of one look: (lambda / 2T) / sqrt(2 snr), T the coherent time."""
    cell = positive("wavelength (m)", wavelength_m) / (2.0 * positive("coherent time (s)", coherent_s))
    return np.asarray(cell / np.sqrt(2.0 * positive("snr", snr)))
