"""The names of the countries on the map, as quietly as they can be read."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from tocsin.console.picture import style
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.projection import View

LEAST_SHARE = 0.008  # of the map's area, below which a country is not named


def draw_names(view: View, wholes: dict[str, BaseGeometry], labels: Labels) -> None:
    """Each country large enough is named in the midst of what is seen of it, where nothing else stands."""
    frame = shapely.box(-view.half_width_km, -view.half_height_km, view.half_width_km, view.half_height_km)
    for name, whole in wholes.items():
        flat = shapely.transform(whole, lambda xy: view.project(xy[:, 1], xy[:, 0]))
        seen = shapely.intersection(shapely.make_valid(flat), frame)
        if shapely.area(seen) < LEAST_SHARE * shapely.area(frame):
            continue
        widest = max(shapely.get_parts(seen), key=shapely.area)
        circle = shapely.maximum_inscribed_circle(widest, tolerance=0.01 * view.half_height_km)
        x, y = shapely.get_coordinates(circle)[0]
        labels.centre((float(x), float(y)), name.upper(), style.FAINT)
