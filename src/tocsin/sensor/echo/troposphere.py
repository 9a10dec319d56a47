"""Radio refractivity of the lower air: the exponential reference atmosphere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
DUCT_PER_M = 0.157  # N-units a metre at which a level ray follows the ground: 1e6 over the Earth's radius


@final
@dataclass(frozen=True, slots=True)
class Troposphere:
    """N(h) = surface_refractivity exp(-h / scale_m), in N-units (n - 1 = 1e-6 N), h above the sea.

    Defaults: the mean global profile of ITU-R P.453 (N 315, 7.35 km). Plausible: 250 to 400 N-units (dry
    cold to humid warm), 6 to 9 km. TocsinError for one that would trap rays in a duct, which is not modelled.
    """

    surface_refractivity: float = 315.0
    scale_m: float = 7350.0

    def __post_init__(self) -> None:
        numbers("Troposphere.surface_refractivity (N-units)", self.surface_refractivity, 0.0)
        positive("Troposphere.scale_m", self.scale_m)
        if self.surface_refractivity / self.scale_m >= DUCT_PER_M:
            raise TocsinError(
                f"Troposphere: {self.surface_refractivity:g} N-units over {self.scale_m:g} m is a duct: "
                f"give less than {DUCT_PER_M * self.scale_m:.0f} N-units, or a greater scale"
            )


TROPOSPHERE = Troposphere()
NO_TROPOSPHERE = Troposphere(surface_refractivity=0.0)


def air_refractivity(height_m: ArrayLike, troposphere: Troposphere = TROPOSPHERE) -> Array:
    """n - 1 (...) at heights (...) m above the sea, the same for phase and group."""
    h = numbers("height (m)", height_m)
    return np.asarray(1e-6 * troposphere.surface_refractivity * np.exp(-h / troposphere.scale_m))


def zenith_delay(height_m: ArrayLike = 0.0, troposphere: Troposphere = TROPOSPHERE) -> Array:
    """Excess range (...) m straight up from a site at height_m, out of the air: 1e-6 N(h) scale.

    2.3 m from the sea with the defaults.
    """
    return np.asarray(air_refractivity(height_m, troposphere) * troposphere.scale_m)
