"""How often fireballs flash: the CNEOS table as a power law above the energy from which it is complete."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.catalogue.fireballs import UNTIL_UTC, Fireballs, fireballs
from tocsin.earth.time import DAY, tai_from_utc
from tocsin.errors import TocsinError

YEAR = 365.25 * DAY
# Assumed: complete from 1994 on (before, 0 to 2 a year) above 1e11 J (range 5e10 to 2e11): below that the
# exponent falls, as faint ones are missed.
COMPLETE_FROM_UTC, COMPLETE_J = "1994-01-01T00:00:00Z", 1e11


@final
@dataclass(frozen=True, slots=True)
class FlashRate:
    """A rate of flashes over the whole Earth that radiate at least an energy: rate (E / energy_j)^-exponent.

    rate: a year at energy_j; sigmas: 1-sigma of rate and exponent; count: the flashes it was fitted to.
    """

    energy_j: float
    rate: float
    rate_sigma: float
    exponent: float
    exponent_sigma: float
    count: int

    def per_year(self, energy_j: float) -> float:
        """Flashes a year of at least an energy (J), where need be beyond the fit on either side."""
        if not (math.isfinite(energy_j) and energy_j > 0.0):
            raise TocsinError(f"energy_j: {energy_j:g} J is not possible: give a number above 0")
        return float(self.rate * (energy_j / self.energy_j) ** -self.exponent)


def fireball_rate(
    energy_j: float = COMPLETE_J, from_utc: str = COMPLETE_FROM_UTC, table: Fireballs | None = None
) -> FlashRate:
    """The rate of the table's fireballs that radiated at least `energy_j`, from a date on: a floor.

    rate = n / T; exponent b = (n - 1) / sum ln(E_i / energy_j), unbiased; sigmas rate / sqrt(n) and
    b / sqrt(n - 2). Raises TocsinError where fewer than 10 are left.
    Source: Clauset, Shalizi and Newman, SIAM Review 51 (2009), 661-703.
    """
    known = fireballs() if table is None else table
    begin = tai_from_utc(from_utc)
    energies = known.radiated_j[(known.t_tai >= begin) & (known.radiated_j >= energy_j)]
    n = len(energies)
    span = (tai_from_utc(UNTIL_UTC) - begin) / YEAR
    if n < 10 or span <= 0.0:
        raise TocsinError(
            f"fireball_rate: {n} fireballs since {from_utc} radiated {energy_j:g} J or more, too few for a "
            "rate: give a smaller energy or an earlier date"
        )
    exponent = (n - 1) / float(np.sum(np.log(energies / energy_j)))
    rate = n / span
    return FlashRate(energy_j, rate, rate / math.sqrt(n), exponent, exponent / math.sqrt(n - 2), n)
