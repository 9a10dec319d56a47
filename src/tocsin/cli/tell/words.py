"""How figures are said to a person."""

from __future__ import annotations

DASH = "\u2013"


def clock(t_s: float | None) -> str:
    """Minutes and seconds."""
    if t_s is None:
        return DASH
    whole = round(abs(t_s))
    return f"{'-' if t_s < 0 and whole else ''}{whole // 60}:{whole % 60:02d}"


def figure(value: float | None, digits: int = 0, sigma: float | None = None) -> str:
    """A figure with thousands, and its sigma where there is one; the sigma gets digits if it is small."""
    if value is None:
        return DASH
    if sigma is None:
        return f"{value:,.{digits}f}"
    digits = max(digits, 0 if sigma >= 9.95 else 1 if sigma >= 0.095 else 2)
    return f"{value:,.{digits}f} \u00b1 {sigma:,.{digits}f}"


def size(km: float) -> str:
    """A semi-axis in km, with two or three digits that mean something."""
    return f"{km:,.0f}" if km >= 9.95 else f"{km:.1f}" if km >= 0.095 else f"{km:.2f}"
