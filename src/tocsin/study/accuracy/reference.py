"""The reference flight and those who watch it: two telescopes, and radars of several classes of accuracy."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.radar import RadarSite, radars
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.looks import Channel
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import GATING, Forces
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.study.accuracy.ascent import Ascent, Flown, fly

Array = NDArray[np.float64]

T_BURNOUT = 181.358
PRINTED = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
"""State at burnout as it is printed; its velocity is 2.5 m/s less than the ascent's."""
LEAST_ELEVATION = math.radians(2.0)
NODES = {"A": math.radians(-110.367), "B": math.radians(69.633)}
AXIS, ECCENTRICITY = 26559216.6, 0.7115327
INCLINATION, PERIGEE = math.radians(63.1638), math.radians(266.652)


@final
@dataclass(frozen=True, slots=True)
class Grade:
    """An assumed accuracy of a radar: 1-sigma noise (range m, angle rad), time between looks, bias priors.

    bias (3,): range m, azimuth and elevation rad; rate: noise of the range rate, m/s, None where none is had.
    """

    range_m: float
    angle: float
    revisit_s: float
    bias: tuple[float, float, float]
    rate: float | None = None


def _grade(range_m: float, angle_deg: float, revisit_s: float, bias_m: float, bias_deg: float) -> Grade:
    bias = math.radians(bias_deg)
    return Grade(range_m, math.radians(angle_deg), revisit_s, (bias_m, bias, bias))


GRADES = {
    "VHF-poor": _grade(100.0, 0.3, 10.0, 300.0, 0.1),
    "VHF": _grade(75.0, 0.2, 7.0, 150.0, 0.05),
    "VHF-good": _grade(50.0, 0.1, 5.0, 50.0, 0.02),
    "UHF": _grade(30.0, 0.07, 5.0, 20.0, 0.02),
}
GRADES["VHF-Doppler"] = replace(GRADES["VHF"], rate=5.0)
GRADES["VHF-Doppler-fine"] = replace(GRADES["VHF"], rate=0.5)


@cache
def ascent() -> Flown:
    """The nominal ascent, integrated once."""
    return fly((Ascent(),))[0]


def burnout() -> tuple[float, Array]:
    """Time and state (6,) at burnout as the ascent ends."""
    return float(ascent().t[-1]), ascent().x[-1]


def satellite_at(which: str, t: Array) -> Array:
    """Earth-fixed places (n, 3) m of satellite "A" or "B" at t (n,) s: Kepler's ellipse, at apogee at 0."""
    mean = math.pi + math.sqrt(MU / AXIS**3) * np.asarray(t, dtype=np.float64)
    e = mean.copy()
    for _ in range(20):
        e -= (e - ECCENTRICITY * np.sin(e) - mean) / (1.0 - ECCENTRICITY * np.cos(e))
    x = AXIS * (np.cos(e) - ECCENTRICITY)
    y = AXIS * math.sqrt(1.0 - ECCENTRICITY**2) * np.sin(e)
    along = math.cos(PERIGEE) * x - math.sin(PERIGEE) * y
    across = math.sin(PERIGEE) * x + math.cos(PERIGEE) * y
    level, up = math.cos(INCLINATION) * across, math.sin(INCLINATION) * across
    node = NODES[which] - OMEGA * np.asarray(t)
    return np.stack(
        [np.cos(node) * along - np.sin(node) * level, np.sin(node) * along + np.cos(node) * level, up], axis=1
    )


def site(key: str) -> RadarSite:
    """A radar of the catalogue by its key."""
    return next(s for s in radars() if s.key == key)


def place(key: str) -> Array:
    """Where it stands (3,) m."""
    s = site(key)
    return np.asarray(ecef_from_geodetic(math.radians(s.lat_deg), math.radians(s.lon_deg), s.height_m))


def channel(key: str, bias_sigma: tuple[float, ...]) -> Channel:
    """A radar as the fit knows it, with priors of the first of its lasting errors."""
    s = site(key)
    return Channel(key, False, bias_sigma, s.band, (s.lat_deg, s.lon_deg))


def in_view(key: str, x: Array) -> NDArray[np.bool_]:
    """Whether states x (n, 6) stand in a radar's sector at a geometric elevation of 2 deg or more."""
    s = site(key)
    h, _ = range_azimuth_elevation(x[:, :3], np.zeros((len(x), 3)), place(key))
    offset = (np.degrees(h[:, 1]) - s.az_start_deg) % 360.0
    return np.asarray((offset <= s.sector_deg) & (h[:, 2] >= LEAST_ELEVATION))


def first_seen(key: str, start: tuple[float, Array], forces: Forces = GATING) -> float:
    """The first whole second from burnout (t, x) on at which a radar has the flight in view; inf if never."""
    t = np.arange(math.ceil(start[0]), start[0] + 1600.0)
    seen = in_view(key, propagate(start[0], start[1], 0.0, t, forces))
    return float(t[int(np.argmax(seen))]) if seen.any() else math.inf
