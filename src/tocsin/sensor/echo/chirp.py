"""Range-Doppler coupling: a linear chirp takes a body's motion for range."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
Sweep = Literal["up", "down"]


def coupling_time(carrier_hz: ArrayLike, pulse_s: ArrayLike, bandwidth_hz: ArrayLike, sweep: Sweep) -> Array:
    """Time s by which a chirp looks ahead: f_c T / B for a chirp upward, -f_c T / B for one downward.

    An upward chirp measures the range that the body will have that much later, for a steady range rate:
    the Doppler shift -2 v f_c / c moves the compressed pulse by 2 v f_c T / (c B). Source: Fitzgerald 1974.
    """
    if sweep not in ("up", "down"):
        raise TocsinError(f"chirp: sweep {sweep!r} is not known: give up or down")
    time = positive("carrier (Hz)", carrier_hz) * positive("pulse (s)", pulse_s)
    time = time / positive("bandwidth (Hz)", bandwidth_hz)
    return np.asarray(time if sweep == "up" else -time)


def coupling_shift(range_rate_m_s: ArrayLike, coupling_s: ArrayLike) -> Array:
    """What the chirp adds to the measured range, m: range rate times `coupling_time`.

    A body that comes nearer (a negative rate) is measured too near by a chirp upward. Terms of v^2 / c^2
    are left out: 0.3 m of a shift of 12 km.
    """
    return np.asarray(numbers("range rate (m/s)", range_rate_m_s) * numbers("coupling time (s)", coupling_s))


def corrected_range(measured_m: ArrayLike, range_rate_m_s: ArrayLike, coupling_s: ArrayLike) -> Array:
    """The measured range less the shift that an estimated range rate predicts, m."""
    return np.asarray(numbers("range (m)", measured_m) - coupling_shift(range_rate_m_s, coupling_s))


def residual_sigma(range_rate_sigma_m_s: ArrayLike, coupling_s: ArrayLike) -> Array:
    """1-sigma range error m that is left after a correction with a range rate of that sigma.

    It is not white: it is the same error of the range rate times the coupling time, look after look.
    """
    rate = numbers("sigma of range rate (m/s)", range_rate_sigma_m_s, 0.0)
    return np.asarray(rate * np.abs(numbers("coupling time (s)", coupling_s)))
