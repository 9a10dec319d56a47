"""What the two panels against time share."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from tocsin.console.picture import style

STEPS_S = (1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200, 14_400)
SHORT_S = 180.0  # a shorter time is told in seconds


def time_unit(end_s: float) -> tuple[str, float]:
    """What a panel's time is told in, and how many seconds that is."""
    return ("seconds", 1.0) if end_s < SHORT_S else ("minutes", 60.0)


def dress(ax: Axes, end_s: float, title: str, unit: str) -> None:
    """A dark panel against minutes, or seconds for a short time, its title inside at the top left."""
    ax.set_facecolor(style.SEA)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(style.FRAME)
    ax.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=3, color=style.FRAME)
    ax.grid(color=style.GRID, lw=0.6)
    ax.set_axisbelow(True)
    ax.set_xlim(-0.01 * end_s, 1.02 * end_s)
    second = time_unit(end_s)[1]
    step = next(m for m in STEPS_S if m >= second and (end_s / m <= 10 or m == STEPS_S[-1]))
    ax.xaxis.set_major_locator(MultipleLocator(step))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda t, _: f"{t / second:g}"))
    ax.text(
        0.0, 1.015, title, transform=ax.transAxes, color=style.TEXT, size=style.MIDDLE + 0.5, weight="bold"
    )
    ax.text(1.0, 1.015, unit, transform=ax.transAxes, color=style.QUIET, size=style.SMALL, ha="right")
