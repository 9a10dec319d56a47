"""What acts on an unpowered body: a gravity field of chosen degree and an atmosphere."""

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.atmosphere import US_1976
from tocsin.earth.geopotential import DEGREE
from tocsin.errors import TocsinError

USUAL = 8  # the degree and order of the field unless another is asked for


@final
@dataclass(frozen=True, slots=True, eq=False)
class Forces:
    """EGM2008 to `degree` and `order`, and an atmosphere (`earth.air`) that turns with the Earth.

    Make it with `forces`, which checks it.
    """

    degree: int
    order: int
    air: NDArray[np.float64]


def forces(degree: int = USUAL, order: int | None = None, air: NDArray[np.float64] = US_1976) -> Forces:
    """The forces of a field to degree 2 to 36 and an order up to it, the degree unless given.

    Order 0 with degree 2 or 4 is the closed form of J2 or J2-J4; degree 0 is a point mass. Raises TocsinError
    for any other degree.
    """
    m = degree if order is None else order
    if not ((degree == 0 or 2 <= degree <= DEGREE) and 0 <= m <= degree):
        raise TocsinError(
            f"no gravity field of degree {degree} and order {m}: give a degree from 2 to {DEGREE} "
            "and an order from 0 to the degree, or degree 0 for a point mass"
        )
    return Forces(int(degree), int(m), air)


STANDARD = forces()
ZONAL = forces(4, 0)
GATING = forces(2, 0)
"""The usual field, 8 x 8; J2-J4, three to five times as fast; and J2 alone, for gates."""
