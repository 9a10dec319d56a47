"""The whole picture: map on the left, height and uncertainty on the right, title above, notes below."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes

from tocsin.catalogue import Borders
from tocsin.console.picture.closeup import draw_closeup
from tocsin.console.picture.flightpath import draw_track
from tocsin.console.picture.ground import draw_ground
from tocsin.console.picture.height import draw_height
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.milestones import draw_milestones
from tocsin.console.picture.names import draw_names
from tocsin.console.picture.page import ASPECT, MAP, footer, frame, heading, page, save
from tocsin.console.picture.projection import View, fitted
from tocsin.console.picture.scene import Scene, moments
from tocsin.console.picture.sensors import draw_radars, draw_satellites, draw_spots
from tocsin.console.picture.uncertainty import draw_uncertainty

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
    figure = page()
    shown = moments(scene.known.get("together", ()))
    _map(figure.add_axes(MAP), scene, borders)
    end_s = scene.end_s
    height = figure.add_axes(HEIGHT)
    draw_height(height, scene, shown, end_s)
    draw_milestones(figure.add_axes(MARKS), scene.milestones, height)
    draw_uncertainty(figure.add_axes(UNCERTAINTY), scene, end_s)
    about = f"{scene.until}    seed {scene.seed}" if scene.until else f"seed {scene.seed}"
    heading(figure, scene.title, scene.date, scene.origin, about, KEY, marked=bool(scene.until))
    footer(figure, scene.footer, borders)
    save(figure, file)


def _map(ax: Axes, scene: Scene, borders: Borders) -> None:
    """The map with everything on it."""
    view = map_view(scene)
    frame(ax, view)
    wholes = draw_ground(ax, view, borders)
    labels = Labels(ax)
    shown = moments(scene.known.get("together", ()))
    if shown and scene.flights and scene.flights[0].end == "impact":
        draw_closeup(ax, scene, view, shown, borders, labels)
    draw_track(ax, scene, view, labels, shown)
    draw_spots(ax, view, scene.spots, labels)
    draw_radars(ax, view, scene.radars, scene.saw, labels)
    draw_satellites(ax, view, scene.satellites, labels)
    draw_names(view, wholes, labels)


def map_view(scene: Scene) -> View:
    """A map that holds the flights and, as far as that does not dwarf them, the radars that saw them.

    Where nothing flew, it holds the network's radars and what is marked.
    """
    bodies = [f for f in scene.flights if not f.thin]
    if not bodies:
        at = [*((r.lat_deg, r.lon_deg) for r in scene.radars), *(spot[:2] for spot in scene.spots)]
        place = np.array(at or [(90.0, 0.0)])
        return fitted(place[:, 0], place[:, 1], ASPECT, 3.0 * LEAST_KM, 0.25)
    lat = np.concatenate([f.lat_deg for f in bodies])
    lon = np.concatenate([f.lon_deg for f in bodies])
    alone = fitted(lat, lon, ASPECT, LEAST_KM, 0.25)
    if alone.flat:
        return alone
    reach = max(3.0 * alone.half_height_km, 2800.0)
    saw = [r for r in scene.radars if r.key in scene.saw]
    near = [r for r in saw if np.hypot(*alone.project(r.lat_deg, r.lon_deg)) < reach]
    points = [*lat, *(r.lat_deg for r in near)], [*lon, *(r.lon_deg for r in near)]
    return fitted(*points, ASPECT, LEAST_KM, 0.18)
