"""Sunlit high cloud in a telescope's field: which patches give false looks, how many, and the looks drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Satellite
from tocsin.sensor.infrared.cloud_looks import (
    CLOUD_LOOKS,
    CloudLooks,
    draw_brightness,
    draw_false_looks,
    false_looks,
)
from tocsin.sensor.infrared.field import in_field
from tocsin.sensor.infrared.patches import Patches, globe, limb_ring
from tocsin.sensor.infrared.sunlit import HIGH_CLOUD, HighCloud, sunlit
from tocsin.sensor.infrared.transmission import ABSORBERS, Absorbers
from tocsin.sensor.measurement import focal_values

Array = NDArray[np.float64]
# 505 km apart over the globe: ten times as many change the mean of a day by less than a twentieth.
ON_LIMB, ON_GLOBE = 180, 2000
LEAST_SINE = -0.1  # of the Sun's elevation on what it may light: from below, the Earth is between up to 30 km


@final
@dataclass(frozen=True, slots=True, eq=False)
class BrightCloud:
    """Patches in the field that the Sun may light: their index (n,) and mean false looks a frame (n,).

    noise: of the frame over that in the dark.
    """

    patches: Patches
    index: Array
    mean: Array
    noise: float


def bright_cloud(
    satellite: Satellite,
    r_satellite: Array,
    r_sun: Array,
    noise: float,
    looks: CloudLooks = CLOUD_LOOKS,
    cloud: HighCloud = HIGH_CLOUD,
    absorbers: Absorbers = ABSORBERS,
) -> BrightCloud:
    """The cloud round the limb and over the globe for a satellite and a Sun, each (3,) m, Earth-fixed."""
    ring = limb_ring(r_satellite, ON_LIMB, cloud.height_m, cloud.thickness_m)
    disc = globe(r_satellite, ON_GLOBE, cloud.height_m)
    both = Patches(
        np.concatenate([ring.r, disc.r]),
        np.concatenate([ring.solid_angle, disc.solid_angle]),
        np.concatenate([ring.wide, disc.wide]),
    )
    lit = both.r @ r_sun > LEAST_SINE * np.linalg.norm(both.r, axis=-1) * np.linalg.norm(r_sun)
    patches = both.where(lit)
    patches = patches.where(in_field(satellite, patches.r, np.broadcast_to(r_satellite, patches.r.shape)))
    index = sunlit(patches.r, r_satellite, r_sun, cloud, absorbers).index
    return BrightCloud(patches, index, false_looks(index, patches.solid_angle, noise, looks), noise)


def draw_cloud_looks(
    bright: BrightCloud,
    r_satellite: Array,
    rng: np.random.Generator,
    looks: CloudLooks = CLOUD_LOOKS,
) -> tuple[NDArray[np.int64], Array, Array]:
    """Frame (n,), focal angles (n, 2) rad and brightness over the threshold (n,) of the looks of some frames.

    r_satellite (k, 3) m: in each of the frames, for which the same cloud stands. A look lies anywhere in its
    patch.
    """
    frame, patch = draw_false_looks(bright.mean, len(r_satellite), rng)
    patches = bright.patches
    middle = focal_values(patches.r[patch], r_satellite[frame])
    out = middle / np.linalg.norm(middle, axis=-1, keepdims=True)
    along = np.stack([-out[:, 1], out[:, 0]], axis=-1)
    wide = patches.wide[patch]
    sides = np.stack([wide, patches.solid_angle[patch] / wide], axis=-1)
    off = sides * rng.uniform(-0.5, 0.5, sides.shape)
    values = middle + off[:, :1] * along + off[:, 1:] * out
    brightness = draw_brightness(bright.index[patch], np.full(len(patch), bright.noise), rng, looks)
    return frame, values, brightness
