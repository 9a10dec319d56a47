"""The paths of a population in orbit, for as long as a run takes: of all, or of what comes into view."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef
from tocsin.flight.population import Population
from tocsin.flight.shells import KINDS
from tocsin.motion.orbits import orbits_of, states_by_batch
from tocsin.motion.path import Path

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

SAMPLE_S = 60.0  # the cubic between samples is then within half a metre of SGP4's orbit in low orbits
_FASTEST = 11.2e3  # m/s, of anything that stays
BENT_DEG = 1.0


@final
@dataclass(frozen=True, slots=True)
class Dome:
    """What a radar could see, whichever way it looks: within range_m of (lat, lon) rad, above elevation."""

    lat: float
    lon: float
    range_m: float
    elevation: float

    @classmethod
    def over(cls, site: RadarSite) -> Self:
        """All that a radar could see, and what the air may lift into its lowest beam (1 deg, assumed)."""
        lat, lon, low = np.radians([site.lat_deg, site.lon_deg, site.el_min_deg - BENT_DEG])
        return cls(lat, lon, site.range_max_km * 1e3, low)

    def holds(self, r_ecef: Array, slack_m: float = 0.0) -> Bools:
        """Whether places (..., 3) m are within, or could be after moving by slack_m."""
        d = r_ecef - ecef_from_geodetic(self.lat, self.lon, 0.0)
        far = np.sqrt(np.einsum("...i,...i->...", d, d))
        rise = d @ enu_from_ecef(self.lat, self.lon)[2]
        return np.asarray(
            (far <= self.range_m + slack_m) & (rise + slack_m >= math.sin(self.elevation) * far)
        )


def paths_overhead(
    population: Population,
    t0: float,
    t1: float,
    domes: tuple[Dome, ...] | None = None,
    sample_s: float = SAMPLE_S,
) -> tuple[Path, ...]:
    """Paths from t0 to t1, TAI s, of the objects that come into a dome, or of all where no domes are given.

    Batch by batch, so that what never comes into view takes no memory. None is left out that is within a
    dome at any time, for none moves further than 11.2 km/s times half a sample; a few come only near. What
    SGP4 brings down meanwhile has no path.
    """
    t = np.linspace(t0, t1, max(2, 1 + math.ceil((t1 - t0) / sample_s)))
    slack = 0.5 * _FASTEST * float(t[1] - t[0])
    dark = np.zeros(len(t))
    paths: list[Path] = []
    for rows, r, v in states_by_batch(orbits_of(population.elements), t):
        kept = np.isfinite(r).all(axis=(1, 2))
        if domes is not None:
            kept &= np.any([dome.holds(r, slack).any(axis=1) for dome in domes], axis=0)
        for i in np.flatnonzero(kept):
            row = rows.start + int(i)
            name = f"{KINDS[population.kind[row]]} {population.elements.norad[row]}"
            paths.append(Path(name, t, r[i].copy(), v[i].copy(), dark, float(population.rcs_m2[row])))
    return tuple(paths)
