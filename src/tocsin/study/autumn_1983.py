"""25 September 1983: could sunlight off high cloud have looked like launches from one base?

A study of plausibility, not a reproduction. The orbit of Cosmos 1382 is reconstructed and its place on it
assumed; nothing of its telescope is published. What is computed is the geometry of Sun, satellite and limb,
and with assumed cloud how bright it is toward the base, over a nadir view of the same cloud under an
overhead Sun. On its own pass the satellite sees ever lower Sun: there the hours end where the Sun comes too
near the line of sight, which hangs on what is assumed of that (`SunLimits`) and of the phase.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.incident import Incident, cosmos_1382
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.celestial import itrs_from_teme
from tocsin.earth.constants import MU
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import DAY
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS, CloudLooks, false_looks
from tocsin.sensor.infrared.mirror import mirror_point
from tocsin.sensor.infrared.patches import cone
from tocsin.sensor.infrared.sunfield import SUN_LIMITS, SunLimits, sun_field
from tocsin.sensor.infrared.sunlit import HIGH_CLOUD, HighCloud, sunlit

Array = NDArray[np.float64]
# Assumed: lines of sight this near to the one over the base are told as toward it (range 5 to 20 mrad).
TOWARD = 10e-3
LINES = 1000
# What is shown: hours about the epoch, days of the year about its day, true anomalies (deg).
HOURS, DAYS = np.arange(-15, 16) / 3.0, np.arange(-180.0, 181.0, 5.0)
SHOWN_DEG = (160.0, 170.0, 180.0)
A_TENTH = 0.1


@final
@dataclass(frozen=True, slots=True, eq=False)
class Toward:
    """What the satellite has toward the base at each time (n,).

    scattering: angle (rad) by which the line of sight over the base turns sunlight; index: of the brightest
    cloud within TOWARD of that line; looks: false looks a frame there, by assumed rates; mirror: angle (rad)
    from that line to the point that mirrors the Sun, NaN where there is none; blind: the Sun is too near.
    """

    t_tai: Array
    scattering: Array
    index: Array
    looks: Array
    mirror: Array
    blind: NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Autumn:
    """The whole study: by true anomaly in SHOWN_DEG at HOURS in its place and on its own pass, and on DAYS.

    phase_deg (n,) and phase: at the epoch, over the whole range of the true anomaly.
    """

    held: tuple[Toward, ...]
    own: tuple[Toward, ...]
    year: tuple[Toward, ...]
    phase_deg: Array
    phase: Toward


def satellite(t_tai: Array, true_anomaly: float, incident: Incident | None = None) -> Array:
    """Earth-fixed positions (n, 3) m at t_tai (n,) s from the true anomaly (rad) at the epoch.

    Kepler's ellipse: over three hours nothing here notices more. Raises TocsinError for no number.
    """
    own = incident or cosmos_1382()
    if not math.isfinite(true_anomaly):
        raise TocsinError(f"true_anomaly: {true_anomaly} is no angle: give radians")
    e, a = own.eccentricity, own.a_km * 1e3
    at_epoch = 2.0 * math.atan(math.sqrt((1.0 - e) / (1.0 + e)) * math.tan(0.5 * true_anomaly))
    t = np.asarray(t_tai, dtype=np.float64)
    mean = at_epoch - e * math.sin(at_epoch) + math.sqrt(MU / a**3) * (t - own.epoch_t)
    eccentric = mean + e * np.sin(mean)
    for _ in range(30):
        eccentric -= (eccentric - e * np.sin(eccentric) - mean) / (1.0 - e * np.cos(eccentric))
    x, y = a * (np.cos(eccentric) - e), a * math.sqrt(1.0 - e**2) * np.sin(eccentric)
    i, node, w = (math.radians(v) for v in (own.inclination_deg, own.raan_deg, own.argp_deg))
    along = np.array(
        [
            math.cos(node) * math.cos(w) - math.sin(node) * math.sin(w) * math.cos(i),
            math.sin(node) * math.cos(w) + math.cos(node) * math.sin(w) * math.cos(i),
            math.sin(w) * math.sin(i),
        ]
    )
    across = np.array(
        [
            -math.cos(node) * math.sin(w) - math.sin(node) * math.cos(w) * math.cos(i),
            -math.sin(node) * math.sin(w) + math.cos(node) * math.cos(w) * math.cos(i),
            math.cos(w) * math.sin(i),
        ]
    )
    r = x[:, None] * along + y[:, None] * across
    return itrs_from_teme(t, r, np.zeros_like(r))[0]


def over_the_base(incident: Incident | None = None) -> Array:
    """The point (3,) m over the base's area at which the satellite would have looked."""
    own = incident or cosmos_1382()
    lat, lon = math.radians(own.area_lat_deg), math.radians(own.area_lon_deg)
    return ecef_from_geodetic(lat, lon, own.area_height_km * 1e3)


