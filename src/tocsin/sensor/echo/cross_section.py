"""Radar cross-section of textbook shapes by aspect, never below 0.1 m2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.echo.equation import LEAST_RCS_M2
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
# Assumed (plausible: 0.3 to 3 m2): what edges, nozzles and cavities give where the smooth shape gives less.
ASSUMED_FLOOR_M2 = 1.0


@final
@dataclass(frozen=True, slots=True)
class Sphere:
    """A metal sphere: pi r^2 from every side, and steady (Swerling 0)."""

    radius_m: float

    def __post_init__(self) -> None:
        _sizes("Sphere", radius_m=self.radius_m)


@final
@dataclass(frozen=True, slots=True)
class Cylinder:
    """A closed metal cylinder, such as a spent stage.

    Swerling 1 while it tumbles (many lobes between two looks), 3 while it keeps its attitude (one part of it
    rules the echo): assumed, as the cases are idealisations.
    """

    radius_m: float
    length_m: float
    floor_m2: float = ASSUMED_FLOOR_M2
    tumbling: bool = True

    def __post_init__(self) -> None:
        _sizes("Cylinder", radius_m=self.radius_m, length_m=self.length_m, floor_m2=self.floor_m2)


@final
@dataclass(frozen=True, slots=True)
class Body:
    """A notional body of one mean cross-section from every side, which fluctuates (Swerling 1)."""

    rcs_m2: float

    def __post_init__(self) -> None:
        _sizes("Body", rcs_m2=self.rcs_m2)


Shape: TypeAlias = Sphere | Cylinder | Body


@final
@dataclass(frozen=True, slots=True)
class CrossSection:
    """Mean cross-sections (...) m2, and where (...) they were raised to 0.1 m2, the least modelled."""

    rcs_m2: Array
    raised: NDArray[np.bool_]


def cross_section(shape: Shape, aspect: ArrayLike, wavelength_m: ArrayLike) -> CrossSection:
    """Cross-section of a shape seen at `aspect` rad from its axis (0 to pi, end on to end on).

    A sphere's and a cylinder's are physical optics, for a circumference of a wavelength or more (TocsinError
    below that: give a Body); near it they are right within a factor of about 4. aspect and wavelength
    broadcast.
    """
    a, wave = np.broadcast_arrays(
        numbers("aspect (rad)", aspect, 0.0, np.pi), positive("wavelength (m)", wavelength_m)
    )
    if isinstance(shape, Body):
        rcs = np.full(a.shape, shape.rcs_m2)
    else:
        k = 2.0 * np.pi / wave
        if np.any(k * shape.radius_m < 1.0):
            raise TocsinError(
                f"cross_section: radius_m = {shape.radius_m:g} is too small for physical optics at a "
                f"wavelength of {float(np.max(wave)):g} m: give {1.0 / float(np.min(k)):.2g} m or more, "
                "or a Body"
            )
        rcs = np.full(a.shape, np.pi * shape.radius_m**2)
        if isinstance(shape, Cylinder):
            rcs = np.maximum(side_echo(shape, a, k) + end_echo(shape, a, k), shape.floor_m2)
    return CrossSection(np.maximum(rcs, LEAST_RCS_M2), rcs < LEAST_RCS_M2)


def side_echo(shape: Cylinder, aspect: Array, k: Array) -> Array:
    """Envelope (...) m2 of a cylinder's curved side, k the wave number: k r L^2 |sin a| min(1, x^-2).

    x = k L cos(a): the lobes of (sin x / x)^2 by their crests. Broadside it is 2 pi r L^2 / lambda, half of
    it 0.44 lambda / (2 L) away. Source: Knott, Shaeffer and Tuley, Radar Cross Section.
    """
    x = np.abs(k * shape.length_m * np.cos(aspect))
    return np.asarray(k * shape.radius_m * shape.length_m**2 * np.sin(aspect) / np.maximum(x, 1.0) ** 2)


def end_echo(shape: Cylinder, aspect: Array, k: Array) -> Array:
    """Envelope (...) m2 of the flat end that faces the radar: pi k^2 r^4 cos^2(a) min(1, 8 / (pi x^3)).

    x = 2 k r sin(a): the lobes of (2 J1(x) / x)^2 by their crests. End on it is 4 pi A^2 / lambda^2.
    """
    x = 2.0 * k * shape.radius_m * np.sin(aspect)
    crest = 8.0 / np.pi
    lobes = crest / np.maximum(x, crest ** (1.0 / 3.0)) ** 3
    return np.asarray(np.pi * k**2 * shape.radius_m**4 * np.cos(aspect) ** 2 * lobes)


def swerling_case(shape: Shape) -> int:
    """How a shape's cross-section fluctuates from look to look, for `swerling.detection_probability`."""
    if isinstance(shape, Sphere):
        return 0
    return 3 if isinstance(shape, Cylinder) and not shape.tumbling else 1


def _sizes(shape: str, **sizes: float) -> None:
    problems = [
        f"{shape}.{name} = {value:g} is impossible: give a number above 0"
        for name, value in sizes.items()
        if not (math.isfinite(value) and value > 0.0)
    ]
    if problems:
        raise TocsinError(problems)
