"""Satellites from their published elements, by SGP4."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sgp4.api import SGP4_ERRORS, WGS72, Satrec

from tocsin.earth.frames import itrs_from_teme
from tocsin.earth.orientation import utc_from_tai_jd
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.catalogue import Elements

JD_1950 = 2433281.5  # 1949-12-31T00:00, from which sgp4init counts its epoch in days
REV_DAY = 2.0 * math.pi / 1440.0  # rad/min


def satellite_record(elements: Elements) -> Satrec:
    """SGP4's record of published mean elements (TEME of date, WGS72 as the elements were made)."""
    jd, fraction = utc_from_tai_jd(np.array([elements.epoch_t_tai]))
    record = Satrec()
    record.sgp4init(
        WGS72,
        "i",
        elements.norad,
        float(jd[0] - JD_1950 + fraction[0]),
        elements.bstar,
        elements.ndot_rev_day2 * REV_DAY / 1440.0,
        0.0,
        elements.eccentricity,
        math.radians(elements.argp_deg),
        math.radians(elements.inclination_deg),
        math.radians(elements.mean_anomaly_deg),
        elements.mean_motion_rev_day * REV_DAY,
        math.radians(elements.raan_deg),
    )
    return record


def satellite_states(
    elements: Elements, t_tai: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Earth-fixed positions (m) and Earth-relative velocities (m/s), (n, 3) each, at times t_tai (n,).

    SGP4 in TEME, then `itrs_from_teme`. Raises TocsinError, with SGP4's reason, where the elements give no state.
    Source: Vallado et al., Revisiting Spacetrack Report 3, AIAA 2006-6753, as coded in the package `sgp4`.
    """
    t = np.array(t_tai, dtype=np.float64).reshape(-1)
    jd, fraction = utc_from_tai_jd(t)
    code, r_km, v_km_s = satellite_record(elements).sgp4_array(jd, fraction)
    if code.any():
        first = int(np.flatnonzero(code)[0])
        days = (t[first] - elements.epoch_t_tai) / 86400.0
        raise TocsinError(
            f"satellite {elements.norad}, elements of {elements.epoch_utc}: no position {days:+.1f} days from that "
            f"epoch: {SGP4_ERRORS[int(code[first])]}; use elements of a nearer date"
        )
    return itrs_from_teme(t, r_km * 1e3, v_km_s * 1e3)
