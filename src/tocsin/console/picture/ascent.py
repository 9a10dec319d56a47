"""A real ascent and the notional one matched to it: height and speed against time, and how far apart."""

from __future__ import annotations

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

LEFT, WIDTH = (0.050, 0.545), 0.420
ABOVE, BELOW = (0.420, 0.435), (0.105, 0.235)  # bottom and height of a panel
HEIGHT, SPEED = (1e3, "km", 3.0), (1.0, "m/s", 80.0)  # unit in SI, its name, and what is a match
LONGEST = 60


def draw_ascent(
    title: str,
    t: Array,
    height: tuple[Array, Array],
    speed: tuple[Array, Array],
    cutoff_s: float,
    notes: tuple[str, ...],
    file: Path,
) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written.

    height and speed: of the table and of the notional ascent, each (n,) m or m/s at t (n,) s after lift-off.
    """
    # A file's name is the user's: a dollar sign in it is no formula.
    with rc_context({"text.parse_math": False}):
        figure = page()
        _heading(figure, title[:LONGEST])
        for left, words, (told, flown), (unit, name, limit) in (
            (LEFT[0], "Height", height, HEIGHT),
            (LEFT[1], "Speed", speed, SPEED),
        ):
            ax = figure.add_axes((left, ABOVE[0], WIDTH, ABOVE[1]))
            dress(ax, float(t[-1]), words, _unit(name, t))
            _both(ax, t, told / unit, flown / unit, cutoff_s)
            ax = figure.add_axes((left, BELOW[0], WIDTH, BELOW[1]))
            dress(ax, float(t[-1]), f"{words}: notional less real", _unit(name, t))
            _apart(ax, t, (flown - told) / unit, limit, name, cutoff_s)
        figure.text(LEFT[0], 0.050, "\n".join(notes), color=style.QUIET, size=7.5, va="top", linespacing=1.35)
        save(figure, file)


def _heading(figure: Figure, title: str) -> None:
    figure.text(LEFT[0], 0.945, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    about = (
        "dots: the real ascent, as its table tells it    line: a notional two-stage launcher matched to it"
    )
    figure.text(LEFT[0], 0.912, about, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    box = {"boxstyle": "square,pad=0.35", "facecolor": style.BADGE, "edgecolor": "none"}
    figure.text(
        LEFT[1] + WIDTH, 0.945, "NOTIONAL", color=style.BACKGROUND, size=style.MIDDLE + 1.5, weight="bold",
        ha="right", va="center", bbox=box,
    )  # fmt: skip


def _unit(name: str, t: Array) -> str:
    return f"{name}, against {time_unit(float(t[-1]))[0]} after lift-off"


def _both(ax: Axes, t: Array, told: Array, flown: Array, cutoff_s: float) -> None:
    ax.plot(t, told, ".", color=style.BADGE, ms=4.0, zorder=3)
    ax.plot(t, flown, color=style.RUSSIA, lw=1.6, zorder=4)
    ax.set_ylim(0.0, 1.08 * max(float(told.max()), float(flown.max())))
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    _cutoff(ax, cutoff_s)
    ax.text(
        cutoff_s, 0.03, "engine stops ", transform=ax.get_xaxis_transform(), color=style.QUIET,
        size=style.SMALL, ha="right",
    )  # fmt: skip


def _apart(ax: Axes, t: Array, apart: Array, limit: float, name: str, cutoff_s: float) -> None:
    worst = int(np.abs(apart).argmax())
    size = abs(float(apart[worst]))
    top = max(1.15 * limit, 1.15 * size)
    ax.set_ylim(-top, top)
    ax.axhspan(-limit, limit, color=style.LAND, zorder=0.5)
    ax.axhline(0.0, color=style.FRAME, lw=0.8, zorder=2)
    ax.plot(t, apart, color=style.TEXT, lw=1.3, zorder=4)
    _cutoff(ax, cutoff_s)
    ax.plot(t[worst], apart[worst], marker="o", ms=5, color=style.TEXT, zorder=5)
    words = f"at most {size:.1f} {name}" if size < 10.0 else f"at most {size:,.0f} {name}"
    ax.annotate(
        words, (t[worst], apart[worst]), xytext=(-8, 8 if apart[worst] > 0.0 else -14), color=style.TEXT,
        textcoords="offset points", size=style.MIDDLE, ha="right", path_effects=style.halo(colour=style.LAND),
    )  # fmt: skip
    ax.text(
        0.008, 0.92 * limit, f"a match: within {limit:g} {name}", transform=ax.get_yaxis_transform(),
        color=style.QUIET, size=style.SMALL, va="top",
    )  # fmt: skip


def _cutoff(ax: Axes, cutoff_s: float) -> None:
    ax.axvline(cutoff_s, color=style.FAINT, lw=0.8, ls=(0, (4, 3)), zorder=2)
