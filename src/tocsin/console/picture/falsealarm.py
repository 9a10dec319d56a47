"""False warnings in one picture: what they come of, what warning costs, and on what rates they hang."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from matplotlib.axes import Axes

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save
from tocsin.console.picture.sensorpanels import dress

ONE, COMMON = style.RUSSIA, style.CHINA
LEAST, MOST = 1e-9, 1e3  # a year: the scale of every panel


@final
@dataclass(frozen=True, slots=True)
class Row:
    """A part: false warnings a year, 1 sigma, the 95 % upper end, and whether it reaches all channels."""

    name: str
    rate: float
    error: float
    upper: float
    common: bool


@final
@dataclass(frozen=True, slots=True)
class TradePoint:
    """A bar for a confirmed threat: false warnings a year, and what attacks are told and left s before."""

    words: str
    alone: bool
    rate: float
    error: float
    upper: float
    left_s: float | None
    told: float
    ladder: bool


@final
@dataclass(frozen=True, slots=True)
class FalseAlarmPanels:
    """What the picture shows; tenfold: by name, the whole rate with one rate ten times as great."""

    about: str
    parts: tuple[Row, ...]
    trade: tuple[TradePoint, ...]
    tenfold: tuple[tuple[str, float], ...]
    whole: float


def draw_false_alarm(panels: FalseAlarmPanels, file: Path) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels."""
    figure = page()
    title = "How often an attack would be told that is none"
    figure.text(0.05, 0.955, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    line = f"{panels.about}; bars: 1 sigma; open: none was seen, 95 % upper end"
    figure.text(0.05, 0.924, line, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    _parts(figure.add_axes((0.19, 0.09, 0.29, 0.74)), panels.parts)
    _trade(figure.add_axes((0.57, 0.54, 0.40, 0.29)), panels.trade)
    _tenfold(figure.add_axes((0.66, 0.09, 0.31, 0.33)), panels)
    save(figure, file)


def _titled(ax: Axes, words: str, quiet: str) -> None:
    ax.set_facecolor(style.SEA)
    dress(ax)
    ax.grid(color=style.GRID, lw=0.6)
    kind: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "bottom"}
    ax.annotate(words, (0.0, 1.0), (0, 21), color=style.TEXT, size=style.MIDDLE + 1.0, weight="bold", **kind)
    ax.annotate(quiet, (0.0, 1.0), (0, 7), color=style.QUIET, size=style.SMALL, **kind)


def _parts(ax: Axes, rows: tuple[Row, ...]) -> None:
    _titled(ax, "What they come of", "false warnings a year; blue: by chance, orange: reaches all channels")
    for k, row in enumerate(rows):
        colour = COMMON if row.common else ONE
        if row.rate > 0.0:
            low = max(row.rate - row.error, 0.1 * row.rate)
            ax.hlines(k, low, row.rate + row.error, color=colour, lw=2.5)
            ax.plot(row.rate, k, color=colour, marker="o", ms=6.0)
        elif math.isfinite(row.upper):
            ax.plot(max(row.upper, LEAST), k, color=colour, marker="<", ms=6.0, mfc="none")
        else:
            ax.text(
                2.0 * LEAST, k, "no window came near one", color=style.QUIET, size=style.SMALL, va="center"
            )
    ax.set(xscale="log", xlim=(LEAST, MOST), ylim=(len(rows) - 0.4, -0.6))
    ax.set_yticks(range(len(rows)), [row.name for row in rows], color=style.TEXT)
    ax.set_xlabel("a year", color=style.QUIET, size=style.SMALL)


def _trade(ax: Axes, points: tuple[TradePoint, ...]) -> None:
    quiet = "of what comes by chance; asked: one phenomenology (orange), two (blue); open, below: none seen"
    _titled(ax, "What warning costs", quiet)
    rates = [p.rate for p in points if p.rate > 0.0]
    floor = 0.1 * min(rates, default=1e-2)
    for p in points:
        if p.left_s is None:
            continue
        colour, seen = COMMON if p.alone else ONE, p.rate > 0.0
        x, y = p.left_s / 60.0, p.rate if seen else floor
        if seen:
            ax.vlines(x, max(y - p.error, 0.3 * y), y + p.error, color=colour, lw=2.0)
        ax.plot(x, y, color=colour, marker="o" if seen else "v", ms=6.0, mfc=colour if seen else "none")
        if p.ladder:
            ax.plot(x, y, color=style.BADGE, marker="o", ms=13.0, mfc="none", mew=1.6)
            kind: dict[str, Any] = {"textcoords": "offset points", "color": style.BADGE, "size": style.SMALL}
            ax.annotate("the ladder", (x, y), (10, 8), **kind)
    ax.set_yscale("log")
    ax.set_ylim(0.5 * floor, 5.0 * max(rates, default=1e-1))
    ax.set_xlabel("minutes left to impact when it is told, median", color=style.QUIET, size=style.SMALL)
    ax.set_ylabel("false warnings a year", color=style.QUIET, size=style.SMALL)


def _tenfold(ax: Axes, panels: FalseAlarmPanels) -> None:
    _titled(ax, "Ten times as many of one thing", "all false warnings seen, a year; line: as assumed")
    rows = sorted(panels.tenfold, key=lambda row: -row[1])
    for k, (_, rate) in enumerate(rows):
        ax.hlines(k, min(panels.whole, rate), max(panels.whole, rate), color=ONE, lw=2.5)
        ax.plot(rate, k, color=ONE, marker="o", ms=4.5)
    ax.axvline(panels.whole, color=style.BADGE, lw=1.0, zorder=1)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [name for name, _ in rows], color=style.TEXT)
    ax.set_xlabel("a year", color=style.QUIET, size=style.SMALL)
