"""What the two panels against time share."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MultipleLocator

from tocsin.console.picture import style


def dress(ax: Axes, end_s: float, title: str, unit: str) -> None:
    """A dark panel against minutes, its title inside at the top left."""
    ax.set_facecolor(style.SEA)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(style.FRAME)
    ax.tick_params(colors=style.QUIET, labelsize=style.SMALL, length=3, color=style.FRAME)
    ax.grid(color=style.GRID, lw=0.6)
    ax.set_axisbelow(True)
    ax.set_xlim(-0.01 * end_s, 1.02 * end_s)
    step = next(m for m in (60, 120, 300, 600, 1200, 3600) if end_s / m <= 10 or m == 3600)
    ax.xaxis.set_major_locator(MultipleLocator(step))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda t, _: f"{t / 60.0:g}"))
    ax.text(
        0.0, 1.015, title, transform=ax.transAxes, color=style.TEXT, size=style.MIDDLE + 0.5, weight="bold"
    )
    ax.text(1.0, 1.015, unit, transform=ax.transAxes, color=style.QUIET, size=style.SMALL, ha="right")
