"""A telescope in one picture: the Earth as it sees it, what it detects, and how well it points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tocsin.console.picture import style
from tocsin.console.picture.sensorpanels import DASHES, legend, logarithmic, note, panel, right_scale

Array = NDArray[np.float64]

DISC, SCALE = (0.018, 0.110, 0.500, 0.785), (0.535, 0.200, 0.010, 0.330)
DETECTION, STAGES, NOISE = (0.690, 0.180), (0.420, 0.205), (0.115, 0.235)
NEED = LinearSegmentedColormap.from_list("need", ["#12283d", "#23577f", "#5f8f8a", "#d8b35a", "#f6ecd0"])
DAY, NIGHT = style.BADGE, style.RUSSIA
GLINT, FIELD = "#ff7f6b", "#8fd18a"
LASTING = ("#8fd18a", "#c49bd8", style.QUIET)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """One class's stages in order: the dimmest (n,) and brightest (n,) that each shines, W/sr."""

    words: str
    low: Array
    high: Array


@final
@dataclass(frozen=True, slots=True, eq=False)
class TelescopeScene:
    """All that is drawn of a telescope.

    east_deg (m,), north_deg (n,) from nadir, with the intensity W/sr of a plume there that half the looks
    detect, need (n, m), the satellite's elevation seen_deg and the Sun's sun_deg (n, m), NaN off the Earth;
    glint (n, m): how bright sunlit cloud is over what may look like a plume, with glint_looks false looks a
    frame; field: edges (k, 2) deg of a field that is not the whole disc;
    nothing: why no look is had at all, if none is. limb (k, 2), outlines (k, 2) and names with their places,
    deg. intensity (k,) W/sr with detection probability and line noise rad, by day and by night, from the
    apogee, distance_m away; half_day, half_night: what is detected half the time.
    """

    east_deg: Array
    north_deg: Array
    need: Array
    seen_deg: Array
    sun_deg: Array
    glint: Array
    glint_looks: float
    field: tuple[Array, ...]
    nothing: str
    least_deg: float
    limb: Array
    outlines: tuple[Array, ...]
    names: tuple[tuple[float, float, str], ...]
    where: str
    intensity: Array
    found_day: Array
    found_night: Array
    half_day: float
    half_night: float
    classes: tuple[Stages, ...]
    line_day: Array
    line_night: Array
    lasting: tuple[tuple[str, float], ...]
    distance_m: float


def draw_telescope(figure: Figure, scene: TelescopeScene) -> None:
    """The disc and the three panels."""
    _disc(figure, scene)
    ax = panel(figure, DETECTION, "Detection, one look", f"against kW/sr, {scene.where}")
    _detection(ax, scene)
    _stages(
        panel(figure, STAGES, "Plumes by class", "kW/sr, trough to brightest; dashes: half seen"),
        scene,
    )
    unit = "\u00b5rad a look and axis, against kW/sr"
    _noise(panel(figure, NOISE, "Line-of-sight noise", unit), scene)


def _disc(figure: Figure, scene: TelescopeScene) -> None:
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
    lines = [(0.0, scene.sun_deg, style.BADGE, "-")]
    if not scene.field:
        lines.append((scene.least_deg, scene.seen_deg, style.TOGETHER, DASHES))
    for level, field, colour, dashes in lines:
        if np.nanmin(field) < level < np.nanmax(field):
            ax.contour(
                x, y, field, levels=[level], colors=[colour], linewidths=1.1, linestyles=[dashes], zorder=5
            )
    if np.nanmax(scene.glint, initial=0.0) > 1.0:
        ax.contour(x, y, scene.glint, levels=[1.0], colors=[GLINT], linewidths=1.3, zorder=5)
    for edge in scene.field:
        ax.plot(*edge.T, color=FIELD, lw=1.1, ls=DASHES, zorder=5)
    ax.plot(0.0, 0.0, "+", color=style.TEXT, ms=10, mew=1.5, zorder=6)
    for east, north, words in scene.names:
        ax.text(
            east, north, words.upper(), color=style.TEXT, size=7.0, ha="center", va="center", alpha=0.85,
            zorder=6, path_effects=style.halo(2.0),
        )  # fmt: skip
    key = [
        ("\u2013  sunrise or sunset on the ground", style.BADGE),
        ("\u2013  sunlit cloud within: false looks", GLINT),
        ("- -  the edges of its field", FIELD)
        if scene.field
        else (f"- -  it stands {scene.least_deg:g}\u00b0 above the horizon there", style.TOGETHER),
        ("+ below the satellite", style.TEXT),
    ]
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


