"""The air over a radar, by the few figures that name it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.echo.ionosphere import Ionosphere
from tocsin.sensor.echo.refraction import RefractionTable, height_of, refraction_of, refraction_table
from tocsin.sensor.echo.troposphere import Troposphere

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Air:
    """What a radar's looks are corrected for: frequency Hz, surface refractivity N-units, content TECU."""

    frequency_hz: float
    surface_refractivity: float
    tecu: float


@cache
def table_of(air: Air) -> RefractionTable:
    """The rays of an air, traced once for a site at sea level."""
    return refraction_table(
        air.frequency_hz, Troposphere(air.surface_refractivity), Ionosphere(tecu=air.tecu)
    )


def whole(air: Air, values: Array) -> tuple[Array, Array]:
    """Refraction (n, 2) by troposphere and by ionosphere of bodies at geometric looks (n, 3): m and rad."""
    found = refraction_of(table_of(air), values[:, 2], height_of(values[:, 2], values[:, 0]))
    return (
        np.stack([found.troposphere_m, found.troposphere_elevation], axis=-1),
        np.stack([found.ionosphere_m, found.ionosphere_elevation], axis=-1),
    )
