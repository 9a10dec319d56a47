"""How rare a chi-square is."""

from __future__ import annotations

import math


def chi2_tail(value: float, freedom: int) -> float:
    """P(chi-square with `freedom` degrees > value), by Wilson and Hilferty's cube root (error under 1 %).

    z = ((value / f)^(1/3) - (1 - 2 / 9f)) / sqrt(2 / 9f).
    """
    f = max(freedom, 1)
    z = ((max(value, 0.0) / f) ** (1 / 3) - (1 - 2 / (9 * f))) / math.sqrt(2 / (9 * f))
    return 0.5 * math.erfc(z / math.sqrt(2))
