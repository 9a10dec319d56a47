"""A radar in one picture: the ground under what it sees, how far it detects, and how well it measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tocsin.catalogue import Borders
from tocsin.console.picture import style
from tocsin.console.picture.ground import draw_ground
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.names import draw_names
from tocsin.console.picture.page import ASPECT, MAP, frame
from tocsin.console.picture.projection import WIDEST_KM, View
from tocsin.console.picture.sensorpanels import (
    DASHES,
    FAR,
    NEAR,
    Line,
    dress,
    legend,
    logarithmic,
    note,
    panel,
    right_scale,
)

Array = NDArray[np.float64]

DETECTION, ACCURACY, ELEVATION = (0.665, 0.205), (0.385, 0.205), (0.105, 0.205)
FILLS = (0.20, 0.10, 0.06)
MARGIN, LEAST_KM = 1.08, 1000.0
PARTS = (style.RUSSIA, style.CHINA, "#8fd18a", "#c49bd8")


@final
@dataclass(frozen=True, slots=True, eq=False)
class Footprint:
    """The ground under a height shell in view: its near and far edge, latitude and longitude (n, 2) deg.

    The edges run with the azimuth through the sector.
    """

    words: str
    near: Array
    far: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class RadarScene:
    """All that is drawn of a radar.

    footprints: the lowest shell first; limit: where the lowest beam ends (n, 2) deg, in words. rcs_m2 (k,)
    with the ranges km (k,) at which one look of it is detected half the time, nine times in ten, and half
    the time at the face's edge; spread (2, k) what the reference's assumed range makes of the first.
    range_km (m,) with the noise of a look at 1 m2, range m and cross-range km, and the lasting errors of
    both; half_km: where half of such looks are detected. elevation_deg (l,) with the parts of its error, deg,
    and their sum; at_km: at which range.
    """

    centre: str
    hypothetical: bool
    all_round: bool
    lat_deg: float
    lon_deg: float
    footprints: tuple[Footprint, ...]
    limit: Array
    limit_words: str
    where: str
    rcs_m2: Array
    half_of: Array
    most_of: Array
    at_edge: Array
    spread: Array | None
    range_max_km: float
    range_max_words: str
    range_km: Array
    range_noise_m: Array
    cross_noise_km: Array
    range_lasting_m: Array
    cross_lasting_km: Array
    half_km: float
    elevation_deg: Array
    parts: tuple[Line, ...]
    whole: Array
    at_km: float


def draw_radar(figure: Figure, scene: RadarScene, borders: Borders) -> None:
    """The map and the three panels."""
    _map(figure.add_axes(MAP), scene, borders)
    unit = f"km, against m\u00b2; {scene.where}"
    _detection(panel(figure, DETECTION, "Detection range, one look", unit), scene)
    _accuracy(panel(figure, ACCURACY, "Accuracy, one look at 1 m\u00b2", "against range, km"), scene)
    unit = f"deg, against elevation, deg; 1 m\u00b2 at {scene.at_km:,.0f} km"
    _elevation(panel(figure, ELEVATION, "Elevation error", unit), scene)


def _view(scene: RadarScene) -> View:
    at = View(scene.lat_deg, scene.lon_deg, 1.0, 1.0)
    edges = [f.far for f in scene.footprints] or [scene.limit]
    xy = np.concatenate([at.project(*edge.T) for edge in [*edges, scene.limit]])
    high = max(float(np.abs(xy[:, 1]).max()), float(np.abs(xy[:, 0]).max()) / ASPECT, LEAST_KM)
    high = min(MARGIN * high, WIDEST_KM)
    return View(scene.lat_deg, scene.lon_deg, high * ASPECT, high)


def _map(ax: Axes, scene: RadarScene, borders: Borders) -> None:
    view = _view(scene)
    frame(ax, view)
    wholes = draw_ground(ax, view, borders)
    labels = Labels(ax)
    colour = style.BY_CENTRE[scene.centre]
    dashes = DASHES if scene.hypothetical else "-"
    for print_, fill in zip(scene.footprints, FILLS, strict=False):
        near, far = (view.project(*edge.T) for edge in (print_.near, print_.far))
        ring = np.concatenate([far, near[::-1]])
        ax.fill(*ring.T, color=colour, alpha=fill, lw=0, zorder=3)
        lines = [far, near] if scene.all_round else [ring[[*range(len(ring)), 0]]]
        for line in lines:
            ax.plot(*line.T, color=colour, lw=1.1, ls=dashes, alpha=0.9, zorder=4)
        _along(ax, far, print_.words, colour, labels)
    limit = view.project(*scene.limit.T)
    ax.plot(*limit.T, color=style.TRUTH, lw=0.9, ls=DASHES, zorder=4)
    _along(ax, limit, scene.limit_words, style.TRUTH, labels)
    if not scene.all_round:
        for end in limit[[0, -1]]:
            ax.plot([0.0, end[0]], [0.0, end[1]], color=style.TRUTH, lw=0.6, ls=DASHES, alpha=0.6, zorder=3.5)
    ax.plot(
        0.0, 0.0, marker="^", ms=9, mfc="none" if scene.hypothetical else colour, mec=colour, mew=1.4,
        zorder=7,
    )  # fmt: skip
    labels.avoid((0.0, 0.0), 10.0)
    draw_names(view, wholes, labels)
    _scale(ax, view)


def _along(ax: Axes, edge: Array, words: str, colour: str, labels: Labels) -> None:
    """Words on an edge, at its middle or where else there is room."""
    text = ax.text(
        0.0, 0.0, words, color=colour, size=style.SMALL, ha="center", va="center", zorder=9,
        path_effects=style.halo(4.0),
    )  # fmt: skip
    frame_ = ax.get_window_extent().padded(-4.0)
    n = len(edge)
    for k in (n // 2, n // 3, 2 * n // 3, n // 6, 5 * n // 6):
        text.set_position((float(edge[k, 0]), float(edge[k, 1])))
        box = text.get_window_extent()
        inside = frame_.contains(box.x0, box.y0) and frame_.contains(box.x1, box.y1)
        if inside and not any(box.overlaps(other) for other in labels.taken):
            labels.taken.append(box.padded(2.0))
            return
    text.remove()


def _scale(ax: Axes, view: View) -> None:
    """A bar of a round length in the map's corner; distances from the centre are true."""
    length = next(v for v in (2000.0, 1000.0, 500.0, 200.0) if v < 0.5 * view.half_width_km)
    x, y = -0.96 * view.half_width_km, -0.95 * view.half_height_km
    ax.plot([x, x + length], [y, y], color=style.TRUTH, lw=1.6, zorder=6, solid_capstyle="butt")
    ax.text(
        x + length / 2.0, y + 0.012 * view.half_height_km, f"{length:,.0f} km", color=style.TRUTH,
        size=style.SMALL, ha="center", va="bottom", zorder=6, path_effects=style.halo(),
    )  # fmt: skip


