"""Where thousands of objects in orbit are, by SGP4, all at the same times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sgp4.api import WGS72, Satrec, SatrecArray

from tocsin.earth.celestial import itrs_from_teme
from tocsin.earth.orientation import utc_from_tai_jd
from tocsin.motion.elementsets import ElementSets
from tocsin.motion.orbit import JD_1950

Array = NDArray[np.float64]

BATCH = 1024  # objects a batch: what it takes of memory is then small beside what is kept


@final
@dataclass(frozen=True, slots=True)
class Orbits:
    """SGP4's records of n objects, in batches of BATCH, in the order of their elements."""

    batches: tuple[SatrecArray, ...]
    count: int

    def __len__(self) -> int:
        return self.count


def orbits_of(elements: ElementSets) -> Orbits:
    """The records of mean elements (TEME of date, WGS72 as published elements are made).

    Elements that give no orbit make no error here: where SGP4 has no state, `states` has NaN.
    """
    jd, fraction = utc_from_tai_jd(elements.epoch_t)
    days = jd - JD_1950 + fraction
    e = elements
    rows = np.column_stack(
        [e.bstar, e.eccentricity, e.argp, e.inclination, e.mean_anomaly, e.mean_motion * 60.0, e.raan]
    ).tolist()
    records = []
    for norad, day, (bstar, *figures) in zip(e.norad.tolist(), days.tolist(), rows, strict=True):
        record = Satrec()
        record.sgp4init(WGS72, "i", norad, day, bstar, 0.0, 0.0, *figures)
        records.append(record)
    parts = range(0, len(records), BATCH)
    return Orbits(tuple(SatrecArray(records[i : i + BATCH]) for i in parts), len(records))


def states_by_batch(orbits: Orbits, t_tai: ArrayLike) -> Iterator[tuple[slice, Array, Array]]:
    """Batch by batch: its rows, and Earth-fixed positions m and velocities m/s (b, m, 3) at times (m,).

    NaN where SGP4 has no state. The rates are SGP4's own. The Earth turns once for each time, not for each
    object. Source: Vallado et al., AIAA 2006-6753, as coded in the package `sgp4`.
    """
    t = np.asarray(t_tai, dtype=np.float64).reshape(-1)
    jd, fraction = utc_from_tai_jd(t)
    # The columns of the rotation, and of its rate: where the axes go, and how fast, if they stand still.
    axes = np.tile(np.eye(3), (len(t), 1))
    turn, rate = (a.reshape(-1, 3, 3) for a in itrs_from_teme(np.repeat(t, 3), axes, np.zeros_like(axes)))
    first = 0
    for batch in orbits.batches:
        code, r_km, v_km = batch.sgp4(jd, fraction)
        r_teme, v_teme = (np.swapaxes(1e3 * a, 0, 1) for a in (r_km, v_km))
        r = np.swapaxes(r_teme @ turn, 0, 1)
        v = np.swapaxes(v_teme @ turn + r_teme @ rate, 0, 1)
        lost = code != 0
        r[lost], v[lost] = np.nan, np.nan
        yield slice(first, first + len(code)), r, v
        first += len(code)


def orbit_states(orbits: Orbits, t: float) -> tuple[Array, Array]:
    """Earth-fixed positions m and velocities m/s (n, 3) of all objects at one time, TAI s; NaN where none."""
    r, v = np.empty((len(orbits), 3)), np.empty((len(orbits), 3))
    for rows, r_batch, v_batch in states_by_batch(orbits, [t]):
        r[rows], v[rows] = r_batch[:, 0], v_batch[:, 0]
    return r, v
