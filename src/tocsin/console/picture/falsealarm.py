"""False warnings in one picture: what they come of, what warning costs, and on what rates they hang."""

from __future__ import annotations

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
    _trade(figure.add_axes((0.57, 0.52, 0.40, 0.31)), panels.trade)
    _tenfold(figure.add_axes((0.70, 0.09, 0.27, 0.31)), panels)
    save(figure, file)


def _titled(ax: Axes, words: str, quiet: str) -> None:
    ax.set_facecolor(style.SEA)
    dress(ax)
    ax.grid(color=style.GRID, lw=0.6)
    kind: dict[str, Any] = {"transform": ax.transAxes, "va": "bottom"}
    ax.text(0.0, 1.05, words, color=style.TEXT, size=style.MIDDLE + 1.0, weight="bold", **kind)
    ax.text(0.0, 1.012, quiet, color=style.QUIET, size=style.SMALL, **kind)


def _parts(ax: Axes, rows: tuple[Row, ...]) -> None:
    _titled(ax, "What they come of", "false warnings a year; blue: by chance, orange: reaches all channels")
    for k, row in enumerate(rows):
        colour = COMMON if row.common else ONE
        if row.rate > 0.0:
            low = max(row.rate - row.error, 0.1 * row.rate)
            ax.hlines(k, low, row.rate + row.error, color=colour, lw=2.5)
            ax.plot(row.rate, k, color=colour, marker="o", ms=6.0)
        else:
            ax.plot(max(row.upper, LEAST), k, color=colour, marker="<", ms=6.0, mfc="none")
    ax.set(xscale="log", xlim=(LEAST, MOST), ylim=(len(rows) - 0.4, -0.6))
    ax.set_yticks(range(len(rows)), [row.name for row in rows], color=style.TEXT)
    ax.set_xlabel("a year", color=style.QUIET, size=style.SMALL)


def _trade(ax: Axes, points: tuple[TradePoint, ...]) -> None:
    quiet = "the independent part against the median time left; asked: one phenomenology (orange), two (blue)"
    _titled(ax, "What warning costs", quiet)
    for p in points:
        if p.left_s is None:
            continue
        colour, seen = COMMON if p.alone else ONE, p.rate > 0.0
        y = p.rate if seen else p.upper
        if seen:
            ax.vlines(p.left_s / 60.0, max(y - p.error, 0.1 * y), y + p.error, color=colour, lw=2.0)
        ax.plot(
            p.left_s / 60.0,
            y,
            color=colour,
            marker="o" if seen else "v",
            ms=6.0,
            mfc=colour if seen else "none",
        )
        if p.ladder:
            ax.plot(p.left_s / 60.0, y, color=style.BADGE, marker="o", ms=13.0, mfc="none", mew=1.6)
            ax.annotate(
                "the ladder", (p.left_s / 60.0, y), (9, 9), textcoords="offset points", color=style.BADGE,
                size=style.SMALL,
            )  # fmt: skip
    ax.set_yscale("log")
    ax.set_xlabel("minutes left to impact when it is told", color=style.QUIET, size=style.SMALL)
    ax.set_ylabel("false warnings a year", color=style.QUIET, size=style.SMALL)


def _tenfold(ax: Axes, panels: FalseAlarmPanels) -> None:
    _titled(ax, "Ten times as many of one thing", "all false warnings a year; line: as assumed")
    rows = sorted(panels.tenfold, key=lambda row: -row[1])
    for k, (_, rate) in enumerate(rows):
        ax.barh(k, max(rate - panels.whole, 0.0), left=panels.whole, color=ONE, height=0.6)
    ax.axvline(panels.whole, color=style.BADGE, lw=1.4)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [name for name, _ in rows], color=style.TEXT)
    ax.set_xlabel("a year", color=style.QUIET, size=style.SMALL)
