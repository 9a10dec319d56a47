"""False looks from sunlit high cloud: how many a frame, where, and how bright."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.normal import normal_tail

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True)
class CloudLooks:
    """How brightness becomes false looks; the index is that of `sunlit`."""

    threshold: float = assumed(10.0, 3.0, 30.0, "", "index at which a cell of cloud looks like a plume")
    patchiness: float = assumed(0.6, 0.3, 1.0, "", "1-sigma of the logarithm of brightness among cells")
    cover: float = assumed(0.2, 0.05, 0.5, "", "share of cells with high cloud; ISCCP's mean is 0.2")
    cell: float = assumed(1e-3, 0.3e-3, 3e-3, "rad", "side of a cell, 40 km at apogee")
    # With 0.01 some winter days would give a false look every four frames, all day long.
    flicker: float = assumed(0.002, 0.0005, 0.02, "", "share of too bright cells that appear new in a frame")

    def __post_init__(self) -> None:
        check_assumed(self)
        for name in ("cover", "flicker"):
            if getattr(self, name) > 1.0:
                raise TocsinError(f"CloudLooks.{name} = {getattr(self, name):g} is no share: give 1 or less")


CLOUD_LOOKS = CloudLooks()


def false_looks(
    index: ArrayLike, solid_angle: ArrayLike, noise: ArrayLike = 1.0, looks: CloudLooks = CLOUD_LOOKS
) -> Array:
    """Mean number (n,) of false looks a frame from patches of an index (n,) and solid angle (n,) sr.

    flicker cover (Omega / cell^2) Q(ln(threshold noise / index) / patchiness), Q the normal tail: cells of
    one patch are as bright as its index times a log-normal factor. noise: of the frame over that in the dark
    (`sun_field`); none are had while it is infinite.
    """
    bright, size, louder = np.broadcast_arrays(
        numbers("index", index, 0.0), numbers("solid angle (sr)", solid_angle, 0.0), np.asarray(noise, float)
    )
    if not np.all(louder >= 1.0):
        raise TocsinError("noise: below 1 or no number; give the noise over that in the dark, 1 or more")
    there = (bright > 0.0) & np.isfinite(louder)
    short = np.log(looks.threshold * np.where(there, louder, 1.0)) - np.log(np.where(there, bright, 1.0))
    each = np.where(there, normal_tail(short / looks.patchiness), 0.0)
    return looks.flicker * looks.cover / looks.cell**2 * size * each


def draw_false_looks(mean: ArrayLike, frames: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Frame and patch (n,) of every false look in a number of frames, by frame.

    mean: that of each patch a frame (n,); the number is drawn from Poisson's distribution.
    """
    if frames < 0:
        raise TocsinError(f"frames: {frames} cannot be drawn: give 0 or more")
    each = numbers("mean of false looks", mean, 0.0)
    counts = rng.poisson(each.sum(), frames)
    total = int(counts.sum())
    patch = np.searchsorted(np.cumsum(each), each.sum() * rng.random(total), side="right")
    return np.repeat(np.arange(frames), counts), np.minimum(patch, max(len(each) - 1, 0))


def draw_brightness(
    index: ArrayLike, noise: ArrayLike, rng: np.random.Generator, looks: CloudLooks = CLOUD_LOOKS
) -> Array:
    """Brightness (n,) over the threshold, 1 or more, of looks from patches of an index (n,) in such noise.

    index exp(patchiness x) / (threshold noise), x a normal deviate given that this passes 1, by inversion.
    """
    bright, louder = numbers("index", index, 0.0), numbers("noise", noise, 1.0)
    short = np.log(looks.threshold * louder) - np.log(bright)
    tail = normal_tail(short / looks.patchiness) * (1.0 - rng.random(len(short)))
    x = np.array([-NormalDist().inv_cdf(p) for p in tail], dtype=np.float64)
    return np.asarray(np.maximum(np.exp(looks.patchiness * x - short), 1.0))
