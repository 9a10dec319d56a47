"""Range rate by the Doppler shift of the carrier: what a radar that measures it is assumed to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.sensor.echo.accuracy import range_rate_sigma

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Doppler:
    """How a look's range rate is measured; nothing of it is published of these radars."""

    coherent_s: float = assumed(0.016, 0.002, 0.5, "s", "of one look: a long pulse, or a burst of them")
    floor: float = assumed(1 / 50, 1 / 100, 1 / 20, "", "of a Doppler cell", zero=True)
    span_m_s: float = assumed(8e3, 5e3, 12e3, "m/s", "rates looked for, either way; false ones fill them")

    def __post_init__(self) -> None:
        check_assumed(self)

    def sigma(self, snr: Array, wavelength_m: float) -> Array:
        """1-sigma noise (n,) m/s of range rate: (lambda / 2T) sqrt(1 / (2 snr) + floor^2)."""
        cell = wavelength_m / (2.0 * self.coherent_s)
        return np.hypot(range_rate_sigma(snr, wavelength_m, self.coherent_s), self.floor * cell)
