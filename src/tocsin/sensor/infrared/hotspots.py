"""Hot spots that stay: gas flares and fires, seen in every frame from the same point of the ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.catalogue.flares import FlareArea, flare_areas
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import DAY
from tocsin.errors import TocsinError

Array = NDArray[np.float64]
YEAR = 365.2425 * DAY
NEW_YEAR_T = -0.5 * DAY  # TAI s of 2000-01-01T00:00, to a minute


@final
@dataclass(frozen=True, slots=True)
class HotSpotLight:
    """In-band intensities at the source, before any air: log-normal."""

    flare: float = assumed(
        5e5, 1e5, 2e6, "W/sr", "median of a large flare: 3e8 W at 1,800 K, 2 % of it in the band"
    )
    flare_spread: float = assumed(0.8, 0.4, 1.2, "", "1-sigma of its logarithm", zero=True)
    fire: float = assumed(1e6, 2e5, 5e6, "W/sr", "median of a large fire: GW at 1,000 K")
    fire_spread: float = assumed(1.0, 0.5, 1.5, "", "1-sigma of its logarithm", zero=True)

    def __post_init__(self) -> None:
        check_assumed(self)


@final
@dataclass(frozen=True, slots=True)
class FireBands:
    """Large fires burning at one time, by band of latitude from the south: all assumed, to a factor of 3.

    Band i lies between edges_deg[i] and [i + 1]; in it burn
    mean_i (1 + swing_i cos(2 pi (day - peak_i) / year)).
    """

    edges_deg: tuple[float, ...] = (-50.0, -25.0, 0.0, 20.0, 45.0, 70.0)
    mean: tuple[float, ...] = (8.0, 40.0, 30.0, 12.0, 15.0)
    swing: tuple[float, ...] = (0.6, 0.8, 0.8, 0.5, 0.9)
    peak_day: tuple[float, ...] = (15.0, 255.0, 10.0, 220.0, 200.0)

    def __post_init__(self) -> None:
        each = (self.mean, self.swing, self.peak_day)
        if {len(e) for e in each} != {len(self.edges_deg) - 1}:
            raise TocsinError(
                "FireBands: give mean, swing and peak_day once a band, one fewer than edges_deg"
            )
        edges = np.array(self.edges_deg)
        if not (np.all(np.diff(edges) > 0.0) and edges[0] >= -90.0 and edges[-1] <= 90.0):
            raise TocsinError("FireBands: edges_deg must ascend within -90 to 90: sort or mend them")
        if not all(m >= 0.0 and math.isfinite(m) for m in self.mean):
            raise TocsinError("FireBands: a mean number of fires is below 0 or no number: give 0 or more")
        if not all(0.0 <= s <= 1.0 for s in self.swing):
            raise TocsinError("FireBands: a swing is outside 0 to 1, which gives less than no fires: mend it")
        if not all(math.isfinite(d) for d in self.peak_day):
            raise TocsinError("FireBands: a peak_day is no number: give days of the year")


HOT_SPOT_LIGHT, FIRE_BANDS = HotSpotLight(), FireBands()


@final
@dataclass(frozen=True, slots=True, eq=False)
class HotSpots:
    """Hot spots on the ground: lat, lon (n,) rad, intensity in the band (n,) W/sr, "flare" or "fire" (n,)."""

    lat: Array
    lon: Array
    intensity: Array
    kind: NDArray[np.str_]

    @property
    def r_ecef(self) -> Array:
        """Earth-fixed positions (n, 3) m, on the ellipsoid: the same in every frame."""
        return ecef_from_geodetic(self.lat, self.lon, 0.0)


def fires_by_band(t_tai: float, bands: FireBands = FIRE_BANDS) -> Array:
    """Mean number (bands,) of large fires in each band at a time, TAI s."""
    if not math.isfinite(t_tai):
        raise TocsinError(f"t_tai: {t_tai} is no time: give TAI seconds")
    day = (t_tai - NEW_YEAR_T) % YEAR / DAY
    phase = 2.0 * np.pi * (day - np.array(bands.peak_day)) * DAY / YEAR
    return np.asarray(np.array(bands.mean) * (1.0 + np.array(bands.swing) * np.cos(phase)))


def draw_hot_spots(
    t_tai: float,
    rng: np.random.Generator,
    areas: tuple[FlareArea, ...] | None = None,
    bands: FireBands = FIRE_BANDS,
    light: HotSpotLight = HOT_SPOT_LIGHT,
) -> HotSpots:
    """The hot spots of a run that begins at t_tai (TAI s): draw them once, they stand still.

    Flares: a Poisson number in each area (the catalogue's unless given), even over its disc. Fires: a Poisson
    number in each band by the season, even over its area, land and sea alike.
    """
    places = flare_areas() if areas is None else areas
    number = rng.poisson([a.flares for a in places])
    centre = np.repeat(np.radians([[a.lat_deg, a.lon_deg] for a in places]).reshape(-1, 2), number, axis=0)
    reach = np.repeat(np.radians([a.radius_deg for a in places]), number) * np.sqrt(rng.random(number.sum()))
    turn = rng.uniform(0.0, 2.0 * np.pi, number.sum())
    flare_lat, flare_lon = _moved(centre[:, 0], centre[:, 1], turn, reach)
    count = rng.poisson(fires_by_band(t_tai, bands))
    low, high = (np.repeat(np.sin(np.radians(e)), count) for e in (bands.edges_deg[:-1], bands.edges_deg[1:]))
    fire_lat = np.arcsin(rng.uniform(low, high))
    fire_lon = rng.uniform(-np.pi, np.pi, count.sum())
    flares, fires = len(flare_lat), len(fire_lat)
    return HotSpots(
        np.concatenate([flare_lat, fire_lat]),
        np.concatenate([flare_lon, fire_lon]),
        np.concatenate(
            [
                light.flare * np.exp(light.flare_spread * rng.standard_normal(flares)),
                light.fire * np.exp(light.fire_spread * rng.standard_normal(fires)),
            ]
        ),
        np.repeat(["flare", "fire"], [flares, fires]),
    )


def _moved(lat: Array, lon: Array, azimuth: Array, angle: Array) -> tuple[Array, Array]:
    """The points (lat, lon) at an angle along a great circle."""
    sine = np.sin(lat) * np.cos(angle) + np.cos(lat) * np.sin(angle) * np.cos(azimuth)
    east = np.sin(azimuth) * np.sin(angle) * np.cos(lat)
    turned = lon + np.arctan2(east, np.cos(angle) - np.sin(lat) * sine)
    return np.arcsin(np.clip(sine, -1.0, 1.0)), np.mod(turned + np.pi, 2.0 * np.pi) - np.pi
