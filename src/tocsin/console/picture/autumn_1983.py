"""25 September 1983 in one picture: the Earth as the satellite saw it, and what was bright when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save

Array = NDArray[np.float64]

DISC, ZOOM = (0.022, 0.145, 0.470, 0.752), (0.030, 0.155, 0.165, 0.264)
LEFT, WIDTH = 0.560, 0.385
HOURS, YEAR, ANGLE, PHASE = (0.700, 0.190), (0.505, 0.125), (0.345, 0.115), (0.120, 0.155)
LEAST, MOST = 0.1, 20.0
LIGHT = LinearSegmentedColormap.from_list("light", [style.SEA, "#23405f", "#5a7fa3", "#f2c14e", "#fff6d8"])
COLOURS = (style.RUSSIA, style.TOGETHER, style.CHINA)
FEWEST = 1e-6


@final
@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A window of the view: angles east x (m,), north y (n,) in mrad, brightness index (n, m)."""

    x: Array
    y: Array
    index: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """One true anomaly, in words: false looks a frame by hour in its place (n,) and on its own pass (n,).

    index and angle_deg: by day of the year (m,).
    """

    words: str
    held: Array
    own: Array
    index: Array
    angle_deg: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class AutumnScene:
    """All that is drawn: two windows, outlines and limb (k, 2), base and mirror point in mrad, and curves.

    hours (n,) UTC and that of the event; days (m,) after the event's date; phase_deg (k,) with the index and
    the angle at each.
    """

    whole: Window
    near: Window
    outlines: tuple[Array, ...]
    limb: Array
    base: tuple[float, float]
    mirror: tuple[float, float] | None
    hours: Array
    event_hour: float
    event_date: date
    days: Array
    curves: tuple[Curves, ...]
    phase_deg: Array
    phase_index: Array
    phase_angle_deg: Array
    notes: tuple[str, ...]


