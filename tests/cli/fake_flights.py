"""Flights of several kinds made by hand: round orbits and straight falls, with no dynamics behind them."""

import math
from dataclasses import replace

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.flight.flight import Flight
from tocsin.motion.path import Path

EARTH_M = 6.371e6


def path_of(name: str, t: np.ndarray, lat_deg: np.ndarray, lon_deg: np.ndarray, height_m: np.ndarray) -> Path:
    """A path through these places; velocities by differences."""
    r = ecef_from_geodetic(np.radians(lat_deg), np.radians(lon_deg), height_m)
    return Path(name, t, r, np.gradient(r, t, axis=0), np.zeros_like(t), 1.0)


def satellite(start: float, duration_s: float = 6000.0) -> Flight:
    """A round orbit, 400 km up, inclined by 51.6 deg."""
    t = start + np.arange(0.0, duration_s + 1.0, 10.0)
    angle = 2.0 * np.pi * (t - start) / 5550.0
    tilt = math.radians(51.6)
    x, y, z = np.cos(angle), np.sin(angle) * math.cos(tilt), np.sin(angle) * math.sin(tilt)
    lat, lon = np.degrees(np.arcsin(z)), np.degrees(np.arctan2(y, x)) - (t - start) / 240.0
    lon = (lon + 180.0) % 360.0 - 180.0
    path = path_of("station", t, lat, lon, np.full_like(t, 400e3))
    return Flight(
        "satellite", "station", path, (), None, None, None, float(t[7]), 401e3, None, None, None, "orbit"
    )


def meteor(start: float) -> Flight:
    """From 90 km down to 25 km in nine seconds, where nothing is left."""
    t = start + np.linspace(0.0, 9.0, 91)
    share = (t - start) / 9.0
    path = path_of("bright", t, 55.0 - 0.2 * share, 60.0 + 2.0 * share, 90e3 - 65e3 * share)
    return Flight("meteor", "bright", path, (), None, None, None, start, 90e3, None, None, None, "burnt up")


def reentry(start: float) -> Flight:
    """A slanting fall to the ground, with no launch; two pieces come off it."""
    t = start + np.linspace(0.0, 1200.0, 601)
    share = (t - start) / 1200.0
    path = path_of("falling", t, 10.0 + 30.0 * share, 100.0 + 40.0 * share, 120e3 * (1.0 - share))
    pieces = tuple(replace(path, name=f"piece {k}", t=path.t + k) for k in (1, 2))
    end = (math.radians(40.0), math.radians(140.0))
    return Flight(
        "re-entry",
        "falling",
        path,
        pieces,
        None,
        None,
        None,
        start,
        120e3,
        end,
        start + 1200.0,
        None,
        "impact",
    )


def ballistic(start: float) -> Flight:
    """A parabola over 2,000 km, launched a minute after the start; a stage falls beside it."""
    t = start + 60.0 + np.linspace(0.0, 900.0, 901)
    share = (t - t[0]) / 900.0
    height = 4.0 * 300e3 * share * (1.0 - share)
    path = path_of("irbm", t, 40.0 + 0.0 * share, 140.0 + 23.0 * share, height)
    stage = path_of(
        "stage 1", t[:400], 40.0 + 0.0 * share[:400], 140.0 + 15.0 * share[:400], 0.5 * height[:400]
    )
    ends = [(math.radians(40.0), math.radians(lon)) for lon in (140.0, 163.0)]
    return Flight(
        "ballistic", "irbm", path, (stage,), ends[0], float(t[0]), float(t[0]) + 120.0, float(t[450]), 300e3,
        ends[1], float(t[-1]), 1960e3, "impact",
    )  # fmt: skip


def every(start: float) -> tuple[Flight, ...]:
    """One of each."""
    return ballistic(start), satellite(start), reentry(start), meteor(start)
