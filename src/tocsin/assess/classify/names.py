"""The classes that are told apart, and which of them share one law of motion."""

from __future__ import annotations

from typing import Final

CLASSES: Final = (
    "srbm",
    "mrbm",
    "irbm",
    "icbm-liquid",
    "icbm-solid",
    "slbm",
    "glide",
    "fractional-orbit",
    "sounding-rocket",
    "space-launch",
    "re-entry",
    "meteor",
    "satellite",
    "unknown",
)
BALLISTIC: Final = CLASSES[:6]
"""Missiles on a ballistic arc: those of which a loft is told."""
LAUNCHED: Final = CLASSES[:10]
"""What leaves the ground by rocket."""
LOFTS: Final = ("depressed", "normal", "lofted")
