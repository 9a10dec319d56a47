"""Where a body comes down that does not fall through the air but glides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Sample
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import half_turn
from tocsin.estimate.points import even_points, normal_points
from tocsin.sensor.measurement import site_axes

Array = NDArray[np.float64]

ENTRY_KM: Final = 90.0
LIFT_TO_DRAG: Final = (1.5, 3.5)  # even between: assumed
TURN: Final = np.radians(5.0)  # 1 sigma of the way that it takes from the arc's: assumed
EARTH_KM: Final = 6371.0
G_KM_S2: Final = 9.4e-3  # some 100 km up

# Ground range km from 90 km down of the notional body of `motion.glide`, 3,000 kg/m2, at the two ends of
# LIFT_TO_DRAG; between them it goes straight. Rows by speed, columns by the steepness of the entry.
SPEEDS_KM_S: Final = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
DOWN: Final = np.radians([2.0, 4.0, 7.0, 11.0, 17.0, 28.0, 50.0])
RANGE_KM: Final = np.array([
    [[160, 156, 150, 142, 129, 106, 61],
     [324, 308, 285, 255, 213, 149, 67],
     [529, 489, 430, 357, 267, 161, 68],
     [822, 731, 596, 445, 297, 160, 68],
     [1315, 1097, 793, 517, 310, 159, 68],
     [2322, 1720, 1024, 567, 313, 158, 67],
     [4687, 2834, 1284, 598, 310, 157, 67]],
    [[205, 201, 194, 185, 169, 139, 81],
     [433, 415, 386, 345, 285, 192, 78],
     [779, 726, 635, 512, 362, 199, 74],
     [1395, 1238, 972, 670, 398, 182, 72],
     [2651, 2160, 1416, 796, 402, 173, 71],
     [5259, 3767, 1966, 873, 389, 168, 70],
     [10315, 6332, 2561, 905, 372, 166, 69]],
], dtype=np.float64)  # fmt: skip


def range_km(speed: Array, down: Array) -> Array:
    """Ground ranges (n, 2) km at both ends of LIFT_TO_DRAG, of entries at km/s and rad below level (n,).

    Straight lines in the logarithm between the table's figures; beyond its edges, those at the edge.
    """
    i, a = _between(SPEEDS_KM_S, speed)
    j, b = _between(DOWN, down)
    logs = np.log(RANGE_KM)
    rows = logs[:, i, j] * (1.0 - a) * (1.0 - b) + logs[:, i + 1, j] * a * (1.0 - b)
    rows += logs[:, i, j + 1] * (1.0 - a) * b + logs[:, i + 1, j + 1] * a * b
    return np.asarray(np.exp(rows).T)


def _between(knots: Array, at: Array) -> tuple[NDArray[np.int64], Array]:
    k = np.clip(np.searchsorted(knots, at) - 1, 0, len(knots) - 2)
    return k, np.clip((at - knots[k]) / (knots[k + 1] - knots[k]), 0.0, 1.0)


def glides(arcs: Sequence[tuple[Sample, ...]], places: Array) -> Array:
    """Where bodies come down that glide: as many places (n, k, 2) lat, lon rad as those of their arcs.

    Each place in which the arc would end is moved on along its way by what a glide from 90 km goes further
    than the arc: ratios of lift to drag even between LIFT_TO_DRAG, ways turned by TURN. arcs: ephemerides
    to the ground, of one length.
    """
    k = places.shape[1]
    entry, speed, down, end = _entry(np.array([[_row(s) for s in arc] for arc in arcs]))
    least, most = range_km(speed, down).T
    even = even_points(k, 1)[:, 0]
    flown = EARTH_KM * np.arccos(np.clip(np.sum(entry * end, axis=1), -1.0, 1.0))
    further = (least[:, None] + even * (most - least)[:, None] - flown[:, None]) / EARTH_KM
    axes = site_axes(1e3 * EARTH_KM * end)
    way = np.einsum("nij,nj->ni", axes[:, :2], end - entry)
    bearing = np.arctan2(way[:, 0], way[:, 1])[:, None] + TURN * normal_points(k, 2)[:, 1]
    lat, lon = places[..., 0], places[..., 1]
    sine = np.sin(lat) * np.cos(further) + np.cos(lat) * np.sin(further) * np.cos(bearing)
    east = np.sin(bearing) * np.sin(further) * np.cos(lat)
    there = lon + np.arctan2(east, np.cos(further) - np.sin(lat) * sine)
    return np.stack([np.arcsin(np.clip(sine, -1.0, 1.0)), half_turn(there)], axis=2)


def _row(s: Sample) -> tuple[float, ...]:
    return s.t, s.lat_deg, s.lon_deg, s.height_km, s.speed_m_s / 1e3


def _entry(path: Array) -> tuple[Array, Array, Array, Array]:
    """Of paths (n, m, 5): the direction (n, 3) of the entry, speed km/s, rad below level, and of the end.

    At 90 km, or where the path begins if that is below. Down from the last sample above it: v^2 grows by 2 g,
    and the square of the sink by 2 g (1 - v^2 / (g R)), for each km.
    """
    t, lat, lon, height, speed = np.moveaxis(path, 2, 0)
    rows, last = np.arange(len(t)), t.shape[1] - 1
    high = height >= ENTRY_KM
    i = np.where(high.any(axis=1), last - np.argmax(high[:, ::-1], axis=1), 0)
    i = np.minimum(i, last - 1)
    before = np.maximum(i - 1, 0)
    drop = np.maximum(height[rows, i] - ENTRY_KM, 0.0)
    gone = np.minimum(drop / np.maximum(height[rows, i] - height[rows, i + 1], 1e-3), 1.0)
    sink = (height[rows, before] - height[rows, i + 1]) / (t[rows, i + 1] - t[rows, before])
    v2 = speed[rows, i] ** 2
    held = 1.0 - np.minimum(v2 / (G_KM_S2 * EARTH_KM), 1.0)
    v2 = v2 + 2.0 * G_KM_S2 * drop
    sink = np.sqrt(np.maximum(sink, 0.0) ** 2 + 2.0 * G_KM_S2 * held * drop)
    down = np.arcsin(np.clip(sink / np.sqrt(v2), 0.0, 1.0))
    r = ecef_from_geodetic(np.radians(lat), np.radians(lon), 0.0)
    r /= np.linalg.norm(r, axis=2, keepdims=True)
    entry = r[rows, i] + gone[:, None] * (r[rows, i + 1] - r[rows, i])
    return entry / np.linalg.norm(entry, axis=1, keepdims=True), np.sqrt(v2), down, r[:, -1]
