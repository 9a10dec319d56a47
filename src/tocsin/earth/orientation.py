"""Orientation of the Earth: UT1 and the pole, as published by the IERS."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import astropy_iers_data
import numpy as np
from erfa import ufunc
from numpy.typing import NDArray

from tocsin.earth.time import DAY, JD_EPOCH, utc_from_tai

MJD_EPOCH = JD_EPOCH - 2400000.5
ARCSEC = np.pi / 648000.0


@dataclass(frozen=True, slots=True)
class Orientation:
    """Daily Earth orientation: t_tai (n,) in s, UT1-TAI (n,) in s, pole x and y (n,) in rad."""

    t_tai: NDArray[np.float64]
    ut1_tai: NDArray[np.float64]
    pole_x: NDArray[np.float64]
    pole_y: NDArray[np.float64]


def _final_rows(path: str) -> list[tuple[float, float, float, float]]:
    """(MJD, x, y, UT1-UTC) of the daily rows of an IERS C04 file, which measured values fill."""
    rows = []
    for line in Path(path).read_text().splitlines():
        if line[:1].isdigit():
            part = line.split()
            rows.append((float(part[4]), float(part[5]), float(part[6]), float(part[7])))
    return rows


def _rapid_rows(path: str) -> list[tuple[float, float, float, float]]:
    """The same of an IERS `finals2000A` file, which goes on into the predictions of the coming year."""
    rows = []
    for line in Path(path).read_text().splitlines():
        if line[58:68].strip():
            rows.append((float(line[7:15]), float(line[18:27]), float(line[37:46]), float(line[58:68])))
    return rows


def tai_minus_utc(mjd_utc: NDArray[np.float64]) -> NDArray[np.float64]:
    """TAI-UTC (s) at modified Julian dates in UTC; zero before 1960."""
    year, month, day, fraction, _ = ufunc.jd2cal(2400000.5, mjd_utc)
    return np.asarray(ufunc.dat(year, month, day, fraction)[0], dtype=np.float64)


@lru_cache(maxsize=1)
def earth_orientation() -> Orientation:
    """The IERS series from 1962 on: the C04 series, then the rapid service with its predictions.

    UT1-TAI is kept because, unlike UT1-UTC, it has no steps. Source: astropy-iers-data's copies of
    `eopc04.1962-now` and `finals2000A.all`; formats as in their own headers and readme files.
    """
    final = _final_rows(astropy_iers_data.IERS_B_FILE)
    last = final[-1][0]
    rows = np.array(final + [row for row in _rapid_rows(astropy_iers_data.IERS_A_FILE) if row[0] > last])
    mjd, x, y, ut1_utc = rows.T
    offset = tai_minus_utc(mjd)
    return Orientation((mjd - MJD_EPOCH) * DAY + offset, ut1_utc - offset, x * ARCSEC, y * ARCSEC)


def ut1_and_pole(
    t_tai: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """UT1-TAI (s) and the pole x, y (rad), each (n,), by linear interpolation between days.

    Outside the series (before 1962, or more than about a year ahead) UT1 = UTC and a pole at zero.
    """
    table = earth_orientation()
    inside = (t_tai >= table.t_tai[0]) & (t_tai <= table.t_tai[-1])
    mjd = MJD_EPOCH + t_tai / DAY
    utc_tai = -tai_minus_utc(mjd - tai_minus_utc(mjd) / DAY)
    ut1_tai = np.where(inside, np.interp(t_tai, table.t_tai, table.ut1_tai), utc_tai)
    pole_x = np.where(inside, np.interp(t_tai, table.t_tai, table.pole_x), 0.0)
    pole_y = np.where(inside, np.interp(t_tai, table.t_tai, table.pole_y), 0.0)
    return ut1_tai, pole_x, pole_y


def utc_from_tai_jd(t_tai: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """UTC as a Julian date in two parts (n,) each, midnight and fraction, of TAI seconds past the epoch."""
    days = np.floor(t_tai / DAY)
    utc1, utc2, _ = ufunc.taiutc(JD_EPOCH + days, (t_tai - days * DAY) / DAY)
    return utc1, utc2


def orientation_note(t_tai_start: float, t_tai_end: float) -> str | None:
    """What is assumed of the Earth's orientation where a span of time (TAI s) leaves the IERS's series.

    Its size: civil time has kept within a second of UT1, by definition since 1972 (ITU-R TF.460), and a
    second turns the equator by 465 m; the pole wanders by 20 m.
    """
    table = earth_orientation()
    size = (
        "UT1 = UTC and no polar motion are assumed there, up to about a second off, so satellites, Sun and "
        "Moon may stand as much as 0.5 km (at the equator) east or west of their true place over the ground"
    )
    if t_tai_start < table.t_tai[0]:
        return f"before 1962 there are no published daily data of the Earth's orientation: {size}"
    if t_tai_end > table.t_tai[-1]:
        last = utc_from_tai(float(table.t_tai[-1]))[:10]
        return f"after {last} there are no predictions of the Earth's orientation yet: {size}"
    return None
