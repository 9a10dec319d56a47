"""The Earth as a telescope sees it: what it needs to detect, its field, and sunlit cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tocsin.console.picture import style
from tocsin.console.picture.sensorpanels import DASHES, logarithmic

if TYPE_CHECKING:
    from tocsin.console.picture.telescopesensor import TelescopeScene

Array = NDArray[np.float64]

DISC, SCALE = (0.018, 0.110, 0.500, 0.785), (0.535, 0.200, 0.010, 0.330)
NEED = LinearSegmentedColormap.from_list("need", ["#12283d", "#23577f", "#5f8f8a", "#d8b35a", "#f6ecd0"])
GLINT, FIELD = "#ff7f6b", "#8fd18a"


def draw_disc(figure: Figure, scene: TelescopeScene) -> None:
    """The disc with its colours, lines and their key."""
    ax = figure.add_axes(DISC)
    ax.set_facecolor(style.BACKGROUND)
    x, y = scene.east_deg, scene.north_deg
    extent = (x[0], x[-1], y[0], y[-1])
    ax.set(xlim=extent[:2], ylim=extent[2:], xticks=[], yticks=[], aspect="equal")
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.fill(*scene.limb.T, color=style.SEA, lw=0, zorder=1)
    if scene.nothing:
        ax.text(
            0.5, 0.5, scene.nothing, transform=ax.transAxes, color=style.BADGE, size=style.MIDDLE + 2.0,
            ha="center", va="center", zorder=9, path_effects=style.halo(5.0), linespacing=1.5,
        )  # fmt: skip
    else:
        _need(figure, ax, scene)
    ax.add_collection(
        LineCollection(scene.outlines, colors=style.TRUTH, linewidths=0.55, alpha=0.6, zorder=3)
    )
    ax.plot(*scene.limb.T, color=style.QUIET, lw=1.0, zorder=4)
    lines: list[tuple[float, Array, str, Any]] = [(0.0, scene.sun_deg, style.BADGE, "-")]
    if not scene.field:
        lines.append((scene.least_deg, scene.seen_deg, style.TOGETHER, DASHES))
    for level, field, colour, dashes in lines:
        if np.nanmin(field) < level < np.nanmax(field):
            ax.contour(
                x, y, field, levels=[level], colors=[colour], linewidths=1.1, linestyles=[dashes], zorder=5
            )
    glint = float(np.nanmax(scene.glint, initial=0.0)) > 1.0
    if glint:
        ax.contour(x, y, scene.glint, levels=[1.0], colors=[GLINT], linewidths=1.3, zorder=5)
    for edge in scene.field:
        ax.plot(*edge.T, color=FIELD, lw=1.1, ls=DASHES, zorder=5)
    ax.plot(0.0, 0.0, "+", color=style.TEXT, ms=10, mew=1.5, zorder=6)
    for east, north, words in scene.names:
        ax.text(
            east, north, words.upper(), color=style.TEXT, size=7.0, ha="center", va="center", alpha=0.85,
            zorder=6, path_effects=style.halo(2.0),
        )  # fmt: skip
    key = [("\u2013  sunrise or sunset on the ground", style.BADGE)]
    key += [("\u2013  sunlit cloud within: false looks", GLINT)] if glint else []
    if scene.field:
        key.append(("- -  the edges of its field", FIELD))
    else:
        key.append((f"- -  it stands {scene.least_deg:g}\u00b0 above the horizon there", style.TOGETHER))
    key.append(("+ below the satellite", style.TEXT))
    for row, (words, colour) in enumerate(key):
        up = 0.025 * row
        ax.text(0.0, up, words, transform=ax.transAxes, color=colour, size=style.SMALL, va="bottom", zorder=8)


def _need(figure: Figure, ax: Axes, scene: TelescopeScene) -> None:
    """How bright a plume must be, in colours with their scale."""
    x, y = scene.east_deg, scene.north_deg
    need = scene.need / 1e3
    low, high = 0.9 * float(np.nanmin(need)), 1.1 * float(np.nanquantile(need, 0.999))
    high = max(high, 2.2 * low)
    image = ax.imshow(
        need, origin="lower", extent=(x[0], x[-1], y[0], y[-1]), cmap=NEED, norm=LogNorm(low, high),
        interpolation="bilinear", alpha=0.92, zorder=2,
    )  # fmt: skip
    bar = figure.add_axes(SCALE)
    scale = figure.colorbar(image, cax=bar)
    logarithmic(bar, "y", low, high)
    scale.outline.set_visible(False)
    bar.yaxis.set_ticks_position("right")
    bar.tick_params(which="both", colors=style.QUIET, labelsize=style.SMALL, length=2)
    bar.set_title(
        "kW/sr detected\nhalf the time",
        color=style.QUIET,
        size=style.SMALL,
        pad=8,
        loc="left",
        linespacing=1.2,
    )
