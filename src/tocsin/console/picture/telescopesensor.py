"""A telescope in one picture: the Earth as it sees it, what it detects, and how well it points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tocsin.console.picture import style
from tocsin.console.picture.sensorpanels import DASHES, legend, logarithmic, note, panel, right_scale
from tocsin.console.picture.telescopedisc import draw_disc

Array = NDArray[np.float64]

DETECTION, STAGES, NOISE = (0.690, 0.180), (0.420, 0.205), (0.115, 0.235)
DAY, NIGHT = style.BADGE, style.RUSSIA
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


@final
@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """Detection probability and line noise (n,) of one time of day, and what is detected half the time."""

    words: str
    colour: str
    half: float
    found: Array
    line: Array


def _curves(scene: TelescopeScene) -> tuple[_Curve, ...]:
    """Night and day, or one for both where what is behind is the same."""
    night = _Curve("by night", NIGHT, scene.half_night, scene.found_night, scene.line_night)
    day = _Curve("by day", DAY, scene.half_day, scene.found_day, scene.line_day)
    return (night, day) if day.half > 1.001 * night.half else (replace(day, words="by day and by night"),)


def draw_telescope(figure: Figure, scene: TelescopeScene) -> None:
    """The disc and the three panels."""
    draw_disc(figure, scene)
    ax = panel(figure, DETECTION, "Detection, one look", f"against kW/sr, {scene.where}")
    _detection(ax, scene)
    _stages(
        panel(figure, STAGES, "Plumes by class", "kW/sr, trough to brightest; dashes: half seen"),
        scene,
    )
    unit = "\u00b5rad a look and axis, against kW/sr"
    _noise(panel(figure, NOISE, "Line-of-sight noise", unit), scene)


def _detection(ax: Axes, scene: TelescopeScene) -> None:
    for curve in _curves(scene):
        half, colour, words = curve.half, curve.colour, curve.words
        ax.plot(
            scene.intensity / 1e3,
            curve.found,
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
    for curve in _curves(scene):
        ax.axvline(curve.half / 1e3, color=curve.colour, lw=1.0, ls=DASHES, zorder=3)
    _intensities(ax, scene)
    ax.set(ylim=(-0.6, n - 0.4), yticks=[])


def _noise(ax: Axes, scene: TelescopeScene) -> None:
    for curve in _curves(scene):
        noise, colour, words = curve.line, curve.colour, curve.words
        bright = scene.intensity >= curve.half
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
