"""What every picture has: its size, the map's place, title and badge above, notes below."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tocsin.catalogue import Borders
from tocsin.console.picture import style
from tocsin.console.picture.projection import View

WIDTH_PX, HEIGHT_PX, DPI = 1600, 1000, 100
MAP = (0.018, 0.085, 0.575, 0.815)
ASPECT = MAP[2] * WIDTH_PX / (MAP[3] * HEIGHT_PX)


def page() -> Figure:
    """An empty picture of 1600 x 1000 pixels."""
    figure = Figure(figsize=(WIDTH_PX / DPI, HEIGHT_PX / DPI), dpi=DPI, facecolor=style.BACKGROUND)
    FigureCanvasAgg(figure)
    return figure


def save(figure: Figure, file: Path) -> None:
    """Write it as a PNG that says nothing of when and by what it was made."""
    figure.savefig(file, format="png", metadata={"Software": None})


def frame(ax: Axes, view: View) -> None:
    """Axes that show a view, without ticks."""
    ax.set(xlim=(-view.half_width_km, view.half_width_km), ylim=(-view.half_height_km, view.half_height_km))
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_color(style.FRAME)


def heading(
    figure: Figure, title: str, date: str, origin: str, about: str, key: str, marked: bool = False
) -> None:
    """What it is, when it was, and where it comes from; marked: `about` in the badge's colour."""
    figure.text(MAP[0], 0.945, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    figure.text(MAP[0], 0.915, date, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    colour = style.BADGE if marked else style.QUIET
    figure.text(0.98, 0.915, about, color=colour, size=style.MIDDLE, ha="right", va="center")
    figure.text(MAP[0] + MAP[2], 0.915, key, color=style.QUIET, size=style.SMALL, ha="right", va="center")
    figure.text(
        0.977,
        0.948,
        origin.upper(),
        color=style.BACKGROUND,
        size=style.MIDDLE + 1.5,
        weight="bold",
        ha="right",
        va="center",
        bbox={"boxstyle": "square,pad=0.35", "facecolor": style.BADGE, "edgecolor": "none"},
    )


def footer(figure: Figure, notes: Iterable[str], borders: Borders) -> None:
    """What is assumed and hypothetical, and whose borders these are."""
    lines = [*notes, f"Borders: {borders.source}; de-facto lines, which say nothing of whose claim is right."]
    figure.text(
        MAP[0], 0.068, "\n".join(lines), color=style.QUIET, size=7.5, va="top", linespacing=1.35, wrap=False
    )
