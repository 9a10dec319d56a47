"""The radar equation in absolute figures: power, gain, noise and losses to a signal-to-noise ratio."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.echo.equation import LEAST_RCS_M2
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
BOLTZMANN = 1.380649e-23  # J/K, exact by definition


@final
@dataclass(frozen=True, slots=True)
class PowerBudget:
    """What decides how far a radar sees; ratios of power, not dB.

    average_power_w is the mean over one dwell of dwell_s, so their product is the energy sent in one look.
    """

    average_power_w: float
    dwell_s: float
    transmit_gain: float
    receive_gain: float
    wavelength_m: float
    noise_temperature_k: float
    loss: float

    def __post_init__(self) -> None:
        problems = [
            f"PowerBudget.{f.name} = {getattr(self, f.name):g} is impossible: give a number above 0"
            for f in fields(self)
            if not (math.isfinite(getattr(self, f.name)) and getattr(self, f.name) > 0.0)
        ]
        if self.loss < 1.0 and not problems:
            problems.append(f"PowerBudget.loss = {self.loss:g} would be a gain: give 1 or more")
        if problems:
            raise TocsinError(problems)

    @property
    def anchor(self) -> float:
        """snr R^4 / rcs, m2: P T G_t G_r lambda^2 / ((4 pi)^3 k T_s L)."""
        energy = self.average_power_w * self.dwell_s * self.transmit_gain * self.receive_gain
        noise = BOLTZMANN * self.noise_temperature_k * self.loss
        return energy * self.wavelength_m**2 / ((4.0 * math.pi) ** 3 * noise)


def absolute_snr(budget: PowerBudget, range_m: ArrayLike, rcs_m2: ArrayLike) -> Array:
    """Signal-to-noise of one look, P T G_t G_r lambda^2 rcs / ((4 pi)^3 R^4 k T_s L), on boresight.

    The matched filter's, so the bandwidth does not enter. Source: Skolnik, Introduction to Radar Systems.
    """
    r4 = numbers("range (m)", range_m, 1.0) ** 4
    return np.asarray(budget.anchor * numbers("cross-section (m2)", rcs_m2, LEAST_RCS_M2) / r4)


def absolute_range(budget: PowerBudget, snr: ArrayLike, rcs_m2: ArrayLike) -> Array:
    """Range m at which one look of a cross-section has the given signal-to-noise: `absolute_snr` inverted."""
    return np.asarray(
        (budget.anchor * numbers("cross-section (m2)", rcs_m2, LEAST_RCS_M2) / positive("snr", snr)) ** 0.25
    )
