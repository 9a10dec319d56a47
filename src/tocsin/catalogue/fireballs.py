"""Fireballs seen by US Government sensors, as published by CNEOS."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.figures import DATA
from tocsin.earth.time import tai_from_utc

KEYS = ("lat_deg", "lon_deg", "height_km", "radiated_1e10_j")
FROM_UTC, UNTIL_UTC = "1988-04-15T00:00:00Z", "2025-02-06T23:59:59Z"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Fireballs:
    """The table, in order of time: peak (n,) TAI s, place (n,) deg, height (n,) km, radiated energy (n,) J.

    NaN where a place or a height is not published. Its first and last day: FROM_UTC, UNTIL_UTC.
        Source: NASA/JPL CNEOS, Fireball and Bolide Data (cneos.jpl.nasa.gov/fireballs), as of 2025-02-06.
    """

    t_tai: NDArray[np.float64]
    lat_deg: NDArray[np.float64]
    lon_deg: NDArray[np.float64]
    height_km: NDArray[np.float64]
    radiated_j: NDArray[np.float64]


@cache
def fireballs() -> Fireballs:
    """The table of the catalogue; its arrays cannot be written to."""
    lines = (DATA / "fireballs.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    figures = np.array(
        [(tai_from_utc(row["peak_utc"]), *(float(row[key] or "nan") for key in KEYS)) for row in rows]
    ).T.copy()
    figures[4] *= 1e10
    figures.setflags(write=False)
    return Fireballs(*figures)
