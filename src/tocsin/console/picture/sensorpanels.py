"""What the panels beside a sensor's coverage share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter
from numpy.typing import NDArray

from tocsin.console.picture import style

Array = NDArray[np.float64]

LEFT, WIDTH = 0.652, 0.292
NEAR, FAR = style.RUSSIA, style.CHINA  # the colours of the left and of the right scale
DASHES = (0, (4, 3))


@final
@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One curve in words: y (n,) at the panel's x."""

    words: str
    y: Array


def panel(figure: Figure, place: tuple[float, float], title: str, unit: str) -> Axes:
    """A dark panel at a bottom and height, its title above at the left and its units at the right."""
    ax = figure.add_axes((LEFT, place[0], WIDTH, place[1]))
    ax.set_facecolor(style.SEA)
    dress(ax)
    ax.grid(color=style.GRID, lw=0.6)
    ax.set_axisbelow(True)
    y = 1.0 + 0.008 / place[1]
    ax.text(0.0, y, title, color=style.TEXT, size=style.MIDDLE + 0.5, weight="bold", transform=ax.transAxes)
    ax.text(1.0, y, unit, color=style.QUIET, size=style.SMALL, ha="right", transform=ax.transAxes)
    return ax


def dress(ax: Axes, right: bool = False) -> None:
    """Quiet ticks, and a frame on the side of the scale alone."""
    for side, spine in ax.spines.items():
        spine.set_visible(side in (("right",) if right else ("left", "bottom")))
        spine.set_color(style.FRAME)
    ax.tick_params(which="both", colors=style.QUIET, labelsize=style.SMALL, length=3, color=style.FRAME)
    ax.tick_params(which="minor", length=0)


def logarithmic(ax: Axes, axis: str, low: float, high: float) -> None:
    """A logarithmic scale from low to high with plain figures at 1, 2, 5, or at 1 where it is long."""
    getattr(ax, f"set_{axis}scale")("log")
    getattr(ax, f"set_{axis}lim")(low, high)
    which = getattr(ax, f"{axis}axis")
    which.set_major_locator(FixedLocator(round_figures(low, high)))
    which.set_major_formatter(FuncFormatter(lambda v, _: plain(v)))
    which.set_minor_formatter(NullFormatter())


def right_scale(ax: Axes, factor: float, words: str) -> None:
    """A second scale at the right of a logarithmic panel, each of its units 1 / factor of the left one's."""
    low, high = (factor * v for v in ax.get_ylim())
    other = ax.twinx()
    other.set_facecolor("none")
    other.set_yscale("log")
    other.set_ylim(low, high)
    other.grid(visible=False)
    dress(other, right=True)
    other.yaxis.set_major_locator(FixedLocator(round_figures(low, high)))
    other.yaxis.set_minor_formatter(NullFormatter())
    other.yaxis.set_major_formatter(FuncFormatter(lambda v, _: plain(v)))
    other.set_ylabel(words, color=style.QUIET, size=style.SMALL, labelpad=2)


def round_figures(low: float, high: float) -> list[float]:
    """The figures 1, 2, 5 of each power of ten from low to high; 1 alone where many, others where few."""
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1.0)
    decades = float(np.log10(high / low))
    each = (
        [1.0] if decades > 2.6 else [1.0, 2.0, 5.0] if decades > 0.7 else [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0]
    )
    ticks = np.outer(powers, each).ravel()
    return [float(v) for v in ticks if low * 0.999 <= v <= high * 1.001]


def plain(value: float) -> str:
    """A figure without powers of ten."""
    return f"{value:,.0f}" if value >= 10.0 else f"{value:.2g}"


def note(ax: Axes, x: float, y: float, words: str, colour: str = style.QUIET, ha: str = "left") -> None:
    """Words at a point of the axes, 0 to 1 each way."""
    ax.text(
        x, y, words, transform=ax.transAxes, color=colour, size=style.SMALL, ha=ha, va="center", zorder=8,
        path_effects=style.halo(colour=style.SEA), linespacing=1.25,
    )  # fmt: skip


Where = Literal["upper left", "upper right", "lower right"]


def legend(ax: Axes, where: Where, columns: int = 1) -> None:
    """The curves' words in their colours."""
    shown = ax.legend(
        loc=where, fontsize=style.SMALL, frameon=False, labelcolor="linecolor", handlelength=1.6,
        borderaxespad=0.3, labelspacing=0.3, ncols=columns, columnspacing=1.4,
    )  # fmt: skip
    shown.set_zorder(8)
    for text in shown.get_texts():
        text.set_path_effects(style.halo(colour=style.SEA))
