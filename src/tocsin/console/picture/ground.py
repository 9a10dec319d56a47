"""The ground of the map: sea, land, borders, and lines of latitude and longitude."""

from __future__ import annotations

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tocsin.catalogue import Borders
from tocsin.console.picture import style
from tocsin.console.picture.projection import EARTH_KM, View

Array = NDArray[np.float64]
# Edges along a meridian or parallel are straight only on a flat map: cut them before they are bent.
LONGEST_EDGE_DEG = 1.0


def draw_ground(ax: Axes, view: View, borders: Borders) -> dict[str, BaseGeometry]:
    """Sea, land, borders and graticule; each country's parts near the view, made one, by its name."""
    _sea(ax, view)
    near = _near(view, borders)
    parts = shapely.segmentize(borders.geometry[near], LONGEST_EDGE_DEG)
    fills = [view.project(*shapely.get_coordinates(p)[:, ::-1].T) for p in _outer(parts)]
    ax.add_collection(
        PolyCollection(fills, facecolors=style.LAND, edgecolors=style.LAND, linewidths=0.4, zorder=1)
    )
    owners = np.array(borders.names)[near]
    wholes = {str(owner): shapely.union_all(parts[owners == owner]) for owner in np.unique(owners)}
    edges: list[Array] = []
    for whole in wholes.values():
        edges += [view.project(*piece[:, ::-1].T) for piece in _true_edges(shapely.boundary(whole))]
    ax.add_collection(LineCollection(edges, colors=style.BORDER, linewidths=0.7, zorder=2))
    ax.add_collection(LineCollection(_graticule(view), colors=style.GRID, linewidths=0.6, zorder=1.5))
    return wholes


def _sea(ax: Axes, view: View) -> None:
    """All of the axes, or of a flat map what lies between the poles."""
    ax.set_facecolor(style.BACKGROUND if view.flat else style.SEA)
    if view.flat:
        pole = EARTH_KM * np.pi / 2.0
        world = Rectangle((-2.0 * pole, -pole), 4.0 * pole, 2.0 * pole, facecolor=style.SEA, lw=0, zorder=0.5)
        ax.add_patch(world)


def _near(view: View, borders: Borders) -> NDArray[np.int64]:
    """Indices of the parts with a vertex near enough to show."""
    xy, owner = shapely.get_coordinates(borders.geometry, return_index=True)
    away = np.hypot(*view.project(xy[:, 1], xy[:, 0]).T)
    nearest = np.full(len(borders.geometry), np.inf)
    np.minimum.at(nearest, owner, away)
    return np.flatnonzero(nearest < 1.15 * view.reach_km)


def _outer(parts: NDArray[np.object_]) -> list[BaseGeometry]:
    return list(shapely.get_exterior_ring(shapely.get_parts(parts)))


def _true_edges(boundary: BaseGeometry) -> list[Array]:
    """A boundary's lines without what runs along 180 deg or the pole, where the file was cut."""
    out = []
    for line in shapely.get_parts(boundary):
        xy = shapely.get_coordinates(line)
        cut = (np.abs(np.abs(xy[:, 0]) - 180.0) < 1e-6) | (np.abs(xy[:, 1]) > 89.99)
        breaks = np.flatnonzero(cut[1:] & cut[:-1])
        out += [piece for piece in np.split(xy, breaks + 1) if len(piece) > 1]
    return out


def _graticule(view: View) -> list[Array]:
    """Lines every 10 deg of latitude and 15 deg of longitude."""
    lon, lat = np.linspace(-180.0, 180.0, 361), np.linspace(-80.0, 80.0, 161)
    parallels = [view.project(np.full_like(lon, v), lon) for v in np.arange(-80.0, 81.0, 10.0)]
    meridians = [view.project(lat, np.full_like(lat, v)) for v in np.arange(-180.0, 180.0, 15.0)]
    return [line for line in parallels + meridians if view.holds(line).any()]
