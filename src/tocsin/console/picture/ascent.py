"""A real ascent and the notional one matched to it: height and speed against time, and what lies between."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tocsin.console.picture.style import (
    BACKGROUND,
    BADGE,
    FAINT,
    FRAME,
    GRID,
    LARGE,
    LETTERS,
    MIDDLE,
    QUIET,
    RUSSIA,
    SEA,
    SMALL,
    TEXT,
)

Array = NDArray[np.float64]


def draw_ascent(
    title: str, t: Array, height: tuple[Array, Array], speed: tuple[Array, Array], file: Path, assumed: str
) -> None:
    """Draw the table's and the notional height (m) and speed (m/s) at times t (n,) s, differences below."""
    figure = Figure(figsize=(12.0, 7.5), facecolor=BACKGROUND)
    figure.text(0.06, 0.95, title, color=TEXT, fontsize=LARGE, fontweight="bold", va="center", **LETTERS)
    figure.text(
        0.06,
        0.905,
        "read off the webcast (dots), and a notional vehicle (line)",
        color=QUIET,
        fontsize=MIDDLE,
    )
    figure.text(0.94, 0.95, "FITTED, NOTIONAL", color=BADGE, fontsize=MIDDLE, ha="right", va="center")
    figure.text(0.06, 0.02, assumed, color=FAINT, fontsize=SMALL)
    panels = (
        (height, 1e3, "height, km", "difference, km", 3.0),
        (speed, 1.0, "speed, m/s", "difference, m/s", 80.0),
    )
    for k, ((told, flown), unit, words, below, limit) in enumerate(panels):
        left = 0.07 + 0.48 * k
        top = figure.add_axes((left, 0.42, 0.39, 0.44))
        top.plot(t, told / unit, ".", color=BADGE, markersize=3.0)
        top.plot(t, flown / unit, color=RUSSIA, linewidth=1.4)
        low = figure.add_axes((left, 0.11, 0.39, 0.24))
        low.axhspan(-limit, limit, color=GRID, alpha=0.5)
        low.plot(t, (flown - told) / unit, color=TEXT, linewidth=1.1)
        low.set_xlabel("seconds after lift-off", color=QUIET, fontsize=SMALL)
        for axes, name in ((top, words), (low, below)):
            axes.set_facecolor(SEA)
            axes.set_title(name, color=TEXT, fontsize=MIDDLE, loc="left")
            axes.tick_params(colors=QUIET, labelsize=SMALL)
            axes.grid(color=GRID, linewidth=0.6)
            for spine in axes.spines.values():
                spine.set_color(FRAME)
    FigureCanvasAgg(figure).print_png(file)
