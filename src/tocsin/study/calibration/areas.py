"""Where flights begin and end: open areas, none less than 5 degrees wide, with coasts and borders in them."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Place = tuple[float, float]
Box = tuple[float, float, float, float]

# South, north, west, east in degrees: deserts, steppes and tundra; then open seas.
LAND: Final = (
    (19.0, 29.0, -5.0, 25.0),
    (43.0, 49.0, 58.0, 78.0),
    (40.0, 46.0, 94.0, 112.0),
    (-30.0, -20.0, 120.0, 140.0),
    (62.0, 70.0, -125.0, -95.0),
    (60.0, 70.0, 95.0, 130.0),
    (17.0, 23.0, 45.0, 55.0),
    (-50.0, -42.0, -72.0, -67.0),
    (65.0, 70.0, -160.0, -145.0),
    (-27.0, -20.0, 15.0, 23.0),
)
SEA: Final = (
    (35.0, 55.0, -45.0, -20.0),
    (30.0, 50.0, 160.0, 180.0),
    (71.0, 76.0, 30.0, 50.0),
    (-25.0, 0.0, 60.0, 90.0),
    (-40.0, -15.0, -130.0, -90.0),
    (-40.0, -10.0, -30.0, 0.0),
    (64.0, 71.0, -8.0, 6.0),
    (12.0, 18.0, 60.0, 68.0),
    (-34.0, -20.0, 102.0, 112.0),
    (-55.0, -40.0, -62.0, -50.0),
)
AIM: Final = (
    (66.0, 74.0, 38.0, 65.0),
    (18.0, 28.0, -12.0, 15.0),
    (38.0, 46.0, 52.0, 72.0),
    (66.0, 77.0, -120.0, -80.0),
    (66.0, 77.0, -32.0, -15.0),
    (-30.0, -18.0, 110.0, 122.0),
    (39.0, 47.0, 92.0, 114.0),
    (15.0, 23.0, 45.0, 59.0),
    (-22.0, -5.0, 150.0, 170.0),
    (-75.0, -64.0, 20.0, 80.0),
    (-52.0, -42.0, -77.0, -64.0),
    (-28.0, -16.0, 9.0, 22.0),
    (60.0, 70.0, 160.0, 178.0),
    (62.0, 70.0, -168.0, -145.0),
)
TRIES = 400


def somewhere(boxes: tuple[Box, ...], n: int, rng: np.random.Generator) -> Array:
    """Places (n, 2) lat, lon rad, each in a box drawn alike, even over its area."""
    box = np.radians(np.array(boxes))[rng.integers(len(boxes), size=n)]
    low, high = np.sin(box[:, 0]), np.sin(box[:, 1])
    lat = np.arcsin(low + (high - low) * rng.random(n))
    return np.stack([lat, box[:, 2] + (box[:, 3] - box[:, 2]) * rng.random(n)], axis=1)


def from_and_to(
    angle: float, at_sea: bool, rng: np.random.Generator, aims: tuple[Box, ...] = AIM
) -> tuple[Place, Place] | None:
    """A launch and an aim `angle` rad of a great circle apart, both in open areas; None if none are."""
    aim = somewhere(aims, TRIES, rng)
    bearing = rng.uniform(0.0, 2.0 * math.pi, TRIES)
    sine = np.sin(aim[:, 0]) * math.cos(angle) + np.cos(aim[:, 0]) * math.sin(angle) * np.cos(bearing)
    lat = np.arcsin(np.clip(sine, -1.0, 1.0))
    lon = aim[:, 1] + np.arctan2(
        np.sin(bearing) * math.sin(angle) * np.cos(aim[:, 0]), math.cos(angle) - np.sin(aim[:, 0]) * sine
    )
    lon = (lon + math.pi) % (2.0 * math.pi) - math.pi
    good = np.zeros(TRIES, dtype=bool)
    for south, north, west, east in np.radians(np.array(SEA if at_sea else LAND)):
        good |= (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    if not good.any():
        return None
    k = int(np.argmax(good))
    return (float(lat[k]), float(lon[k])), (float(aim[k, 0]), float(aim[k, 1]))