def draw_autumn(scene: AutumnScene, file: Path) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written."""
    figure = page()
    _heading(figure)
    _disc(figure, scene)
    _hours(_panel(figure, HOURS, "False looks toward the base, a frame", "25 September 1983, UTC"), scene)
    year = "over the year, the same hour and place"
    _year(_panel(figure, YEAR, "Brightness toward the base", year), scene, "index", (0.0, 20.0))
    _year(_panel(figure, ANGLE, "Scattering angle, deg", year), scene, "angle_deg", (0.0, 75.0))
    _phase(_panel(figure, PHASE, "At 20:15, over the unknown phase", "true anomaly, deg"), scene)
    figure.text(
        DISC[0], 0.080, "\n".join(scene.notes), color=style.QUIET, size=7.5, va="top", linespacing=1.4
    )
    save(figure, file)


def _heading(figure: Figure) -> None:
    title = "25 September 1983, 20:15 UTC: what shone toward the base"
    figure.text(DISC[0], 0.955, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    about = "Plausibility, not reproduction: a reconstructed orbit; phase, cloud and telescope assumed"
    figure.text(DISC[0], 0.924, about, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    box = {"boxstyle": "square,pad=0.35", "facecolor": style.BADGE, "edgecolor": "none"}
    figure.text(
        LEFT + WIDTH, 0.955, "RECONSTRUCTED, ASSUMED", color=style.BACKGROUND, size=style.MIDDLE + 1.5,
        weight="bold", ha="right", va="center", bbox=box,
    )  # fmt: skip


def _disc(figure: Figure, scene: AutumnScene) -> None:
    ax = figure.add_axes(DISC)
    image = _window(ax, scene.whole, scene.outlines, 0.5)
    ax.plot(*scene.limb.T, color=style.FAINT, lw=0.8, zorder=4)
    x, y = scene.near.x, scene.near.y
    square = np.array([[x[0], y[0]], [x[-1], y[0]], [x[-1], y[-1]], [x[0], y[-1]], [x[0], y[0]]])
    ax.plot(*square.T, color=style.TEXT, lw=0.9, zorder=6)
    _words(ax, (0.985, 0.985), "the Earth from the satellite, north up", style.QUIET, axes=True, ha="right")
    zoom = figure.add_axes(ZOOM, zorder=5)
    _window(zoom, scene.near, scene.outlines, 0.7)
    zoom.plot(*scene.limb.T, color=style.FAINT, lw=1.0, zorder=4)
    zoom.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
    turn = np.linspace(0.0, 2.0 * np.pi, 90)
    zoom.plot(
        scene.base[0] + 10.0 * np.cos(turn), scene.base[1] + 10.0 * np.sin(turn), color=style.RUSSIA, lw=0.9,
        ls=(0, (4, 2)), zorder=6,
    )  # fmt: skip
    zoom.plot(*scene.base, "+", color=style.RUSSIA, ms=9, mew=1.6, zorder=7)
    above = (scene.base[0], scene.base[1] + 10.5)
    _words(zoom, above, "150 km over the base", style.RUSSIA, ha="center", va="bottom")
    if scene.mirror is not None:
        zoom.plot(*scene.mirror, "o", mfc="none", mec=style.BACKGROUND, ms=11, mew=1.3, zorder=7)
        under = (scene.mirror[0], scene.mirror[1] - 2.2)
        _words(zoom, under, "mirror point", style.TEXT, ha="center", va="top")
    _words(
        zoom, (0.03, 0.03), f"{x[-1] - x[0]:.0f} mrad wide", style.QUIET, ha="left", va="bottom", axes=True
    )
    bar = figure.add_axes((DISC[0] + 0.300, DISC[1] + 0.018, 0.155, 0.010), zorder=5)
    scale = figure.colorbar(image, cax=bar, orientation="horizontal", ticks=[0.1, 1.0, 10.0])
    scale.ax.set_xticklabels(["0.1", "1", "10"])
    scale.ax.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=2)
    scale.outline.set_visible(False)
    bar.set_title("times a sunlit cloud seen from overhead", color=style.QUIET, size=style.SMALL, pad=4)


def _window(ax: Axes, window: Window, outlines: tuple[Array, ...], width: float) -> AxesImage:
    ax.set_facecolor(style.BACKGROUND)
    extent = (window.x[0], window.x[-1], window.y[0], window.y[-1])
    lit = np.where(np.isnan(window.index), np.nan, np.maximum(window.index, LEAST))
    image = ax.imshow(
        lit, origin="lower", extent=extent, cmap=LIGHT, norm=LogNorm(LEAST, MOST), interpolation="bilinear"
    )
    ax.add_collection(LineCollection(outlines, colors=style.BORDER, linewidths=width, zorder=3))
    ax.set(xlim=extent[:2], ylim=extent[2:], xticks=[], yticks=[], aspect="equal")
    for spine in ax.spines.values():
        spine.set_color(style.FRAME)
    return image


def _words(
    ax: Axes,
    xy: tuple[float, float],
    words: str,
    colour: str,
    axes: bool = False,
    ha: str = "left",
    va: str = "top",
) -> None:
    ax.text(
        *xy, words, color=colour, size=style.SMALL, zorder=9, path_effects=style.halo(),
        transform=ax.transAxes if axes else ax.transData, ha=ha, va=va,
    )  # fmt: skip


def _panel(figure: Figure, place: tuple[float, float], title: str, unit: str) -> Axes:
    ax = figure.add_axes((LEFT, place[0], WIDTH, place[1]))
    ax.set_facecolor(style.SEA)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(style.FRAME)
    ax.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=3, color=style.FRAME)
    ax.grid(color=style.GRID, lw=0.6)
    ax.set_axisbelow(True)
    ax.text(
        0.0, 1.03, title, color=style.TEXT, size=style.MIDDLE + 0.5, weight="bold", transform=ax.transAxes
    )
    ax.text(1.0, 1.03, unit, color=style.QUIET, size=style.SMALL, ha="right", transform=ax.transAxes)
    return ax


def _hours(ax: Axes, scene: AutumnScene) -> None:
    for k, curve in enumerate(scene.curves):
        colour = COLOURS[k % len(COLOURS)]
        ax.plot(scene.hours, np.maximum(curve.held, FEWEST / 10.0), color=colour, lw=1.7, label=curve.words)
        ax.plot(scene.hours, np.maximum(curve.own, FEWEST / 10.0), color=colour, lw=1.1, ls=(0, (3, 2)))
    ax.set(yscale="log", ylim=(FEWEST, 0.3), xlim=(scene.hours[0], scene.hours[-1]))
    ax.xaxis.set_major_locator(MultipleLocator(1.0))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda h, _: f"{h % 24.0:02.0f}"))
    for later, words in ((-3.0, " 3 h before"), (0.0, " 20:15"), (3.0, "3 h after ")):
        at = scene.event_hour + later
        ax.axvline(at, color=style.TEXT if later == 0.0 else style.FAINT, lw=1.0, ls=(0, (4, 3)), zorder=2)
        ax.text(
            at, 0.91, words, transform=ax.get_xaxis_transform(), zorder=6, size=style.SMALL,
            ha="right" if later > 0.0 else "left",
            color=style.TEXT if later == 0.0 else style.QUIET, path_effects=style.halo(colour=style.SEA),
        )  # fmt: skip
    legend = ax.legend(
        loc="upper left", fontsize=style.SMALL, frameon=False, labelcolor="linecolor", handlelength=1.4
    )
    legend.set_title("true anomaly")
    legend.get_title().set(color=style.QUIET, size=style.SMALL)
    ax.text(
        0.995, 0.95, "line: held in place\ndashes: own pass", transform=ax.transAxes, ha="right",
        va="top", color=style.QUIET, size=style.SMALL, path_effects=style.halo(colour=style.SEA), zorder=6,
    )  # fmt: skip


def _year(ax: Axes, scene: AutumnScene, what: str, limits: tuple[float, float]) -> None:
    for k, curve in enumerate(scene.curves):
        ax.plot(scene.days, getattr(curve, what), color=COLOURS[k % len(COLOURS)], lw=1.4)
    ax.axvline(0.0, color=style.TEXT, lw=1.0, ls=(0, (4, 3)), zorder=2)
    start = scene.event_date.toordinal()
    firsts = [d for d in range(start - 190, start + 190) if date.fromordinal(d).day == 1]
    ax.set(ylim=limits, xlim=(scene.days[0], scene.days[-1]))
    ax.set_xticks([d - start for d in firsts], [date.fromordinal(d).strftime("%b") for d in firsts])
    if what == "index":
        ax.tick_params(labelbottom=False)
    else:
        ax.text(2.0, limits[1] * 0.86, "25 Sep", color=style.TEXT, size=style.SMALL)


def _phase(ax: Axes, scene: AutumnScene) -> None:
    first, second = style.BADGE, style.TRUTH
    ax.plot(scene.phase_deg, scene.phase_index, color=first, lw=1.7)
    ax.set(xlim=(scene.phase_deg[0], scene.phase_deg[-1]), ylim=(0.0, 20.0))
    ax.set_ylabel("brightness", color=first, size=style.SMALL)
    other = ax.twinx()
    other.plot(scene.phase_deg, scene.phase_angle_deg, color=second, lw=1.7, ls=(0, (4, 2)))
    other.set_ylim(0.0, 60.0)
    other.set_ylabel("scattering angle, deg", color=second, size=style.SMALL)
    other.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=3, color=style.FRAME)
    for spine in other.spines.values():
        spine.set_visible(False)
