"""Residuals of looks against time, channel by channel, over their noise."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save
from tocsin.console.picture.panels import dress, time_unit

Array = NDArray[np.float64]

LEFT, WIDTH = 0.050, 0.915
# Where the panels stand, and how high each is, by how many there are.
PANELS = {3: ((0.660, 0.395, 0.130), 0.200), 4: ((0.727, 0.528, 0.329, 0.130), 0.140)}
CHANNELS = (
    ("Range", "m", 1.0),
    ("Azimuth", "deg", math.degrees(1.0)),
    ("Elevation", "deg", math.degrees(1.0)),
    ("Range rate", "m/s", 1.0),
)
LONGEST, MOST_SIGMAS = 80, 8.0


def draw_residuals(
    title: str,
    t: Array,
    channel: NDArray[np.int64],
    names: tuple[str, ...],
    residuals: Array,
    whitened: Array,
    notes: tuple[str, ...],
    file: Path,
) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written.

    residuals, whitened (n, 3 or 4): m, rad, rad, m/s, and over sigma, NaN where there are none, at t (n,) s
    of radars `channel` (n,). The bands are 1 and 3 sigma; what lies beyond 8 is drawn at the edge, as a
    triangle.
    """
    with rc_context({"text.parse_math": False}):
        figure = page()
        _heading(figure, title[:LONGEST], names)
        since = t - t[0]
        end = max(float(since[-1]), 1.0)
        bottoms, height = PANELS[residuals.shape[1]]
        for k, (words, unit, scale) in enumerate(CHANNELS[: len(bottoms)]):
            ax = figure.add_axes((LEFT, bottoms[k], WIDTH, height))
            told = "sigmas"
            finite = np.isfinite(residuals[:, k])
            if finite.any():
                rms = math.sqrt(float(np.mean(np.square(residuals[finite, k])))) * scale
                told = f"sigmas; rms {rms:.3g} {unit}"
            if k == len(bottoms) - 1:
                told += f"; against {time_unit(end)[0]} after the first look"
            dress(ax, end, f"{words}: look less arc", told)
            _points(ax, since, channel, whitened[:, k])
        figure.text(LEFT, 0.070, "\n".join(notes), color=style.QUIET, size=7.5, va="top", linespacing=1.35)
        save(figure, file)


def _heading(figure: Figure, title: str, names: tuple[str, ...]) -> None:
    figure.text(LEFT, 0.945, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    for i, name in enumerate(names[:8]):
        colour = style.by_flight(i, len(names))
        figure.text(
            LEFT + 0.115 * i, 0.912, f"\u25cf {name[:20]}", color=colour, size=style.MIDDLE + 1.0, va="center"
        )


def _points(ax: Axes, since: Array, channel: NDArray[np.int64], whitened: Array) -> None:
    ax.axhspan(-3.0, 3.0, color=style.GRID, zorder=0.4, alpha=0.3)
    ax.axhspan(-1.0, 1.0, color=style.LAND, zorder=0.5)
    ax.axhline(0.0, color=style.FRAME, lw=0.8, zorder=2)
    finite = np.abs(whitened[np.isfinite(whitened)])
    top = min(max(4.0, 1.1 * float(finite.max(initial=0.0))), MOST_SIGMAS)
    ax.set_ylim(-top, top)
    count = int(channel.max(initial=0)) + 1
    for c in range(count):
        mine = channel == c
        inside = mine & (np.abs(whitened) <= top)
        beyond = mine & (np.abs(whitened) > top)
        colour = style.by_flight(c, count)
        ax.plot(since[inside], whitened[inside], ".", color=colour, ms=4.5, zorder=4)
        for sign, mark in ((1.0, "^"), (-1.0, "v")):
            at = beyond & (np.sign(whitened) == sign)
            edge = np.full(int(at.sum()), 0.97 * sign * top)
            ax.plot(since[at], edge, mark, color=style.BADGE, ms=6.0, zorder=5)