def _detection(ax: Axes, scene: RadarScene) -> None:
    low = min(float(scene.most_of[0]), float(scene.at_edge[0]))
    high = max(float(scene.half_of[-1]), 1.4 * scene.range_max_km)
    if scene.spread is not None:
        ax.fill_between(scene.rcs_m2, *scene.spread, color=NEAR, alpha=0.14, lw=0, zorder=2)
        low, high = min(low, float(scene.spread[0, 0])), max(high, float(scene.spread[1, -1]))
    ax.plot(scene.rcs_m2, scene.half_of, color=NEAR, lw=1.8, label="half the looks detected", zorder=5)
    ax.plot(scene.rcs_m2, scene.most_of, color=FAR, lw=1.8, label="nine in ten", zorder=5)
    ax.plot(
        scene.rcs_m2, scene.at_edge, color=NEAR, lw=1.0, ls=DASHES, label="half, at the face's edge", zorder=4
    )
    logarithmic(ax, "x", scene.rcs_m2[0], scene.rcs_m2[-1])
    logarithmic(ax, "y", 0.85 * low, 1.15 * high)
    # Beyond it no look is taken, however strong the echo.
    ax.axhspan(scene.range_max_km, 10.0 * high, color=style.BACKGROUND, alpha=0.55, lw=0, zorder=5.5)
    ax.axhline(scene.range_max_km, color=style.TEXT, lw=1.0, ls=DASHES, zorder=6)
    ax.text(
        0.99, scene.range_max_km * 1.03, scene.range_max_words, transform=ax.get_yaxis_transform(),
        color=style.TEXT, size=style.SMALL, ha="right", va="bottom", zorder=8,
        path_effects=style.halo(colour=style.SEA),
    )  # fmt: skip
    legend(ax, "lower right")
    if scene.spread is not None:
        note(ax, 0.012, 0.93, "band: the reference at the ends of its assumed ranges")


def _accuracy(ax: Axes, scene: RadarScene) -> None:
    other = ax.twinx()
    other.set_facecolor("none")
    dress(other, right=True)
    seen = scene.range_km <= scene.half_km
    for at, noise, lasting, colour, words in (
        (ax, scene.range_noise_m, scene.range_lasting_m, NEAR, "range, 1\u03c3, m"),
        (other, scene.cross_noise_km, scene.cross_lasting_km, FAR, "cross-range, 1\u03c3, km"),
    ):
        at.plot(scene.range_km, np.where(seen, noise, np.nan), color=colour, lw=1.8, zorder=4)
        at.plot(scene.range_km, np.where(seen, np.nan, noise), color=colour, lw=1.0, alpha=0.5, zorder=4)
        at.plot(scene.range_km, lasting, color=colour, lw=1.0, ls=DASHES, zorder=3)
        both = np.concatenate([noise, lasting])
        logarithmic(at, "y", 0.5 * float(both.min()), 2.0 * float(both.max()))
        at.set_ylabel(words, color=colour, size=style.SMALL, labelpad=2)
    ax.set_xlim(0.0, scene.range_max_km)
    ax.xaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    other.grid(visible=False)
    if scene.half_km < scene.range_max_km:
        ax.axvspan(scene.half_km, scene.range_max_km, color=style.BACKGROUND, alpha=0.55, lw=0, zorder=2)
        ax.axvline(scene.half_km, color=style.QUIET, lw=0.8, zorder=2)
        share = scene.half_km / scene.range_max_km
        if share < 0.86:
            note(ax, share + 0.01, 0.07, "fewer than half\ndetected")
    note(ax, 0.012, 0.93, "line: noise of a look    dashes: what lasts", style.QUIET)


def _elevation(ax: Axes, scene: RadarScene) -> None:
    for part, colour in zip(scene.parts, PARTS, strict=False):
        ax.plot(scene.elevation_deg, part.y, color=colour, lw=1.3, label=part.words, zorder=4)
    ax.plot(scene.elevation_deg, scene.whole, color=style.TEXT, lw=1.9, label="all together", zorder=5)
    every = np.concatenate([scene.whole, *(p.y for p in scene.parts)])
    high = float(every.max())
    logarithmic(ax, "y", max(0.6 * float(every.min()), high / 2e3), 5.0 * high)
    ax.set_xlim(scene.elevation_deg[0], scene.elevation_deg[-1])
    right_scale(ax, float(np.radians(scene.at_km)), f"km at {scene.at_km:,.0f} km")
    legend(ax, "upper left", 2)
