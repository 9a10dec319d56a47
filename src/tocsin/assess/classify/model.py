"""What is assumed of each class before any look: how often it comes, how it moves, and how it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from tocsin.assess.classify.names import CLASSES
from tocsin.errors import TocsinError

# Templates of the boost bank in the order of the witness table's columns; the last is that none was fitted.
TEMPLATES: Final = ("srbm", "mrbm", "irbm", "icbm-liquid", "icbm-solid", "slbm", "none")

# Of a hundred tracks that are assessed (assumed; the user's to change): theatre launches and tests are many,
# intercontinental ones few; satellites are those that no catalogue explains.
RATES = (20.0, 8.0, 5.0, 4.0, 4.0, 5.0, 4.0, 1.0, 8.0, 8.0, 6.0, 3.0, 40.0, 6.0)

# That a telescope sees light of it where one looks: assumed; clouds and tracks cut off take the rest.
SHINES = (0.80, 0.88, 0.92, 0.95, 0.95, 0.92, 0.92, 0.95, 0.60, 0.95, 0.02, 0.90, 0.001, 0.05)

# Median s for which the plume of a class is seen (above the clouds), and the shape k of its spread: half of
# them lie within a factor 3^(1/k) of it. Assumed, from the burns of the notional classes, 10 to 30 % wider.
SEEN_S = (28.0, 85.0, 175.0, 235.0, 140.0, 105.0, 110.0, 435.0, 32.0, 435.0, 60.0, 6.0, 100.0, 60.0)
SEEN_SHAPE = (5.0, 6.0, 6.0, 7.0, 6.0, 4.5, 4.0, 7.0, 2.7, 7.0, 1.5, 2.5, 1.5, 1.2)

# To which power of the time the speed grows while it burns: assumed, so the notional classes climb.
POWERS = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.85, 1.0, 0.85, 1.0, 1.0, 1.0, 1.0)

# Median kg/m2 of m/(Cd A) and scatter of its logarithm: assumed; slender re-entry bodies above 5,000, whole
# missiles less, satellites and stages 50 to 400.
BETA = (
    4000.0,
    7000.0,
    8000.0,
    9000.0,
    9000.0,
    9000.0,
    3000.0,
    5000.0,
    1800.0,
    300.0,
    200.0,
    2000.0,
    150.0,
    400.0,
)
BETA_SCATTER = (0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.9, 0.9, 0.7, 1.0, 0.8, 1.2, 0.7, 1.2)

# That the looks are told to be no ballistic arc: assumed. A bus trims, air may look like thrust; a glide's
# looks below 90 km are taken for no arc's, so that it is seldom told.
MANOEUVRES = (0.01, 0.01, 0.015, 0.02, 0.02, 0.02, 0.06, 0.15, 0.01, 0.03, 0.04, 0.10, 0.005, 0.04)

# Most arcs are near that of least energy, four in ten anywhere from low to steep: assumed.
LOFT = ((0.62, 0.0, 0.2), (0.38, 0.5, 1.1))

# The classes are not quite as they are drawn here, and what tells of them is not quite independent: with a
# power of 1 what was told with 0.75 came true in 0.65 of another world. Tuned; source: Holmes and Walker,
# Assigning a value to a power likelihood in a general Bayesian model, Biometrika 104 (2017), 497.
TRUST = 0.92


def _witness() -> tuple[tuple[float, ...], ...]:
    """Which template is told for each class: itself most often, its neighbours by burn less, any a little."""
    near = {
        "srbm": (0.42, 0.20, 0.08, 0.05, 0.13, 0.11, 0.01),
        "mrbm": (0.09, 0.64, 0.06, 0.04, 0.06, 0.10, 0.01),
        "irbm": (0.02, 0.06, 0.72, 0.11, 0.04, 0.04, 0.01),
        "icbm-liquid": (0.02, 0.04, 0.18, 0.70, 0.02, 0.02, 0.02),
        "icbm-solid": (0.02, 0.07, 0.06, 0.06, 0.57, 0.20, 0.02),
        "slbm": (0.06, 0.23, 0.04, 0.04, 0.22, 0.40, 0.01),
        "glide": (0.04, 0.24, 0.29, 0.08, 0.20, 0.13, 0.02),
        "fractional-orbit": (0.02, 0.10, 0.33, 0.40, 0.04, 0.03, 0.08),
        "sounding-rocket": (0.66, 0.10, 0.05, 0.04, 0.09, 0.05, 0.01),
        "space-launch": (0.02, 0.10, 0.33, 0.40, 0.04, 0.03, 0.08),
        "meteor": (0.26, 0.05, 0.05, 0.10, 0.05, 0.04, 0.45),
    }
    even = tuple(1.0 / len(TEMPLATES) for _ in TEMPLATES)
    return tuple(near.get(name, even) for name in CLASSES)


@final
@dataclass(frozen=True, slots=True)
class ClassModel:
    """The figures of the classes, each a tuple in the order of CLASSES; see the constants' own words.

    rates: relative, any scale; witness: for each class, how often each of TEMPLATES is told; loft: the law of
    a ballistic missile's ln(loft), a mixture of two normal ones, each its share, mean and sigma; trust: the
    power to which likelihoods are taken.
    """

    rates: tuple[float, ...] = RATES
    shines: tuple[float, ...] = SHINES
    seen_s: tuple[float, ...] = SEEN_S
    seen_shape: tuple[float, ...] = SEEN_SHAPE
    powers: tuple[float, ...] = POWERS
    beta: tuple[float, ...] = BETA
    beta_scatter: tuple[float, ...] = BETA_SCATTER
    manoeuvres: tuple[float, ...] = MANOEUVRES
    witness: tuple[tuple[float, ...], ...] = field(default_factory=_witness)
    loft: tuple[tuple[float, float, float], ...] = LOFT
    trust: float = TRUST

    def __post_init__(self) -> None:
        """Raise TocsinError for every figure that cannot be."""
        names = ("rates", "shines", "seen_s", "seen_shape", "powers", "beta", "beta_scatter", "manoeuvres")
        rows = {n: getattr(self, n) for n in names}
        problems = [
            f"ClassModel.{name}: give {len(CLASSES)} numbers from 0, one for each of {', '.join(CLASSES)}"
            for name, row in rows.items()
            if len(row) != len(CLASSES) or not all(0.0 <= v < float("inf") for v in row)
        ]
        if len(self.rates) == len(CLASSES) and not sum(self.rates) > 0.0:
            problems.append("ClassModel.rates: at least one has to be above 0")
        if not self.loft or any(len(part) != 3 or not min(part[0], part[2]) > 0.0 for part in self.loft):
            problems.append("ClassModel.loft: give parts of three numbers: share and sigma above 0, and mean")
        if not 0.0 < self.trust <= 1.0:
            problems.append(f"ClassModel.trust = {self.trust:g}: give a power above 0, to 1")
        if problems:
            raise TocsinError(problems)


MODEL = ClassModel()
"""The default: every figure assumed."""
