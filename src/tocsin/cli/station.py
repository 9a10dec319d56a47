"""Where looks come from: stations as a person writes them, as the fits take them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, final

import numpy as np
from cyclopts import Parameter
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, assumptions
from tocsin.catalogue.known import known_radars
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.radar import RadarSite
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.estimate.looks import Channel
from tocsin.interchange.textfile import number
from tocsin.sensor.echo.air import Air
from tocsin.sensor.radar import Radar

Array = NDArray[np.float64]

ERRORS = (
    *(("range", "m"), ("azimuth", "deg"), ("elevation", "deg"), ("clock", "s")),
    *(("troposphere", "of it"), ("ionosphere", "of it")),
)
StationWords = Annotated[
    list[str],
    Parameter(
        name="--station",
        help="lat_deg,lon_deg,height_m or a radar's key; NAME=... for one of several; may be repeated.",
        negative=(),
        allow_leading_hyphen=True,  # of a latitude in the south
    ),
]


@final
@dataclass(frozen=True, slots=True)
class Instrument:
    """What is taken of a radar that the catalogue does not know, and of noise that looks do not tell."""

    sigma_range_m: float = assumed(50.0, 1.0, 150.0, "m", "noise of one look's range")
    sigma_angle_deg: float = assumed(0.1, 0.005, 0.3, "deg", "noise of one look's angles")
    sigma_rate_m_s: float = assumed(1.0, 0.05, 10.0, "m/s", "noise of one look's range rate")
    bias_range_m: float = assumed(50.0, 5.0, 300.0, "m", "fixed error of ranges, 1 sigma")
    bias_angle_deg: float = assumed(0.03, 0.002, 0.1, "deg", "fixed error of angles, 1 sigma")
    clock_s: float = assumed(5e-4, 1e-6, 0.05, "s", "error of the time stamps, 1 sigma")
    troposphere_scale: float = assumed(
        0.1, 0.03, 0.15, "", "the part of its refraction that is left, 1 sigma"
    )
    ionosphere_scale: float = assumed(0.5, 0.2, 1.0, "", "the part of its refraction that is left, 1 sigma")
    surface_refractivity: float = assumed(315.0, 250.0, 400.0, "N-units", "mean sea-level air (ITU-R P.453)")
    tecu: float = assumed(20.0, 5.0, 100.0, "TECU", "vertical content of a quiet day")


USUAL = Instrument()


@final
@dataclass(frozen=True, slots=True)
class Station:
    """A radar: its place, geodetic and Earth-fixed (3,) m, its channel, and its row of the catalogue."""

    name: str
    lat_deg: float
    lon_deg: float
    height_m: float
    r_ecef: Array
    channel: Channel
    site: RadarSite | None = None


@final
@dataclass(frozen=True, slots=True)
class Stations:
    """The stations by name; `all_names`: the one that serves every name."""

    named: dict[str, Station]
    all_names: Station | None

    def of(self, name: str) -> Station:
        """The station of a name in a file; TocsinError where none was given."""
        found = self.named.get(name, self.all_names)
        if found is None:
            raise TocsinError(
                f"--station: no place is given of {name!r}; add --station '{name}=LAT,LON,HEIGHT'"
            )
        return found


def stations_of(words: Sequence[str], frequency_mhz: float | None) -> Stations:
    """The stations that --station told; TocsinError with each that is none."""
    if frequency_mhz is not None and not 30.0 <= frequency_mhz <= 40_000.0:
        raise TocsinError(f"--frequency-mhz {frequency_mhz:g} is no radar's: give 30 to 40,000")
    named: dict[str, Station] = {}
    alone: list[Station] = []
    for word in words:
        name, equals, rest = word.rpartition("=")
        if equals and name:
            named[name] = _station(name, rest, frequency_mhz)
        else:
            alone.append(_station("", word, frequency_mhz))
    if len(alone) > 1:
        raise TocsinError("--station: several without a name; write NAME=LAT,LON,HEIGHT for each")
    if not named and not alone:
        raise TocsinError("--station: is needed; give LAT,LON,HEIGHT in degrees and metres, or a radar's key")
    return Stations(named, alone[0] if alone else None)


def _station(name: str, text: str, frequency_mhz: float | None) -> Station:
    parts = [number(part) for part in text.split(",")]
    if len(parts) == 1:
        return _of_catalogue(name, text)
    lat, lon, height = parts if len(parts) == 3 else (None, None, None)
    if (
        lat is None
        or lon is None
        or height is None
        or abs(lat) > 90.0
        or abs(lon) > 360.0
        or abs(height) > 9e3
    ):
        raise TocsinError(
            f"--station '{text}' is no place; give latitude and longitude in degrees and height in metres, "
            "as 52.5,13.4,100, or a radar's key"
        )
    u = USUAL
    angle = math.radians(u.bias_angle_deg)
    sigma: tuple[float, ...] = (u.bias_range_m, angle, angle, u.clock_s)
    air = None
    if frequency_mhz is not None:
        air = Air(frequency_mhz * 1e6, u.surface_refractivity, u.tecu)
        sigma = (*sigma, u.troposphere_scale, u.ionosphere_scale)
    return _made(name or text, lat, lon, height, sigma, "", air)


def _of_catalogue(name: str, key: str) -> Station:
    known = known_radars((key,))
    if key not in known:
        raise TocsinError(f"--station: {unknown('radar', key, tuple(known))}, or give LAT,LON,HEIGHT")
    radar = Radar(known[key])
    s = radar.site
    sigma = tuple(float(v) for v in radar.bias_sigma)
    made = _made(name or key, s.lat_deg, s.lon_deg, s.height_m, sigma, s.band, radar.air)
    return replace(made, site=s)


def _made(
    name: str, lat: float, lon: float, height: float, sigma: tuple[float, ...], band: str, air: Air | None
) -> Station:
    r = np.asarray(ecef_from_geodetic(math.radians(lat), math.radians(lon), height))
    return Station(name, lat, lon, height, r, Channel(name, False, sigma, band, (lat, lon), air))


def error_rows(channel: Channel, values: Array, sigmas: Array) -> list[dict[str, object]]:
    """A channel's lasting errors in plain figures, angles in degrees; an infinite sigma is null.

    prior_sigmas: the value over its prior's sigma.
    """
    rows: list[dict[str, object]] = []
    for i, (name, unit) in enumerate(ERRORS[: len(channel.bias_sigma)]):
        scale = math.degrees(1.0) if unit == "deg" else 1.0
        rows.append(
            {
                "name": name,
                "unit": unit,
                "value": float(values[i]) * scale,
                "sigma": float(sigmas[i]) * scale if np.isfinite(sigmas[i]) else None,
                "prior_sigma": channel.bias_sigma[i] * scale,
                "prior_sigmas": float(values[i]) / channel.bias_sigma[i],
            }
        )
    return rows


def assumed_lines(asked: tuple[str, ...] = ()) -> list[str]:
    """What is taken of a radar that is not in the catalogue, in words, but for the figures asked for."""
    return [
        f"{a.name} = {a.value:g} ({f'{a.low:g} to {a.high:g} {a.unit}'.strip()}): {a.note}"
        for a in assumptions(USUAL)
        if a.name not in asked
    ]
