"""Satellites from their published elements, by SGP4."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sgp4.api import WGS72, Satrec

from tocsin.catalogue import Elements
from tocsin.earth.celestial import itrs_from_teme
from tocsin.earth.orientation import utc_from_tai_jd
from tocsin.errors import TocsinError

JD_1950 = 2433281.5  # 1949-12-31T00:00, from which sgp4init counts the days of its epoch
REASONS = {
    1: "the mean eccentricity is outside 0 to 1",
    2: "the mean motion is not positive",
    3: "the perturbed eccentricity is outside 0 to 1",
    4: "the semi-latus rectum is negative",
    6: "it has come down",
}
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


def satellite_states(elements: Elements, t_tai: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Earth-fixed positions (m) and Earth-relative velocities (m/s), (n, 3) each, at times t_tai (n,).

    SGP4 in TEME, then `itrs_from_teme`. Raises TocsinError, with SGP4's reason, where it gives no state.
    Source: Vallado et al., Revisiting Spacetrack Report 3, AIAA 2006-6753, as coded in the package `sgp4`.
    """
    t = np.array(t_tai, dtype=np.float64).reshape(-1)
    jd, fraction = utc_from_tai_jd(t)
    code, r_km, v_km_s = satellite_record(elements).sgp4_array(jd, fraction)
    without = (code != 0) | ~np.isfinite(r_km).all(axis=1)
    if without.any():
        first = int(np.argmax(without))
        days = (t[first] - elements.epoch_t_tai) / 86400.0
        which = f"satellite {elements.norad}, " if elements.norad else ""
        raise TocsinError(
            f"{which}elements of {elements.epoch_utc}: SGP4 has no position {days:+.1f} "
            f"days from that epoch: {REASONS.get(int(code[first]), 'no reason given')}; "
            f"check the figures, or use elements of a nearer date"
        )
    return itrs_from_teme(t, r_km * 1e3, v_km_s * 1e3)
