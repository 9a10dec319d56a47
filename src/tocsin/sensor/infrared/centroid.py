"""The bright middle of a plume lies behind the body that it pushes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Centroid:
    """How far behind the body the middle may lie (the longest of 0 to 2 km), and where it is half of that."""

    longest_m: float = assumed(2e3, 0.0, 3e3, "m", "in vacuum, of the flight with the longest", zero=True)
    half_m: float = assumed(60e3, 40e3, 90e3, "m", "height at which it is half of that")

    def __post_init__(self) -> None:
        check_assumed(self)


CENTROID = Centroid()


def draw_scale(rng: np.random.Generator, shape: tuple[int, ...] = ()) -> Array:
    """A flight's scale, uniform from 0 to 1 (assumed): draw it once for a flight and run."""
    return np.asarray(rng.random(shape))


def offset_length(height_m: ArrayLike, centroid: Centroid = CENTROID) -> Array:
    """Length (...) m at heights (...) m for scale 1: longest h^2 / (h^2 + half^2); 0 at the ground and below.

    The shape is assumed: metres on the pad, where the flame is short, and level in vacuum.
    """
    h2 = np.maximum(numbers("height (m)", height_m), 0.0) ** 2
    return np.asarray(centroid.longest_m * h2 / (h2 + centroid.half_m**2))


def seen_point(
    r: Array, v: Array, height_m: ArrayLike, scale: ArrayLike, centroid: Centroid = CENTROID
) -> Array:
    """The point (n, 3) m that is seen of a body at r (n, 3) moving at v (n, 3): r - scale length v / |v|.

    v relative to the Earth; a body at rest is seen where it is. scale, one or (n,), from 0 to 1.
    """
    at, velocity = numbers("position (m)", r), numbers("velocity (m/s)", v)
    length = numbers("scale", scale, 0.0, 1.0) * offset_length(height_m, centroid)
    speed = np.linalg.norm(velocity, axis=-1)
    share = np.divide(length, speed, out=np.zeros(np.shape(speed)), where=speed > 0.0)
    return np.asarray(at - share[..., None] * velocity)
