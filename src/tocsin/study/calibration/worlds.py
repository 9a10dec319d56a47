"""Worlds of flights: three on which figures were tuned, and one, held out, on which they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

Span = tuple[float, float]


@final
@dataclass(frozen=True, slots=True)
class World:
    """What flies and how it shows; every figure assumed, spans even between their ends unless said otherwise.

    rates: of the classes, any scale; thrust, exhaust, area, beta, push: factors on the catalogue's vehicles;
    depressed, lofted: shares of ballistic arcs; loft: of the most depressed and the most lofted one; low: by
    which power speeds lie low within their class, 1 for even; sounding: range over apogee; shines: factor on
    the chance that a telescope sees it; single: share of those seen by one only; grades: shares of the
    radars' grades.
    """

    name: str
    rates: tuple[float, ...]
    thrust: Span
    exhaust: Span
    area: Span
    beta: Span
    push: Span
    depressed: float
    lofted: float
    loft: Span
    low: float
    sounding: Span
    shines: float
    single: float
    grades: tuple[tuple[str, float], ...]


TUNING = World(
    name="tuning",
    rates=(20.0, 8.0, 5.0, 4.0, 4.0, 5.0, 4.0, 1.0, 8.0, 10.0, 6.0, 3.0, 20.0, 6.0),
    thrust=(0.90, 1.12),
    exhaust=(0.98, 1.02),
    area=(0.9, 1.2),
    beta=(0.6, 1.3),
    push=(0.5, 1.3),
    depressed=0.12,
    lofted=0.22,
    loft=(0.45, 8.0),
    low=1.0,
    sounding=(0.1, 0.8),
    shines=1.0,
    single=0.2,
    grades=(("VHF", 0.6), ("UHF", 0.4)),
)
WIDE = World(
    name="tuning-wide",
    rates=(14.0, 10.0, 8.0, 4.0, 6.0, 7.0, 6.0, 2.0, 7.0, 12.0, 5.0, 4.0, 14.0, 7.0),
    thrust=(0.80, 1.25),
    exhaust=(0.96, 1.04),
    area=(0.7, 1.5),
    beta=(0.4, 1.6),
    push=(0.3, 1.2),
    depressed=0.16,
    lofted=0.30,
    loft=(0.35, 14.0),
    low=1.3,
    sounding=(0.05, 1.0),
    shines=0.94,
    single=0.3,
    grades=(("VHF-poor", 0.25), ("VHF", 0.45), ("VHF-good", 0.15), ("UHF", 0.15)),
)
THIRD = World(
    name="tuning-third",
    rates=(17.0, 7.0, 6.0, 6.0, 4.0, 9.0, 5.0, 1.5, 10.0, 9.0, 8.0, 5.0, 12.0, 5.0),
    thrust=(0.78, 1.22),
    exhaust=(0.965, 1.035),
    area=(0.7, 1.6),
    beta=(0.5, 1.7),
    push=(0.2, 1.4),
    depressed=0.19,
    lofted=0.26,
    loft=(0.32, 11.0),
    low=0.8,
    sounding=(0.08, 0.9),
    shines=0.97,
    single=0.25,
    grades=(("VHF-poor", 0.15), ("VHF", 0.40), ("VHF-good", 0.25), ("UHF", 0.20)),
)
HELD_OUT = World(
    name="held-out",
    rates=(16.0, 10.0, 4.0, 5.0, 6.0, 6.0, 5.0, 2.0, 9.0, 11.0, 7.0, 4.0, 16.0, 6.0),
    thrust=(0.84, 1.24),
    exhaust=(0.97, 1.03),
    area=(0.8, 1.4),
    beta=(0.45, 1.5),
    push=(0.3, 1.4),
    depressed=0.15,
    lofted=0.28,
    loft=(0.38, 12.0),
    low=1.2,
    sounding=(0.08, 0.95),
    shines=0.96,
    single=0.3,
    grades=(("VHF-poor", 0.2), ("VHF", 0.35), ("VHF-good", 0.2), ("UHF", 0.25)),
)
WORLDS = {world.name: world for world in (TUNING, WIDE, THIRD, HELD_OUT)}
