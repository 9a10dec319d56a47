"""The brightest lightning as a telescope's false looks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.time import DAY
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.flashes import Flashes, energies, flash_times, flashes_of

LONGEST_S = 0.9  # longer ones are cut to this
MOST_J = 1e12  # beyond which none is drawn
FARTHEST = math.radians(60.0)


@final
@dataclass(frozen=True, slots=True)
class Lightning:
    """Superbolts: the usual flash is too faint for a telescope at the height of an apogee.

    Over the Earth 44 flashes a second are published (Christian and others, Journal of Geophysical Research
    108 (2003), 4005); what share of them is that bright in the band is assumed, as all the rest.
    """

    per_day: float = assumed(40.0, 1.0, 1000.0, "", "over the Earth; 1e-5 of all flashes", zero=True)
    least_j: float = assumed(1e8, 1e7, 1e9, "J", "radiated at least")
    exponent: float = assumed(1.5, 1.0, 2.5, "", "of their rate against energy")
    share: float = assumed(1e-3, 1e-4, 1e-2, "", "of the light in the band")
    median_s: float = assumed(0.3, 0.05, 0.6, "s", "median duration; cut at 0.9 s")
    spread: float = assumed(0.5, 0.2, 0.8, "", "1-sigma of the duration's logarithm", zero=True)
    lat_sigma: float = assumed(0.4, 0.25, 0.6, "rad", "1-sigma of latitude about the equator, within 60 deg")
    top_m: float = assumed(12e3, 8e3, 16e3, "m", "height of the cloud tops they light")

    def __post_init__(self) -> None:
        check_assumed(self)
        if self.median_s >= LONGEST_S or self.least_j >= MOST_J:
            raise TocsinError(
                f"Lightning: median_s = {self.median_s:g} s and least_j = {self.least_j:g} J: give a median "
                f"below {LONGEST_S:g} s and less than {MOST_J:g} J"
            )


LIGHTNING = Lightning()


def draw_lightning(
    t0: float, t1: float, rng: np.random.Generator, lightning: Lightning = LIGHTNING
) -> Flashes:
    """Superbolts over the Earth from t0 to t1 (TAI s): a Poisson process, its rate assumed.

    Latitude is normal about the equator, cut at 60 deg; land and sea, day and night alike.
    """
    own = lightning
    t = flash_times(t0, t1, own.per_day / DAY, rng)
    n = len(t)
    lat = own.lat_sigma * rng.standard_normal(n)
    while (beyond := np.abs(lat) > FARTHEST).any():
        lat[beyond] = own.lat_sigma * rng.standard_normal(int(beyond.sum()))
    lon = rng.uniform(-np.pi, np.pi, n)
    energy = energies(own.least_j, MOST_J, own.exponent, n, rng)
    duration = np.minimum(own.median_s * np.exp(own.spread * rng.standard_normal(n)), LONGEST_S)
    return flashes_of("lightning", own.share, t, lat, lon, np.full(n, own.top_m), energy, duration)
