"""Echoes that come back pulses late: a range folded by the pulse interval, and what the Moon sends back."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
MOON_RADIUS = 1737.4e3  # m, mean (IAU)
# Mean of ten octaves of frequency, 8.6 mm to 7.84 m, each known to a factor of 2 or better: Pettengill,
# "Lunar radar reflections" (Arecibo, 1965, AD0628197). 0.06 to 0.07 is usual at UHF.
MOON_ALBEDO = 0.07


def ambiguous_range(interval_s: ArrayLike) -> Array:
    """The longest range m whose echo is back before the next pulse: c interval / 2."""
    return np.asarray(0.5 * C_LIGHT * positive("pulse interval (s)", interval_s))


def folded_range(range_m: ArrayLike, interval_s: ArrayLike) -> Array:
    """The range m that an echo seems to have when it is counted from the last pulse: R mod (c interval / 2).

    Its rate is the true one, but for a jump from one end to the other.
    """
    return np.asarray(np.mod(numbers("range (m)", range_m, 0.0), ambiguous_range(interval_s)))


def pulses_late(range_m: ArrayLike, interval_s: ArrayLike) -> NDArray[np.int64]:
    """How many more pulses have gone out before the echo is back: 0 for one within `ambiguous_range`.

    An interval that is varied moves a late echo by this many times the change, and one in time not at all.
    """
    return np.floor_divide(numbers("range (m)", range_m, 0.0), ambiguous_range(interval_s)).astype(np.int64)


def moon_cross_section(albedo: float = MOON_ALBEDO) -> float:
    """Radar cross-section of the Moon, m2: albedo pi R^2; 6.6e11.

    The whole of it: a pulse long enough to hold the echo, whose depth is 11.6 ms, most of it in the first
    millisecond.
    """
    return float(positive("radar albedo of the Moon", albedo)) * math.pi * MOON_RADIUS**2


def beam_share(beamwidth: ArrayLike, range_m: ArrayLike) -> Array:
    """The share (...) of the Moon's echo, there and back, that a Gaussian beam centred on it takes.

    (1 - 2^(-8 x^2)) / (8 ln 2 x^2), x the Moon's angular radius over the beamwidth (rad), as if the whole
    disc shone alike: the least it can be, for most of the echo comes from the middle third.
    """
    radius = np.arcsin(MOON_RADIUS / numbers("range (m)", range_m, 2.0 * MOON_RADIUS))
    y = 8.0 * math.log(2.0) * (radius / positive("beamwidth (rad)", beamwidth)) ** 2
    return np.asarray(-np.expm1(-y) / y)


def moon_signal(
    range_m: ArrayLike, reference_range_m: float = 4e6, albedo: float = MOON_ALBEDO, share: ArrayLike = 1.0
) -> Array:
    """Echo of the Moon (its centre at range_m) over that of 1 m2 at the reference range, a power ratio.

    share albedo pi R^2 (R_ref / R)^4. 39 dB at 383,000 km over 4,000 km.
    """
    reference = float(positive("reference range (m)", reference_range_m))
    fall = (reference / numbers("range (m)", range_m, 2.0 * MOON_RADIUS)) ** 4
    return np.asarray(numbers("share", share, 0.0, 1.0) * moon_cross_section(albedo) * fall)
