"""A telescope as its picture shows it."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.catalogue import Borders, Vehicle, vehicles
from tocsin.cli.telescopefield import PLUME_M, field_edges, sunlit_cloud, typical
from tocsin.console.picture.telescopesensor import Stages, TelescopeScene
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import DAY
from tocsin.motion.orbit import satellite_states
from tocsin.motion.plume import PLUME, plume_intensity
from tocsin.sensor.infrared.detector import detection_probability, line_noise
from tocsin.sensor.infrared.limb import meets, toward
from tocsin.sensor.infrared.pointing import Pointing
from tocsin.sensor.infrared.sunfield import sun_field
from tocsin.sensor.infrared.transmission import zenith_angle
from tocsin.sensor.light import Seen
from tocsin.sensor.telescope import Telescope
from tocsin.sensor.view import MIN_ELEVATION_DEG
from tocsin.study.disc import limb_at, outlines_in_view, seen_at

Array = NDArray[np.float64]

PIXELS, MARGIN = 321, 1.03
INTENSITY = np.geomspace(1e3, 1e7, 401)
ORBIT_STEPS = 720
NAMED_KM2, NAMED_DEG = 1.2e6, 58.0
KM2_PER_DEG2 = 111.2**2


def telescope_scene(telescope: Telescope, t_tai: float, borders: Borders) -> TelescopeScene:
    """The scene of a telescope: the disc at a time (TAI s), the curves at the apogee of that revolution."""
    r = satellite_states(telescope.elements, [t_tai])[0][0]
    sun = sun_ecef([t_tai])[0]
    rim = in_plane(limb_at(r, PLUME_M))
    edges = field_edges(telescope.satellite, r)
    reach = MARGIN * float(np.abs(np.concatenate([rim, *edges])).max())
    across = np.linspace(-reach, reach, PIXELS)
    east, north = np.radians(np.meshgrid(across, across))
    lines = toward(r, np.arctan2(east, north), np.hypot(east, north))
    at = meets(r, lines, PLUME_M)
    there = np.isfinite(at[..., 0])
    need, seen, lit, glint = (np.full(there.shape, np.nan) for _ in range(4))
    nothing, looks = why_none(telescope, t_tai), 0.0
    if not nothing:
        glare = float(sun_field(r[None], sun[None], limits=telescope.sun_limits).noise[0])
        one = amplitude_of_one(telescope, at[there], r, sun)
        need[there] = np.where(
            one > 0.0, telescope.detector.threshold * glare / np.maximum(one, 1e-30), np.nan
        )
        glint, looks = sunlit_cloud(telescope, r, sun, lines, glare)
    seen[there] = 90.0 - np.degrees(zenith_angle(at[there], np.broadcast_to(r, at[there].shape)))
    lit[there] = 90.0 - np.degrees(zenith_angle(at[there], np.broadcast_to(sun, at[there].shape)))
    apogee = satellite_states(telescope.elements, [apogee_t(telescope, t_tai)])[0][0]
    below, where = typical(telescope.satellite, apogee)
    day = float(amplitude_of_one(telescope, below[None], apogee, _noon(sun, below))[0])
    night = float(amplitude_of_one(telescope, below[None], apogee, -1e4 * below)[0])
    d = telescope.detector
    return TelescopeScene(
        east_deg=across,
        north_deg=across,
        need=need,
        seen_deg=seen,
        sun_deg=lit,
        glint=glint,
        glint_looks=looks,
        field=edges,
        nothing=nothing,
        least_deg=MIN_ELEVATION_DEG,
        limb=rim,
        outlines=tuple(in_plane(line) for line in outlines_in_view(r, borders)),
        names=_names(r, borders),
        where=where,
        intensity=INTENSITY,
        found_day=detection_probability(day * INTENSITY, d),
        found_night=detection_probability(night * INTENSITY, d),
        half_day=d.threshold / day,
        half_night=d.threshold / night,
        classes=tuple(_stages(v) for v in vehicles()),
        line_day=line_noise(day * INTENSITY, d),
        line_night=line_noise(night * INTENSITY, d),
        lasting=_lasting(telescope.pointing),
        distance_m=float(np.linalg.norm(apogee - below)),
    )


def amplitude_of_one(telescope: Telescope, r: Array, r_satellite: Array, r_sun: Array) -> Array:
    """Amplitude signal-to-noise (n,) of 1 W/sr at r (n, 3), seen from (3,) with the Sun at (3,), m."""
    n = len(r)
    index = np.zeros(n, dtype=np.int64)
    light = Seen(index, index, np.zeros(n), r, np.zeros((n, 3)), np.ones(n))
    return telescope.amplitude(light, *(np.broadcast_to(v, (n, 3)) for v in (r_satellite, r_sun)))


def in_plane(values: Array) -> Array:
    """Focal angles (..., 2) rad as a plane, deg, in which angles from nadir and about it are true."""
    across = np.tan(values)
    far = np.hypot(across[..., 0], across[..., 1])
    return np.asarray(across * np.degrees(np.arctan(far) / np.maximum(far, 1e-12))[..., None])


def why_none(telescope: Telescope, t_tai: float) -> str:
    """Why there is no look at all at a time; empty where there are some."""
    r, sun = satellite_states(telescope.elements, [t_tai])[0][0], sun_ecef([t_tai])[0]
    high = float(np.linalg.norm(r)) - R_EQ
    least = telescope.satellite.min_altitude_m
    if high < least:
        return f"no looks now: it is below\nthe assumed least altitude, {least / 1e3:,.0f} km"
    field = sun_field(r[None], sun[None], limits=telescope.sun_limits)
    if field.blind[0]:
        return f"no looks now: the Sun, {math.degrees(field.angle[0]):.0f}\u00b0 from nadir, blinds it"
    return ""


def apogee_t(telescope: Telescope, t_tai: float) -> float:
    """When it is farthest in the revolution that begins at a time, TAI s."""
    period = DAY / telescope.elements.mean_motion_rev_day
    t = t_tai + period * np.linspace(0.0, 1.0, ORBIT_STEPS)
    r = satellite_states(telescope.elements, t)[0]
    return float(t[np.argmax(np.linalg.norm(r, axis=-1))])


def _noon(sun: Array, below: Array) -> Array:
    """The Sun turned about the pole until it stands over the meridian of a place: its noon of that date."""
    level = math.hypot(sun[0], sun[1])
    east = math.atan2(below[1], below[0])
    return np.array([level * math.cos(east), level * math.sin(east), sun[2]])


def _lasting(pointing: Pointing) -> tuple[tuple[str, float], ...]:
    """1-sigma errors, rad, that all looks of a frame share, those alike in one."""
    by_size: dict[float, str] = {}
    for words, size in (
        ("fixed bias", pointing.bias_rad),
        ("drift", pointing.drift_rad),
        ("jitter", pointing.jitter_rad),
    ):
        by_size[size] = f"{by_size[size]}; {words}" if size in by_size else words
    return tuple((words, size) for size, words in by_size.items() if size > 0.0)


def _stages(vehicle: Vehicle) -> Stages:
    """What a class's stages shine: the first in the air, the others above it, both down to the trough."""
    thrust = np.array([s.thrust_n for s in vehicle.stages])
    solid = vehicle.propellant == "solid"
    height = np.where(np.arange(len(thrust)) == 0, PLUME.brightest_m, PLUME.vacuum_m)
    return Stages(
        vehicle.key,
        plume_intensity(thrust, PLUME.trough_m, solid),
        plume_intensity(thrust, height, solid),
    )


def _names(r: Array, borders: Borders) -> tuple[tuple[float, float, str], ...]:
    """The largest countries that are well in view, with the angle deg at which the midst of each stands."""
    names = np.array(borders.names)
    out = []
    for name in np.unique(names):
        parts = borders.geometry[names == name]
        middle = np.radians(shapely.get_coordinates(shapely.centroid(parts)))
        size = shapely.area(parts) * np.cos(middle[:, 1]) * KM2_PER_DEG2
        if size.sum() < NAMED_KM2:
            continue
        whole = max(shapely.get_parts(shapely.union_all(parts)), key=shapely.area)
        lon, lat = np.radians(
            shapely.get_coordinates(shapely.maximum_inscribed_circle(whole, tolerance=0.5))[0]
        )
        at = ecef_from_geodetic(lat, lon, 0.0)
        if math.degrees(float(zenith_angle(at[None], r[None])[0])) < NAMED_DEG:
            east, north = in_plane(seen_at(at, r))
            out.append((float(east), float(north), str(name)))
    return tuple(out)
