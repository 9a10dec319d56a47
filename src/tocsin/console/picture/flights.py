"""The picture of flights alone, with no sensor: ground tracks on a map, and height against time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tocsin.catalogue import Borders
from tocsin.console.picture import style
from tocsin.console.picture.flightpath import draw_flight
from tocsin.console.picture.ground import draw_ground
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.names import draw_names
from tocsin.console.picture.page import ASPECT, MAP, footer, frame, heading, page, save
from tocsin.console.picture.panels import dress, time_unit
from tocsin.console.picture.projection import View, fitted
from tocsin.console.picture.scene import Flown

HEIGHT = (0.645, 0.110, 0.335, 0.760)
# The whole world is twice as wide as high: height against time then lies below it, the names beside it.
WORLD, BELOW, BESIDE = (0.018, 0.360, 0.675, 0.540), (0.050, 0.110, 0.930, 0.195), (0.715, 0.885)
MOST_NAMES, ROW, LONGEST = 32, 0.0162, 40
LEAST_KM = 600.0
Coloured = list[tuple[Flown, style.Colour]]
KEY = "thin: what came off it    a dot: where it begins    a cross: where it ends"


@dataclass(frozen=True, slots=True, eq=False)
class FlightsScene:
    """Flights as this picture tells them: the bodies, then the companions; about: how they were drawn."""

    title: str
    date: str
    origin: str
    about: str
    flights: tuple[Flown, ...]
    footer: tuple[str, ...]


def draw_flights(scene: FlightsScene, borders: Borders, file: Path) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written."""
    # A name is the user's: a dollar sign in it is no formula.
    with rc_context({"text.parse_math": False}):
        figure = page()
        bodies = [f for f in scene.flights if not f.thin]
        coloured = [(f, style.by_flight(k, len(bodies))) for k, f in enumerate(bodies)]
        view = _view(bodies)
        _map(figure.add_axes(WORLD if view.flat else MAP), scene, view, coloured, borders)
        _heights(figure.add_axes(BELOW if view.flat else HEIGHT), scene, coloured)
        if view.flat:
            _names(figure, coloured)
        heading(figure, scene.title, scene.date, scene.origin, scene.about, KEY)
        footer(figure, scene.footer, borders)
        save(figure, file)


def _view(bodies: list[Flown]) -> View:
    lat, lon = (np.concatenate([getattr(f, key) for f in bodies]) for key in ("lat_deg", "lon_deg"))
    view = fitted(lat, lon, ASPECT, LEAST_KM, 0.2)
    return replace(view, half_height_km=view.half_width_km / 2.0) if view.flat else view


def _map(ax: Axes, scene: FlightsScene, view: View, coloured: Coloured, borders: Borders) -> None:
    frame(ax, view)
    wholes = draw_ground(ax, view, borders)
    labels = Labels(ax)
    for flown in (f for f in scene.flights if f.thin):
        draw_flight(ax, view, flown, labels)
    for flown, colour in coloured:
        draw_flight(ax, view, flown, labels, colour)
    draw_names(view, wholes, labels)


def _heights(ax: Axes, scene: FlightsScene, coloured: Coloured) -> None:
    ends = np.array([(f.t_s[0], f.t_s[-1]) for f in scene.flights])
    first, last = float(ends[:, 0].min()), float(ends[:, 1].max())
    span = max(last - first, 1.0)
    dress(ax, span, "Height", f"km, against {time_unit(span)[0]} after the start")
    ax.set_xlim(first - 0.01 * span, last + 0.02 * span)
    ax.set_ylim(0.0, 1.15 * max(float(f.height_km.max()) for f in scene.flights))
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    labels = Labels(ax)
    for flown in (f for f in scene.flights if f.thin):
        ax.plot(flown.t_s, flown.height_km, color=style.FAINT, lw=0.6, zorder=3)
    for flown, colour in coloured:
        ax.plot(flown.t_s, flown.height_km, color=colour, lw=1.4, zorder=4)
        for t, height in zip(flown.t_s[::10], flown.height_km[::10], strict=True):
            labels.avoid((float(t), float(height)), 3.0)
    for flown, colour in coloured:
        k = int(np.argmax(flown.height_km))
        at = (float(flown.t_s[k]), float(flown.height_km[k]))
        ax.plot(*at, marker="o", ms=4, color=colour, zorder=5)
        labels.put(at, _words(flown), colour, size=style.MIDDLE)


def _names(figure: Figure, coloured: Coloured) -> None:
    """Every object's name in its colour, as far as there is room."""
    x, y = BESIDE
    for k, (flown, colour) in enumerate(coloured[:MOST_NAMES]):
        figure.text(x, y - ROW * k, _words(flown), color=colour, size=style.MIDDLE, va="center")
    if len(coloured) > MOST_NAMES:
        words = f"and {len(coloured) - MOST_NAMES} more"
        figure.text(x, y - ROW * MOST_NAMES, words, color=style.QUIET, size=style.MIDDLE, va="center")


def _words(flown: Flown) -> str:
    return f"{flown.name[:LONGEST]}  {float(flown.height_km.max()):,.0f} km"
