"""A ring drawn on the Earth: what cannot be one, and how much of the Earth it holds."""

from __future__ import annotations

import re

import numpy as np
import shapely
from numpy.typing import NDArray

Array = NDArray[np.float64]
# 5 to 12 m2: less is a line that rounding has opened.
LEAST_DEG2 = 1e-9
RADIUS_KM = 6371.0072  # of the sphere with the surface of WGS 84 (Moritz, Geodetic Reference System 1980)


def ring_problems(ring: Array) -> tuple[str, ...]:
    """What is wrong with a ring (n, 2) lon, lat deg, closed or not; its edges are straight in both.

    It must hold some ground, not meet itself, and neither cross 180 deg nor go round a pole; it may touch
    them. Each is told as what it is, where, and what to do.
    """
    points = ring[:-1] if len(ring) > 1 and (ring[0] == ring[-1]).all() else ring
    distinct = len(np.unique(points, axis=0))
    if distinct < 3:
        points_had = f"{distinct} point{'' if distinct == 1 else 's'}"
        return (f"has {points_had} and so no area; give 3 or more, not on one line",)
    if across := _across(points):
        return (across,)
    if shapely.MultiPoint(points).convex_hull.area < LEAST_DEG2:
        return ("has all its points on one line and so no area; give 3 or more that are not",)
    why = shapely.is_valid_reason(shapely.Polygon(points))
    if why != "Valid Geometry":
        place = re.search(r"\[(\S+) (\S+)\]", why)
        where = f" near lat {float(place[2]):.2f}, lon {float(place[1]):.2f}" if place else ""
        return (
            f"crosses or touches itself{where}; give its points in their order along the line, each once",
        )
    return ()


def area_km2(polygons: NDArray[np.object_]) -> Array:
    """The ground that each polygon (lon, lat deg) holds: R^2 times the integral of sin(lat) dlon round it.

    Along an edge straight in lon and lat the mean of sin(lat) is sin(middle) sin(h) / h, h half its rise. On
    the sphere with the Earth's surface: within 0.5 % of the ellipsoid's.
    """
    _, xy, (ring_at, part_at) = shapely.to_ragged_array(polygons)
    lon, lat = np.radians(xy).T
    half = 0.5 * np.diff(lat)
    edges = np.diff(lon) * np.sin(lat[:-1] + half) * np.sinc(half / np.pi)
    edges[ring_at[1:-1] - 1] = 0.0  # from the end of one ring to the beginning of the next
    rings = np.abs(np.add.reduceat(edges, ring_at[:-1]))
    sign = -np.ones(len(rings))
    sign[part_at[:-1]] = 1.0
    total: Array = RADIUS_KM**2 * np.add.reduceat(sign * rings, part_at[:-1])
    return total


def _across(points: Array) -> str | None:
    """What is told of a ring that crosses 180 deg or holds a pole; an edge along a pole is but a point."""
    after = np.roll(points, -1, axis=0)
    step = after[:, 0] - points[:, 0]
    at_pole = (np.abs(points[:, 1]) == 90.0) & (after[:, 1] == points[:, 1])
    wide = np.flatnonzero((np.abs(step) > 180.0) & ~at_pole)
    if not len(wide):
        return None
    if abs(np.sum(step[~at_pole] - 360.0 * np.round(step[~at_pole] / 360.0))) > 180.0:
        pole = "north" if points[:, 1].mean() > 0.0 else "south"
        return f"goes round the {pole} pole; cut it along meridians into rings that meet at the pole"
    lat, over = 0.5 * (points[wide[0], 1] + after[wide[0], 1]), abs(step[wide[0]])
    return (
        f"crosses 180 deg near lat {lat:.1f} (an edge goes over {over:.0f} deg of longitude); cut it there "
        "into one ring that ends at 180 and one at -180"
    )
