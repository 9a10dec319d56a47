"""A re-entry case in one picture: each estimator's errors over the posterior bound, against time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save
from tocsin.console.picture.sensorpanels import dress

Array = NDArray[np.float64]

TITLES = ("Downrange, x", "Height, y", "Speed downrange, vx", "Speed upward, vy")
COLOURS = (style.FAINT, style.CHINA, style.RUSSIA, style.TOGETHER)
LOWEST, HIGHEST, ASKED, FROM_S = 0.8, 2.0, 1.15, 20.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class FarinaScene:
    """Estimators' names (e,), times t (k,) s, ratio (e, k, 4) to the bound, nees (e, k) over n.

    band: where most means of nees lie that are true. The last estimator is drawn the boldest.
    """

    names: tuple[str, ...]
    t: Array
    ratio: Array
    nees: Array
    band: tuple[float, float]
    notes: list[str]
    runs: int
    seed: int


def draw_farina(scene: FarinaScene, file: Path) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written."""
    figure = page()
    title = "Re-entry: how close to the bound"
    figure.text(0.05, 0.955, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    about = (
        f"{scene.runs} runs, seed {scene.seed}; RMSE over the posterior Cramer-Rao bound; "
        "dashes: 1.15, asked from 20 s on"
    )
    figure.text(0.05, 0.924, about, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    for i, title in enumerate(TITLES):
        ax = figure.add_axes((0.05 + 0.32 * (i % 2), 0.53 - 0.40 * (i // 2), 0.28, 0.32))
        _panel(ax, scene, title, scene.ratio[:, :, i])
        ax.plot([FROM_S, scene.t[-1]], [ASKED, ASKED], color=style.BADGE, lw=1.0, ls=(0, (4, 3)), zorder=2)
        ax.set_ylim(LOWEST, HIGHEST)
        if i == 0:
            ax.legend(loc="upper right", fontsize=style.MIDDLE, frameon=False, labelcolor="linecolor")
    ax = figure.add_axes((0.70, 0.13, 0.265, 0.72))
    _panel(ax, scene, "NEES / n: 1 if its covariance is true", scene.nees)
    ax.axhspan(*scene.band, color=style.BADGE, alpha=0.15, lw=0)
    ax.set(yscale="log", ylim=(0.7, 10.0), yticks=[1.0, 2.0, 5.0, 10.0], yticklabels=["1", "2", "5", "10"])
    ax.minorticks_off()
    figure.text(0.05, 0.065, "\n".join(scene.notes), color=style.QUIET, size=7.5, va="top", linespacing=1.4)
    save(figure, file)


def _panel(ax: Axes, scene: FarinaScene, title: str, values: Array) -> None:
    ax.set_facecolor(style.SEA)
    dress(ax)
    ax.grid(color=style.GRID, lw=0.6)
    for k, name in enumerate(scene.names):
        wide = 2.2 if k == len(scene.names) - 1 else 1.4
        ax.plot(scene.t, values[k], color=COLOURS[k], lw=wide, label=name, zorder=3 + k)
    ax.axhline(1.0, color=style.TRUTH, lw=1.0, zorder=2)
    ax.set_xlim(0.0, scene.t[-1])
    ax.set_title(title, color=style.TEXT, size=style.MIDDLE + 0.5, weight="bold", loc="left")
    ax.set_xlabel("s after the first look", color=style.QUIET, size=style.SMALL)
