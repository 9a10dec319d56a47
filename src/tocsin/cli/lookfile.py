"""The looks of a file that a person named, as the fits take them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.cli.declared import noise_of
from tocsin.cli.station import USUAL, Station, Stations
from tocsin.errors import TocsinError
from tocsin.estimate.looks import Looks, with_rates
from tocsin.interchange.arrowlooks import is_arrow, read_arrow
from tocsin.interchange.looktable import NOISE_M, NOISE_M_S, NOISE_RAD, LookTable
from tocsin.interchange.tdm import read_tdm
from tocsin.interchange.tdm_looks import tdm_looks
from tocsin.sensor.echo.air import whole

Array = NDArray[np.float64]

UNCORRECTED = "range rates: not fitted: what the air adds to them is not taken out by --uncorrected"


@final
@dataclass(frozen=True, slots=True)
class Given:
    """A file's table of looks, in order of time, and the same as `Looks`; its channels are the stations'.

    notes: what of the file was not taken, in words.
    """

    table: LookTable
    looks: Looks
    stations: tuple[Station, ...]
    notes: tuple[str, ...]


def read_looks(
    file: Path,
    stations: Stations,
    sigma_range_m: float | None,
    sigma_angle_deg: float | None,
    round_trip: bool,
    sigma_rate_m_s: float = USUAL.sigma_rate_m_s,
) -> LookTable:
    """The looks of an Arrow or Parquet file, by its name, or else of a TDM.

    The noise of a TDM's looks is as asked, else as `declared.noise_of` each radar.
    """
    angle = (math.degrees(NOISE_RAD[0]), math.degrees(NOISE_RAD[1]))
    for name, value, (least, most) in (
        ("--sigma-range-m", sigma_range_m, NOISE_M),
        ("--sigma-angle-deg", sigma_angle_deg, angle),
        ("--sigma-rate-m-s", sigma_rate_m_s, NOISE_M_S),
    ):
        if value is not None and not least <= value <= most:
            raise TocsinError(f"{name} {value:g} is no radar's noise: give {least:.2g} to {most:g}")
    if is_arrow(file):
        return read_arrow(file)

    def place(name: str) -> tuple[float, float]:
        at = stations.of(name)
        return math.radians(at.lat_deg), math.radians(at.lon_deg)

    def noise(name: str) -> Array:
        sigma = noise_of(stations.of(name).site)
        if sigma_range_m is not None:
            sigma[0] = sigma_range_m
        if sigma_angle_deg is not None:
            sigma[1:] = math.radians(sigma_angle_deg)
        return np.append(sigma, sigma_rate_m_s)

    return tdm_looks(str(file), read_tdm(file), noise, place, round_trip)


def given(table: LookTable, stations: Stations, uncorrected: bool) -> Given:
    """The looks of a table in order of time.

    uncorrected: they still hold the whole refraction, which is taken out by the station's mean air;
    TocsinError where that is not known. Range rates are then left out: their part hangs on the velocity.
    """
    table = table.where(np.argsort(table.t, kind="stable"))
    used = {name: stations.of(name) for name in dict.fromkeys(table.sensor)}
    names = list(used)
    channel = np.array([names.index(name) for name in table.sensor], dtype=np.int64)
    z = table.values.copy()
    if uncorrected:
        for i, (name, station) in enumerate(used.items()):
            if station.channel.air is None:
                raise TocsinError(
                    f"--uncorrected: the air over {name} needs a frequency; add --frequency-mhz"
                )
            troposphere, ionosphere = whole(station.channel.air, z[channel == i])
            z[channel == i] -= np.insert(troposphere + ionosphere, 1, 0.0, axis=1)
    place = np.array([s.r_ecef for s in used.values()])[channel]
    own = tuple(replace(s, name=name, channel=replace(s.channel, name=name)) for name, s in used.items())
    looks = Looks(table.t, channel, z, table.sigmas, place)
    if not uncorrected:
        return Given(table, with_rates(looks, table.rate, table.rate_sigma), own, table.unread)
    rated = bool(np.isfinite(table.rate).any())
    return Given(table, looks, own, (*table.unread, *((UNCORRECTED,) if rated else ())))


def of_body(table: LookTable, body: str | None) -> tuple[str, LookTable]:
    """The body's name and its looks; TocsinError where none is so named, or several are there."""
    names = list(dict.fromkeys(table.body))
    if body is None and len(names) > 1:
        raise TocsinError(f"--object: the looks are of {', '.join(names[:10])}; give one of them")
    if body is not None and body not in names:
        raise TocsinError(f"--object: no looks at {body!r}; there are those of {', '.join(names[:10])}")
    wanted = names[0] if body is None else body
    return wanted, table.where(np.array([b == wanted for b in table.body]))
