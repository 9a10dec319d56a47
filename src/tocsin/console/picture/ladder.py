"""How soon each class of flight comes to each state, and the minutes left, in one picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save

BOTTOM, HEIGHT = 0.095, 0.745
TIMES = ((0.185, 0.285), (0.485, 0.285))
LEFT = (0.785, 0.195)
STATES = (
    ("notice", style.QUIET),
    ("probable", style.RUSSIA),
    ("confirmed", style.TOGETHER),
    ("threat probable", style.CHINA),
    ("threat confirmed", style.BADGE),
)
SPREAD = 0.66  # of a row, over which its strips are set
TICKS_S = {2.0: "2 s", 10.0: "10 s", 60.0: "1 min", 300.0: "5", 1200.0: "20"}
FIRST_S, LAST_S, NEVER_S = 1.5, 4000.0, 6500.0
MOST_LEFT_MIN = 32.0
LETTERS = "abcdefghij"

Strip = tuple[float, float, float]


@final
@dataclass(frozen=True, slots=True)
class LadderRow:
    """A class with one aim: by state 5 %, median and 95 % in s, inf of never, for (whole, no satellites).

    left: (median, least of 95 in 100) minutes at the event's and the threat's confirmation, whole network and
    none; None where no flight is confirmed.
    """

    name: str
    times: tuple[dict[str, Strip], dict[str, Strip]]
    left: tuple[tuple[tuple[float, float] | None, tuple[float, float] | None], ...]


def draw_ladder(
    rows: tuple[LadderRow, ...],
    decisions: tuple[tuple[str, float, float], ...],
    about: str,
    file: Path,
) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels. decisions: words, and from and to in minutes."""
    figure = page()
    title = "How soon, and how much time is left"
    figure.text(0.018, 0.955, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    figure.text(0.018, 0.924, about, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    for k, ((x, width), words) in enumerate(zip(TIMES, ("whole network", "no satellites"), strict=True)):
        ax = figure.add_axes((x, BOTTOM, width, HEIGHT), facecolor=style.SEA)
        _dress(ax, rows, f"{words}: after the first look", names=k == 0)
        ax.set_xscale("log")
        ax.set_xlim(FIRST_S, NEVER_S * 1.35)
        ax.xaxis.set_major_locator(FixedLocator([*TICKS_S, NEVER_S]))
        ax.xaxis.set_minor_locator(NullLocator())
        ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: TICKS_S.get(v, "never")))
        for row, one in enumerate(rows):
            for n, (state, colour) in enumerate(STATES):
                _strip(ax, row + SPREAD * (n / (len(STATES) - 1) - 0.5), one.times[k][state], colour)
    ax = figure.add_axes((LEFT[0], BOTTOM, LEFT[1], HEIGHT), facecolor=style.SEA)
    _dress(ax, rows, "minutes to impact when confirmed", names=False)
    ax.set_xlim(0.0, MOST_LEFT_MIN)
    for row, one in enumerate(rows):
        for network, pair in enumerate(one.left):
            for n, (value, colour) in enumerate(zip(pair, (style.TOGETHER, style.BADGE), strict=True)):
                _remaining(ax, row - 0.3 + 0.2 * n + 0.35 * network, value, colour, network == 0)
    _decide(ax, decisions)
    keys = [Line2D([], [], color=c, lw=3.0, label=name) for name, c in STATES]
    figure.legend(
        handles=keys, loc="upper left", bbox_to_anchor=(TIMES[0][0], 0.905), ncols=len(keys), frameon=False,
        labelcolor=style.QUIET, fontsize=style.SMALL,
    )  # fmt: skip
    words = "strips: 5 to 95 % of the flights, dot: median; right: filled with satellites, hollow without"
    figure.text(0.018, 0.034, words, color=style.QUIET, size=style.SMALL)
    words = "; ".join(f"{LETTERS[k]} {what}" for k, (what, _, _) in enumerate(decisions))
    figure.text(0.018, 0.014, f"times to decide: {words}", color=style.AMERICA, size=style.SMALL)
    save(figure, file)


def _strip(ax: Axes, y: float, found: Strip, colour: style.Colour) -> None:
    early, median, late = (min(max(v, FIRST_S), LAST_S) if math.isfinite(v) else NEVER_S for v in found)
    if early == NEVER_S:
        return
    ax.plot([early, late], [y, y], color=colour, lw=2.2, alpha=0.75, solid_capstyle="butt")
    ax.plot([median], [y], color=colour, marker="o", ms=3.6)


def _remaining(
    ax: Axes, y: float, value: tuple[float, float] | None, colour: style.Colour, filled: bool
) -> None:
    if value is None:
        return
    median, least = (min(v, MOST_LEFT_MIN) for v in value)
    ax.plot([least, median], [y, y], color=colour, lw=1.6, alpha=0.75)
    ax.plot([median], [y], color=colour, marker="o", ms=4.2, mfc=colour if filled else style.SEA)


def _decide(ax: Axes, decisions: tuple[tuple[str, float, float], ...]) -> None:
    """The times to decide as lines and bands, each with its letters above."""
    letters: dict[tuple[float, float], str] = {}
    for k, (_, low, high) in enumerate(decisions):
        letters[low, high] = letters.get((low, high), "") + LETTERS[k]
    for k, ((low, high), words) in enumerate(sorted(letters.items())):
        if low == high:
            ax.axvline(low, color=style.AMERICA, lw=1.0, ls=(0, (4, 3)), zorder=1)
        else:
            ax.axvspan(low, high, color=style.AMERICA, alpha=0.18, lw=0, zorder=1)
        ax.text(
            (low + high) / 2.0, -0.62 - 0.42 * (k % 2), words, color=style.AMERICA, size=style.SMALL,
            ha="center", va="bottom", clip_on=False,
        )  # fmt: skip


def _dress(ax: Axes, rows: tuple[LadderRow, ...], title: str, names: bool) -> None:
    ax.set_ylim(len(rows) - 0.45, -0.55)
    ax.set_yticks(range(len(rows)), [row.name for row in rows] if names else [""] * len(rows))
    ax.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=0)
    ax.set_xlabel(title, color=style.QUIET, size=style.SMALL)
    for spine in ax.spines.values():
        spine.set_color(style.FRAME)
    for y in range(len(rows) - 1):
        ax.axhline(y + 0.5, color=style.GRID, lw=0.6, zorder=0)
    ax.grid(axis="x", color=style.GRID, lw=0.6)
    ax.set_axisbelow(True)