def _detection(ax: Axes, scene: TelescopeScene) -> None:
    for p, half, colour, words in (
        (scene.found_night, scene.half_night, NIGHT, "by night"),
        (scene.found_day, scene.half_day, DAY, "by day"),
    ):
        ax.plot(
            scene.intensity / 1e3,
            p,
            color=colour,
            lw=1.8,
            zorder=4,
            label=f"{words}: half at {half / 1e3:.3g} kW/sr",
        )
        ax.plot(half / 1e3, 0.5, "o", color=colour, ms=4.5, zorder=5)
    _intensities(ax, scene)
    ax.set(ylim=(0.0, 1.05), yticks=[0.0, 0.25, 0.5, 0.75, 1.0])
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
    legend(ax, "lower right")


def _stages(ax: Axes, scene: TelescopeScene) -> None:
    n = len(scene.classes)
    for k, of in enumerate(scene.classes):
        row = n - 1.0 - k
        ax.text(
            0.008, row, of.words, transform=ax.get_yaxis_transform(), color=style.QUIET, size=style.SMALL,
            va="center", zorder=6, path_effects=style.halo(colour=style.SEA),
        )  # fmt: skip
        # The later a stage, the fainter: one above the other, so that their bars stay apart.
        for stage, (low, high) in enumerate(zip(of.low, of.high, strict=True)):
            at = row + 0.30 - 0.60 * (stage / max(len(of.low) - 1, 1) if len(of.low) > 1 else 0.5)
            ax.plot([low / 1e3, high / 1e3], [at, at], color=style.TRUTH, lw=1.2, alpha=0.8, zorder=4)
            ax.plot(high / 1e3, at, "o", color=style.TEXT, ms=3.5, zorder=5)
            ax.annotate(
                f"{stage + 1}", (high / 1e3, at), xytext=(5, 0), textcoords="offset points", color=style.TEXT,
                size=6.5, va="center", zorder=6,
            )  # fmt: skip
    for half, colour in ((scene.half_night, NIGHT), (scene.half_day, DAY)):
        ax.axvline(half / 1e3, color=colour, lw=1.0, ls=DASHES, zorder=3)
    _intensities(ax, scene)
    ax.set(ylim=(-0.6, n - 0.4), yticks=[])


def _noise(ax: Axes, scene: TelescopeScene) -> None:
    for noise, half, colour, words in (
        (scene.line_night, scene.half_night, NIGHT, "by night"),
        (scene.line_day, scene.half_day, DAY, "by day"),
    ):
        bright = scene.intensity >= half
        ax.plot(
            scene.intensity / 1e3,
            np.where(bright, 1e6 * noise, np.nan),
            color=colour,
            lw=1.8,
            zorder=5,
            label=words,
        )
        ax.plot(
            scene.intensity / 1e3,
            np.where(bright, np.nan, 1e6 * noise),
            color=colour,
            lw=1.0,
            alpha=0.5,
            zorder=4,
        )
    for (words, value), colour in zip(scene.lasting, LASTING, strict=False):
        ax.axhline(1e6 * value, color=colour, lw=1.0, ls=DASHES, zorder=3)
        ax.text(
            0.012, 1e6 * value, words, transform=ax.get_yaxis_transform(), color=colour, size=style.SMALL,
            va="bottom", zorder=6, path_effects=style.halo(colour=style.SEA),
        )  # fmt: skip
    least = 1e6 * min(float(scene.line_night.min()), *(v for _, v in scene.lasting if v > 0.0))
    _intensities(ax, scene)
    logarithmic(ax, "y", 0.6 * least, 1e6 * max(float(scene.line_day[scene.found_day > 0.02].max()), 1e-4))
    right_scale(ax, scene.distance_m / 1e6, f"m at the plume, {scene.distance_m / 1e3:,.0f} km away")
    legend(ax, "upper right")
    note(ax, 0.012, 0.06, "thin: fewer than half the looks detected")


def _intensities(ax: Axes, scene: TelescopeScene) -> None:
    logarithmic(ax, "x", float(scene.intensity[0]) / 1e3, float(scene.intensity[-1]) / 1e3)
