"""The picture's colours and letters: dark and quiet, with colour kept for what was seen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from matplotlib import colormaps
from matplotlib.patheffects import withStroke

Colour = str | tuple[float, float, float]

BACKGROUND = "#0a0f17"
SEA = "#0d141f"
LAND = "#1a2533"
BORDER = "#3b4d63"
GRID = "#213043"
FRAME = "#2b3a4d"
TEXT = "#d9e1ea"
QUIET = "#8494a7"
FAINT = "#5d6c80"
TRUTH = "#9fb0c3"
BADGE = "#f2c14e"
RUSSIA = "#58b7f0"
CHINA = "#f0a04b"
AMERICA = "#7fd08a"
TOGETHER = "#f3efe4"
BY_CENTRE = {"russia": RUSSIA, "china": CHINA, "america": AMERICA}
PARTNERS = ("russia_alone", "china_alone")
# The pictures that are set side by side: colour and words.
PICTURES = {
    "russia_alone": (RUSSIA, "Russia alone"),
    "china_alone": (CHINA, "China alone"),
    "america_alone": (AMERICA, "America alone"),
    "together": (TOGETHER, "together, at Russia's centre"),
}
SMALL, MIDDLE, LARGE = 8.5, 9.5, 19.0
LETTERS = {"family": "DejaVu Sans"}


def pictures(known: Collection[str]) -> dict[str, tuple[str, str]]:
    """The pictures to be set side by side of those there are: the partners' where there are none."""
    alone = [key for key in PICTURES if key in known and key != "together"] or PARTNERS
    both = ("together",) if len(alone) > 1 else ()
    return {key: PICTURES[key] for key in (*alone, *both)}


def halo(width: float = 3.0, colour: str = BACKGROUND) -> list[Any]:
    """An outline in the background's colour that keeps letters legible over lines."""
    return [withStroke(linewidth=width, foreground=colour)]


def by_time(k: int, n: int) -> tuple[float, float, float]:
    """The colour of the k-th of n moments, from violet (early) to yellow (late)."""
    share = 1.0 if n < 2 else k / (n - 1)
    red, green, blue, _ = colormaps["plasma"](0.32 + 0.6 * share)
    return float(red), float(green), float(blue)


def by_flight(k: int, n: int) -> Colour:
    """The colour of the k-th of n flights: white for one alone, else one of eight soft ones."""
    if n == 1:
        return TEXT
    red, green, blue, _ = colormaps["Set2"](k % 8)
    return float(red), float(green), float(blue)


def clock(t_s: float) -> str:
    """Minutes and seconds after the start."""
    whole = round(t_s)
    return f"{whole // 60}:{whole % 60:02d}"


def distance(km: float) -> str:
    """A length, with no more digits than it deserves."""
    return f"{km * 1000.0:,.0f} m" if km < 0.95 else f"{km:,.3g} km" if km < 100.0 else f"{km:,.0f} km"
