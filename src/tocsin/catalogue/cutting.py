"""Cutting outlines into parts of few vertices, along one grid for all of them."""

from __future__ import annotations

import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

MAX_VERTICES = 64
PER_DEGREE = 100_000
WORLD = (-180.0, -90.0, 180.0, 90.0)
Box = tuple[float, float, float, float]


def parts_of(shape: BaseGeometry, cell: Box = WORLD) -> list[Polygon]:
    """Polygons of at most 64 vertices, in whole 1e-5 deg; the cuts halve the Earth, and so none overlap."""
    shape = shapely.set_precision(shape.intersection(box(*cell)), 1.0 / PER_DEGREE)
    polygons = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0.0]
    small = [p for p in polygons if shapely.get_num_coordinates(p) <= MAX_VERTICES]
    large = [p for p in polygons if shapely.get_num_coordinates(p) > MAX_VERTICES]
    if large:
        rest = MultiPolygon(large)
        small += [part for half in _halves(cell) for part in parts_of(rest, half)]
    return small


def _halves(cell: Box) -> tuple[Box, Box]:
    """The cell cut across its longer side."""
    west, south, east, north = cell
    if east - west > north - south:
        middle = 0.5 * (west + east)
        return (west, south, middle, north), (middle, south, east, north)
    middle = 0.5 * (south + north)
    return (west, south, east, middle), (west, middle, east, north)
