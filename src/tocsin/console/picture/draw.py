"""The whole picture: map on the left, height and uncertainty on the right, title above, notes below."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tocsin.catalogue import Borders
from tocsin.console.picture import style
from tocsin.console.picture.closeup import draw_closeup
from tocsin.console.picture.flightpath import draw_track
from tocsin.console.picture.ground import draw_ground
from tocsin.console.picture.height import draw_height
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.milestones import draw_milestones
from tocsin.console.picture.names import draw_names
from tocsin.console.picture.projection import View, fitted
from tocsin.console.picture.scene import Scene, moments
from tocsin.console.picture.sensors import draw_radars, draw_satellites
from tocsin.console.picture.uncertainty import draw_uncertainty

WIDTH_PX, HEIGHT_PX, DPI = 1600, 1000, 100
MAP = (0.018, 0.085, 0.575, 0.815)
MARKS, HEIGHT, UNCERTAINTY = (
    (0.645, 0.775, 0.335, 0.125),
    (0.645, 0.495, 0.335, 0.255),
    (0.645, 0.135, 0.335, 0.300),
)
KEY = "white: as flown    coloured: 90 % impact region as predicted at m:ss    bright: radars that saw it"
LEAST_KM = 900.0


def draw(scene: Scene, borders: Borders, file: Path) -> None:
    """Write the picture of a run as a PNG of 1600 x 1000 pixels; OSError where it cannot be written."""
    # An event's title is the user's: a dollar sign in it is no formula.
    with rc_context({"text.parse_math": False}):
        _draw(scene, borders, file)


def _draw(scene: Scene, borders: Borders, file: Path) -> None:
    figure = Figure(figsize=(WIDTH_PX / DPI, HEIGHT_PX / DPI), dpi=DPI, facecolor=style.BACKGROUND)
    FigureCanvasAgg(figure)
    shown = moments(scene.known.get("together", ()))
    _map(figure.add_axes(MAP), scene, borders)
    end_s = max(float(f.t_s[-1]) for f in scene.flights if not f.thin)
    height = figure.add_axes(HEIGHT)
    draw_height(height, scene, shown, end_s)
    draw_milestones(figure.add_axes(MARKS), scene.milestones, height)
    draw_uncertainty(figure.add_axes(UNCERTAINTY), scene, end_s)
    _heading(figure, scene)
    _footer(figure, scene, borders)
    figure.savefig(file, format="png", metadata={"Software": None})


def _map(ax: Axes, scene: Scene, borders: Borders) -> None:
    """The map with everything on it."""
    view = map_view(scene)
    ax.set(xlim=(-view.half_width_km, view.half_width_km), ylim=(-view.half_height_km, view.half_height_km))
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_color(style.FRAME)
    wholes = draw_ground(ax, view, borders)
    labels = Labels(ax)
    shown = moments(scene.known.get("together", ()))
    if shown and scene.flights[0].end == "impact":
        draw_closeup(ax, scene, view, shown, borders, labels)
    draw_track(ax, scene, view, labels, shown)
    draw_radars(ax, view, scene.radars, scene.saw, labels)
    draw_satellites(ax, view, scene.satellites, labels)
    draw_names(view, wholes, labels)


def map_view(scene: Scene) -> View:
    """A map that holds the flights and, as far as that does not dwarf them, the radars that saw them."""
    lat = np.concatenate([f.lat_deg for f in scene.flights if not f.thin])
    lon = np.concatenate([f.lon_deg for f in scene.flights if not f.thin])
    aspect = MAP[2] * WIDTH_PX / (MAP[3] * HEIGHT_PX)
    alone = fitted(lat, lon, aspect, LEAST_KM, 0.25)
    if alone.flat:
        return alone
    reach = max(3.0 * alone.half_height_km, 2800.0)
    saw = [r for r in scene.radars if r.key in scene.saw]
    near = [r for r in saw if np.hypot(*alone.project(r.lat_deg, r.lon_deg)) < reach]
    points = [*lat, *(r.lat_deg for r in near)], [*lon, *(r.lon_deg for r in near)]
    return fitted(*points, aspect, LEAST_KM, 0.18)


def _heading(figure: Figure, scene: Scene) -> None:
    """What it is, when it was, and that it is simulated."""
    figure.text(MAP[0], 0.945, scene.title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    figure.text(MAP[0], 0.915, scene.date, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    about = f"{scene.until}    seed {scene.seed}" if scene.until else f"seed {scene.seed}"
    colour = style.BADGE if scene.until else style.QUIET
    figure.text(0.98, 0.915, about, color=colour, size=style.MIDDLE, ha="right", va="center")
    figure.text(MAP[0] + MAP[2], 0.915, KEY, color=style.QUIET, size=style.SMALL, ha="right", va="center")
    figure.text(
        0.977,
        0.948,
        scene.origin.upper(),
        color=style.BACKGROUND,
        size=style.MIDDLE + 1.5,
        weight="bold",
        ha="right",
        va="center",
        bbox={"boxstyle": "square,pad=0.35", "facecolor": style.BADGE, "edgecolor": "none"},
    )


def _footer(figure: Figure, scene: Scene, borders: Borders) -> None:
    """What is assumed and hypothetical, and whose borders these are."""
    lines = [
        *scene.footer,
        f"Borders: {borders.source}; de-facto lines, which say nothing of whose claim is right.",
    ]
    figure.text(
        MAP[0], 0.068, "\n".join(lines), color=style.QUIET, size=7.5, va="top", linespacing=1.35, wrap=False
    )
