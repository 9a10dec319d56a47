"""Labelled looks: scans of one radar at bodies in free flight, with what is in each look kept beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.ballistic import propagate_many
from tocsin.motion.forces import GATING
from tocsin.sensor.measurement import site_axes
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
Bodies = tuple[tuple[int, ...], ...]

RANGE_M, ELEVATION_DEG, SPEED_M_S, OFF_DEG = 2200e3, 30.0, 5000.0, 40.0


@final
@dataclass(frozen=True, slots=True)
class Known:
    """What every contestant is told before it begins, and may use or not.

    lat, lon rad and r_site (3,) m of the radar; probability of detection; density of false looks per m and
    rad2; time between scans s; v_enu (3,) m/s, the objects' mean velocity at first, and its sigma an axis;
    cell: its resolution in range, m, and angle, rad, nought where nothing merges.
    """

    lat: float
    lon: float
    r_site: Array
    detection: float
    density: float
    frame_s: float
    v_enu: Array
    v_sigma: float
    cell: tuple[float, float] = (0.0, 0.0)


@final
@dataclass(frozen=True, slots=True)
class Labelled:
    """One scan; the bodies (none, one or more) in each look; the truth (b, 6), Earth-fixed, at its t."""

    scan: Scan
    bodies: Bodies
    truth: Array


@final
@dataclass(frozen=True, slots=True)
class Scene:
    """A series of labelled scans, and what is known of it."""

    known: Known
    frames: tuple[Labelled, ...]
    count: int


def place(lat_deg: float, lon_deg: float) -> tuple[float, float, Array]:
    """lat, lon rad and Earth-fixed place (3,) of a site at sea level."""
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    return float(lat), float(lon), np.asarray(ecef_from_geodetic(lat, lon, 0.0))


def midcourse(r_site: Array, azimuth_deg: float) -> Array:
    """State (6,) in a site's east, north, up: 2,200 km off, 1,400 km high, level, at 5 km/s past it."""
    az, el, heading = np.radians([azimuth_deg, ELEVATION_DEG, azimuth_deg + 180.0 + OFF_DEG])
    line = np.array([np.cos(el) * np.sin(az), np.cos(el) * np.cos(az), np.sin(el)])
    return np.concatenate([RANGE_M * line, SPEED_M_S * np.array([np.sin(heading), np.cos(heading), 0.0])])


def flown(x_enu: Array, r_site: Array, frame_s: float, frames: int) -> tuple[Array, Array]:
    """Times (k,) s, Earth-fixed states (b, k, 6) of bodies at x_enu (b, 6) at 0: J2 and the Earth's turn."""
    axes = site_axes(r_site)
    start = np.concatenate([r_site + x_enu[:, :3] @ axes, x_enu[:, 3:] @ axes], axis=1)
    t = frame_s * np.arange(frames)
    return t, propagate_many(0.0, start, 0.0, t, GATING)


def scan_of(known: Known, t: float, values: Array, sigmas: Array) -> Scan:
    """A radar's scan of looks at values with sigmas (n, 3)."""
    n = len(values)
    return Scan(
        "radar", "radar", "simulated", t, known.r_site, np.full(n, t), values, sigmas, np.full(n, 20.0)
    )


def shuffled(
    known: Known, t: float, values: Array, sigmas: Array, bodies: Bodies, rng: np.random.Generator
) -> tuple[Scan, Bodies]:
    """The scan and labels of looks in an order that tells nothing."""
    order = rng.permutation(len(values))
    values = values[order]
    values[:, 1] %= 2 * np.pi
    return scan_of(known, t, values, sigmas[order]), tuple(bodies[i] for i in order)


def scene(
    known: Known,
    t: Array,
    x: Array,
    look: Callable[[Array, np.random.Generator], tuple[Array, Array, Bodies]],
    rng: np.random.Generator,
) -> Scene:
    """The scans that `look` makes of the states (b, 6) at each time: values, sigmas (n, 3) and labels."""
    frames = []
    for k, now in enumerate(t):
        scan, bodies = shuffled(known, float(now), *look(x[:, k], rng), rng)
        frames.append(Labelled(scan, bodies, x[:, k]))
    return Scene(known, tuple(frames), x.shape[0])
