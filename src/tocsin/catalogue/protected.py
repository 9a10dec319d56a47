"""What is protected, and how sure a warning of attack on it must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True, eq=False)
class Protected:
    """Stand-in until merged."""

    name: str
    countries: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True, eq=False)
class WarningSettings:
    """Stand-in until merged."""

    protected: tuple[Protected, ...]
    possible: float
    probable: float
    confirmed: float
    fall: float
    prior_low: float
    prior_high: float
    prior: float | None = None