def toward_base(
    t_tai: Array,
    r_satellite: Array,
    incident: Incident | None = None,
    cloud: HighCloud = HIGH_CLOUD,
    looks: CloudLooks = CLOUD_LOOKS,
    limits: SunLimits = SUN_LIMITS,
    half_angle: float = TOWARD,
) -> Toward:
    """What satellites at r_satellite (n, 3) m have toward the base at t_tai (n,) s, with the Sun of then."""
    aim = over_the_base(incident)
    sun = sun_ecef(t_tai)
    line = aim - r_satellite
    field = sun_field(r_satellite, sun, line, limits)
    mirror = mirror_point(r_satellite, sun, cloud.height_m)
    off = _between(line, mirror - r_satellite)
    index, number = np.zeros(len(sun)), np.zeros(len(sun))
    for k, r in enumerate(r_satellite):
        patches = cone(r, aim, half_angle, LINES, cloud.height_m)
        # The mirror's spot is no wider than a few lines of sight: its middle is looked at as well.
        among = np.concatenate([patches.r, mirror[k][None]]) if off[k] < half_angle else patches.r
        if len(among):
            bright = sunlit(among, r, sun[k], cloud).index
            index[k] = bright.max()
            each = bright[: len(patches.r)]
            number[k] = false_looks(each, patches.solid_angle, field.noise[k], looks).sum()
    # Sunlight is turned by as much as the Sun stands off the line of sight.
    return Toward(t_tai, field.angle, index, number, off, field.blind)


def over_hours(true_anomaly: float, hours: Array, moves: bool) -> Toward:
    """Toward the base at hours (n,) after the epoch, on its own pass if it moves, else held in its place.

    That place, fixed to the Earth, is where the satellites of the nine planes stand in turn.
    """
    own = cosmos_1382()
    t = own.epoch_t + 3600.0 * np.asarray(hours, dtype=np.float64)
    place = satellite(t if moves else np.full(len(t), own.epoch_t), true_anomaly)
    return toward_base(t, place)


def over_year(true_anomaly: float, days: Array) -> Toward:
    """Toward the base at the epoch's hour on days (n,) after it, from the satellite's place at the epoch."""
    own = cosmos_1382()
    t = own.epoch_t + DAY * np.asarray(days, dtype=np.float64)
    return toward_base(t, satellite(np.full(len(t), own.epoch_t), true_anomaly))


def over_phase(true_anomaly: Array) -> Toward:
    """Toward the base at the epoch for each true anomaly (n,) rad that the satellite may have had."""
    own = cosmos_1382()
    t = np.array([own.epoch_t])
    places = [satellite(t, float(v)) for v in true_anomaly]
    return toward_base(np.full(len(places), own.epoch_t), np.concatenate(places))


def autumn_1983() -> Autumn:
    """Every part of the study with its defaults."""
    shown = [math.radians(v) for v in SHOWN_DEG]
    phase_deg = np.linspace(*cosmos_1382().true_anomaly_range_deg, 21)
    return Autumn(
        held=tuple(over_hours(v, HOURS, moves=False) for v in shown),
        own=tuple(over_hours(v, HOURS, moves=True) for v in shown),
        year=tuple(over_year(v, DAYS) for v in shown),
        phase_deg=phase_deg,
        phase=over_phase(np.radians(phase_deg)),
    )


def span_of(at: Array, looks: Array, share: float = A_TENTH) -> tuple[float, float]:
    """First and last of ascending values `at` (n,) between which looks (n,) stay above a share of their most.

    Raises TocsinError where there are no looks at all.
    """
    most = int(np.argmax(looks))
    if not looks[most] > 0.0:
        raise TocsinError("span_of: there are no false looks at any time; give times at which there are")
    low = np.flatnonzero(looks < share * looks[most])
    first = int(low[low < most].max(initial=-1)) + 1
    last = int(low[low > most].min(initial=len(looks))) - 1
    return float(at[first]), float(at[last])


def _between(a: Array, b: Array) -> Array:
    return np.asarray(np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), np.sum(a * b, axis=-1)))
