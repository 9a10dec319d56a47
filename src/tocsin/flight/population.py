"""A population of objects in Earth orbit, made up: satellites, rocket bodies and debris."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import MU, R_EQ
from tocsin.errors import TocsinError
from tocsin.flight.shells import CROSS_SECTION, DRAG, KINDS, SHARES, SHELLS, Kind, Shell
from tocsin.motion.elementsets import ElementSets

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_RCS_M2 = 0.1  # no smaller cross-section anywhere in Tocsin
_LEAST_PERIGEE_M = 180e3
_EPOCH_AGE_S = 86400.0  # epochs lie evenly within the day before: assumed


@final
@dataclass(frozen=True, slots=True)
class Population:
    """Objects (n,): their true mean elements, kind (an index of KINDS) and mean cross-section m2.

    They move by SGP4 on these elements: that is the truth of this world, to the metre.
    """

    elements: ElementSets
    kind: Ints
    rcs_m2: Array

    def __len__(self) -> int:
        return len(self.kind)

    def where(self, rows: NDArray[np.bool_] | Ints) -> Population:
        """The rows of a mask or an index."""
        return Population(self.elements.where(rows), self.kind[rows], self.rcs_m2[rows])


def draw_population(n: int, t_tai: float, rng: np.random.Generator) -> Population:
    """n objects as `shells` has them, on orbits about t_tai; numbered from 1, no real object among them.

    Nodes, perigees and places on the orbit are even round the circle. TocsinError for fewer than one.
    """
    if n < 1:
        raise TocsinError(f"a population of {n} objects is none; give 1 or more")
    weight = np.array([SHARES[s.kind] * s.share for s in SHELLS])
    shell = rng.choice(len(SHELLS), n, p=weight / weight.sum())
    perigee, inclination, eccentricity = np.empty(n), np.empty(n), np.empty(n)
    for k, s in enumerate(SHELLS):
        rows = np.flatnonzero(shell == k)
        perigee[rows], inclination[rows], eccentricity[rows] = _orbits(s, len(rows), rng)
    kind = np.array([KINDS.index(s.kind) for s in SHELLS], dtype=np.int64)[shell]
    a = (R_EQ + perigee) / (1.0 - eccentricity)
    turn = rng.uniform(0.0, 2.0 * np.pi, (3, n))
    elements = ElementSets(
        np.arange(1, n + 1, dtype=np.int64),
        t_tai - rng.uniform(0.0, _EPOCH_AGE_S, n),
        np.sqrt(MU / a**3),
        eccentricity,
        inclination,
        turn[0],
        turn[1],
        turn[2],
        _lognormal(kind, DRAG, rng),
    )
    return Population(elements, kind, np.maximum(_lognormal(kind, CROSS_SECTION, rng), LEAST_RCS_M2))


def _orbits(shell: Shell, n: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Perigee height m, inclination rad and eccentricity (n,) of a shell; never below 180 km."""
    perigee = 1e3 * rng.uniform(*shell.perigee_km, n)
    inclination = np.abs(np.radians(rng.normal(*shell.inclination_deg, n)))
    e = shell.eccentricity
    eccentricity = rng.rayleigh(e, n) if isinstance(e, float) else rng.uniform(*e, n)
    if isinstance(e, float):
        # The shell's heights are those of the middle of a nearly circular orbit.
        perigee = np.maximum(perigee - eccentricity * (R_EQ + perigee), _LEAST_PERIGEE_M)
    return perigee, inclination, eccentricity


def _lognormal(kind: Ints, table: dict[Kind, tuple[float, float]], rng: np.random.Generator) -> Array:
    median, scatter = np.array([table[k] for k in KINDS]).T
    return np.asarray(median[kind] * np.exp(scatter[kind] * rng.standard_normal(len(kind))))
