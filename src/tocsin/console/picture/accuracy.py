"""The study of accuracy in one picture: error over bound, NEES and regions, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save

LEFT, BOTTOM, HEIGHT = 0.185, 0.095, 0.775
RATIO, NEES, REGION = (LEFT, 0.33), (0.545, 0.20), (0.775, 0.205)
QUANTITIES = (
    ("launch", "#7fd1a0"),
    ("position", style.RUSSIA), ("velocity", style.TRUTH), ("impact", style.CHINA), ("time", style.BADGE),
    ("cep", style.TOGETHER),
)  # fmt: skip
SPREAD = 0.62  # of a row, over which the quantities of one case are set
NAMES = {"cep": "CEP (median miss)"}
LEAST, MOST = 0.6, 3.0  # of the axes of ratios
HELD = (("region_50", 0.5, style.RUSSIA), ("region_90", 0.9, style.CHINA), ("free", None, style.BADGE))
HELD_NAMES = {"region_50": "held by 50 % region", "region_90": "by 90 %", "free": "free model"}


@final
@dataclass(frozen=True, slots=True)
class AccuracyRow:
    """A case under one truth: by name (value, low, high) of its figures, and from and to of what is asked.

    mark: what its verdict adds to its name.
    """

    name: str
    truth: str
    mark: str
    figures: dict[str, tuple[float, float, float]]
    asked: dict[str, tuple[float, float]]


def draw_accuracy(rows: tuple[AccuracyRow, ...], runs: int, seed: int, file: Path) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written."""
    figure = page()
    figure.text(
        0.018, 0.955, "How near to the bound, and how true of itself", color=style.TEXT, size=style.LARGE,
        weight="bold", va="center",
    )  # fmt: skip
    about = f"{runs} runs a case, seed {seed}; bars: 95 % bands; shaded: what is asked; !: missed, ?: open"
    figure.text(0.018, 0.924, about, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    figure.text(
        0.98, 0.955, "ASSUMED ACCURACIES", color=style.BACKGROUND, size=style.MIDDLE + 1.5, weight="bold",
        ha="right", va="center",
        bbox={"boxstyle": "square,pad=0.35", "facecolor": style.BADGE, "edgecolor": "none"},
    )  # fmt: skip
    ratio, nees, region = (
        figure.add_axes((x, BOTTOM, width, HEIGHT), facecolor=style.SEA) for x, width in (RATIO, NEES, REGION)
    )
    for ax, shown in ((ratio, [name for name, _ in QUANTITIES]), (nees, ["nees"])):
        ax.axvline(1.0, color=style.TEXT, lw=1.0, ls=(0, (4, 3)), zorder=2)
        ends = [row.figures[name][2] for row in rows for name in shown if name in row.figures]
        ax.set_xlim(LEAST, float(np.clip(np.nanmax([*ends, 0.0]) + 0.05, 1.4, MOST)))
    region.set_xlim(0.3, 1.0)
    _dress(ratio, rows, "RMSE over the bound", names=True)
    for k, (name, colour) in enumerate(QUANTITIES):
        at = SPREAD * (k / (len(QUANTITIES) - 1) - 0.5)
        _bars(ratio, rows, name, colour, at, SPREAD / (len(QUANTITIES) - 1))
    _dress(nees, rows, "NEES / n", names=False)
    _bars(nees, rows, "nees", style.TOGETHER, 0.0, 1.0)
    _dress(region, rows, "Share of runs", names=False)
    for k, (name, share, colour) in enumerate(HELD):
        if share is not None:
            region.axvline(share, color=colour, lw=1.0, ls=(0, (4, 3)), zorder=2)
        _bars(region, rows, name, colour, SPREAD * (k / (len(HELD) - 1) - 0.5), SPREAD / (len(HELD) - 1))
    _keys(region, [(colour, HELD_NAMES[name]) for name, _, colour in HELD], 3)
    _keys(ratio, [(colour, NAMES.get(name, name)) for name, colour in QUANTITIES], 6)
    figure.text(
        0.018, 0.025, "filled: truth of the fit's own model; hollow: another truth; arrows: beyond the edge",
        color=style.QUIET, size=style.SMALL,
    )  # fmt: skip
    save(figure, file)


def _keys(ax: Axes, named: list[tuple[style.Colour, str]], columns: int) -> None:
    """The colours' names below a panel."""
    ax.legend(
        handles=[Line2D([], [], color=colour, marker="o", ls="", label=name) for colour, name in named],
        loc="lower center", bbox_to_anchor=(0.5, -0.088), ncols=columns, frameon=False,
        labelcolor="linecolor", fontsize=style.SMALL, columnspacing=1.0, handletextpad=0.2,
    )  # fmt: skip


def _dress(ax: Axes, rows: tuple[AccuracyRow, ...], title: str, names: bool) -> None:
    for spine in ax.spines.values():
        spine.set_color(style.FRAME)
    ax.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=3, color=style.FRAME)
    ax.grid(axis="x", color=style.GRID, lw=0.6)
    ax.set_axisbelow(True)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    labels = [f"{row.name}, {row.truth}{row.mark}" for row in rows] if names else []
    ax.set_yticks(np.arange(len(labels)), labels)
    for k in range(1, len(rows)):
        ax.axhline(k - 0.5, color=style.GRID, lw=0.6)
    ax.text(
        0.0, 1.012, title, transform=ax.transAxes, color=style.TEXT, size=style.MIDDLE + 0.5, weight="bold"
    )


def _bars(
    ax: Axes, rows: tuple[AccuracyRow, ...], name: str, colour: style.Colour, at: float, wide: float
) -> None:
    """A figure's values and bands `at` off each row's middle, on what is asked of it, `wide` of a row."""
    least, most = ax.get_xlim()
    for k, row in enumerate(rows):
        if name in row.asked:
            low, high = row.asked[name]
            ax.fill_betweenx(
                [k + at - 0.5 * wide, k + at + 0.5 * wide], low, high, color=style.LAND, lw=0.0, zorder=1
            )
        value, low, high = row.figures.get(name, (np.nan, np.nan, np.nan))
        if not np.isfinite(value):
            continue
        face = colour if row.truth == "own" else style.SEA
        ax.plot(np.clip([low, high], least, most), [k + at, k + at], color=colour, lw=1.4, zorder=3)
        # A marker at the edge is drawn whole; one beyond it stands there as an arrow.
        mark = "<" if value < least else ">" if value > most else "o"
        ax.plot(
            [np.clip(value, least, most)], [k + at], mark, color=colour, markerfacecolor=face, ms=4.5,
            mew=1.3, zorder=4, clip_on=False,
        )  # fmt: skip
