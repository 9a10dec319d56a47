"""What a correction of refraction leaves: the air of a day is not the model's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.sensor.echo.refraction import Refraction

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Uncorrected:
    """1-sigma error of the model's scale, as a share of the refraction, for one radar and day."""

    troposphere: float = assumed(0.10, 0.03, 0.15, "", "surface weather in, no sounding", zero=True)
    ionosphere: float = assumed(
        0.25, 0.2, 0.5, "", "with a correction 0.2 to 0.3, a climatic mean alone 0.5", zero=True
    )

    def __post_init__(self) -> None:
        check_assumed(self)


UNCORRECTED = Uncorrected()


@final
@dataclass(frozen=True, slots=True)
class AirScales:
    """How much more refraction there is than the model's, as shares of it: 0 is the model, -1 no air."""

    troposphere: float
    ionosphere: float


def draw_scales(rng: np.random.Generator, uncorrected: Uncorrected = UNCORRECTED) -> AirScales:
    """One draw, for one radar and run, of mean 0 and the stated sigmas.

    1 + scale is log-normal, so that no air is ever less than none: ln(1 + scale) has variance
    v = ln(1 + sigma^2) and mean -v / 2.
    """
    v = np.log1p(np.square([uncorrected.troposphere, uncorrected.ionosphere]))
    drawn = np.expm1(np.sqrt(v) * rng.standard_normal(2) - 0.5 * v)
    return AirScales(float(drawn[0]), float(drawn[1]))


def residual(refraction: Refraction, scales: AirScales) -> tuple[Array, Array]:
    """Range m and elevation rad (n,) that stay in a corrected look: each medium's scale times its part.

    The true refraction less the model's, linear in the scales: from 2 deg of elevation on, and for scales
    within 0.15 and 0.5, that is within 8 % of what each medium alone leaves.
    """
    excess = scales.troposphere * refraction.troposphere_m + scales.ionosphere * refraction.ionosphere_m
    error = (
        scales.troposphere * refraction.troposphere_elevation
        + scales.ionosphere * refraction.ionosphere_elevation
    )
    return np.asarray(excess), np.asarray(error)
