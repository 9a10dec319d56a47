"""What flies in Earth orbit, by kind and shell: the distribution that a population is drawn from.

Shares of kinds: ESA's Annual Space Environment Report 2025 counts 39,246 tracked objects at the end of 2024,
34.8 % of them payloads, 20.0 % fragments of rockets and 20.3 % of unknown origin; the share of rocket bodies
is assumed (some 2,100 as recalled), and all the rest is debris here. Shells of satellites: rounded from the
5,549 active ones whose elements were public on 2022-05-05. Shells of the other kinds, eccentricities, drag
and cross-sections: assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

Kind = Literal["satellite", "rocket body", "debris"]
KINDS: tuple[Kind, ...] = ("satellite", "rocket body", "debris")
SHARES: dict[Kind, float] = {"satellite": 0.348, "rocket body": 0.054, "debris": 0.598}


@final
@dataclass(frozen=True, slots=True)
class Shell:
    """Orbits of one kind: their share of it, perigee heights km (even between two), inclination deg (normal),
    and eccentricity: Rayleigh of that scale, or even between two.
    """

    kind: Kind
    share: float
    perigee_km: tuple[float, float]
    inclination_deg: tuple[float, float]
    eccentricity: float | tuple[float, float]


SHELLS = (
    Shell("satellite", 0.40, (530.0, 570.0), (53.1, 0.2), 2e-4),
    Shell("satellite", 0.07, (300.0, 450.0), (53.1, 0.3), 8e-4),
    Shell("satellite", 0.26, (470.0, 620.0), (97.6, 0.4), 1.2e-3),
    Shell("satellite", 0.06, (600.0, 900.0), (98.4, 0.5), 1.2e-3),
    Shell("satellite", 0.06, (1180.0, 1220.0), (87.9, 0.1), 2e-4),
    Shell("satellite", 0.03, (740.0, 1100.0), (86.4, 2.0), 1e-3),
    Shell("satellite", 0.02, (1400.0, 1500.0), (65.0, 12.0), 1e-3),
    Shell("satellite", 0.10, (35_780.0, 35_794.0), (1.0, 0.7), 2e-4),
    Shell("rocket body", 0.25, (700.0, 1000.0), (74.0, 8.0), 4e-3),
    Shell("rocket body", 0.20, (600.0, 950.0), (98.5, 0.7), 5e-3),
    Shell("rocket body", 0.20, (1350.0, 1550.0), (79.0, 5.0), 4e-3),
    Shell("rocket body", 0.25, (180.0, 700.0), (20.0, 9.0), (0.55, 0.73)),
    Shell("rocket body", 0.10, (35_500.0, 36_500.0), (8.0, 4.0), 5e-3),
    Shell("debris", 0.36, (650.0, 900.0), (98.8, 0.6), 1e-2),
    Shell("debris", 0.20, (700.0, 1000.0), (74.0, 6.0), 1.2e-2),
    Shell("debris", 0.14, (1000.0, 1550.0), (82.0, 5.0), 1e-2),
    Shell("debris", 0.16, (350.0, 650.0), (80.0, 15.0), 1.2e-2),
    Shell("debris", 0.10, (200.0, 900.0), (30.0, 15.0), (0.1, 0.72)),
    Shell("debris", 0.04, (19_000.0, 35_900.0), (30.0, 20.0), 2e-2),
)

# Median m2 and the scatter of its logarithm (natural); never below LEAST_RCS_M2, as nowhere in Tocsin.
CROSS_SECTION: dict[Kind, tuple[float, float]] = {
    "satellite": (1.5, 1.0),
    "rocket body": (6.0, 0.6),
    "debris": (0.12, 1.0),
}
# SGP4's drag term at 500 km, 1 / Earth radii, and the scatter of its logarithm.
DRAG: dict[Kind, tuple[float, float]] = {
    "satellite": (1e-4, 0.8),
    "rocket body": (1e-4, 0.6),
    "debris": (3e-4, 1.0),
}
