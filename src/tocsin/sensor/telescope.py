"""An infrared telescope on a satellite (Tundra): lines of sight to a burning engine above the clouds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Elements, Satellite
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path
from tocsin.sensor.light import bodies_of, seen_from
from tocsin.sensor.measurement import nadir_axes
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
ASSUMED_SNR = 20.0
ASSUMED_MIN_ELEVATION = math.radians(5.0)


@dataclass(frozen=True, slots=True)
class Telescope:
    """A staring sensor with the whole disc of the Earth in view; every figure of it is assumed.

    A look is had of an engine that burns above the cloud top while the satellite is above `min_altitude_m`
    and at least 5 deg above the engine's horizon; it is the line of sight with white noise and a fixed
    bias per satellite. Aberration is taken as corrected on board.
    """

    satellite: Satellite
    elements: Elements
    phase_s: float = 0.0

    @property
    def key(self) -> str:
        """The satellite's key in the catalogue."""
        return self.satellite.key

    @property
    def frame_s(self) -> float:
        """Time between frames, s."""
        return self.satellite.frame_s

    @property
    def detection(self) -> float:
        """Probability of a look of an engine in view."""
        return self.satellite.detection_probability

    @property
    def false_density(self) -> float:
        """False looks per frame and square radian, over a disc of 8.6 deg radius."""
        return max(self.satellite.false_looks_per_frame, 1e-3) / (math.pi * 0.15**2)

    @property
    def bias_sigma(self) -> Array:
        """1-sigma prior of the pointing bias (2,) rad."""
        return np.full(2, self.satellite.bias_rad)

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of the pointing bias (2,) rad."""
        return rng.normal(0.0, self.satellite.bias_rad, 2)

    def sees(self, r: Array, r_satellite: Array) -> NDArray[np.bool_]:
        """Whether a burning engine at r (n, 3) is in view of the satellite at r_satellite (n, 3)."""
        d = r_satellite - r
        lat, lon, h = geodetic_from_ecef(r)
        up = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)
        sine = np.sum(d * up, axis=-1) / np.linalg.norm(d, axis=-1)
        high = np.linalg.norm(r_satellite, axis=-1) - R_EQ >= self.satellite.min_altitude_m
        above = sine >= math.sin(ASSUMED_MIN_ELEVATION)
        return np.asarray((h >= self.satellite.cloud_height_m) & above & high)

    def scans(
        self,
        paths: tuple[Path, ...],
        t0: float,
        t1: float,
        bias: Array,
        origin: str,
        rng: np.random.Generator,
    ) -> tuple[Scan, ...]:
        """One scan a frame, with the looks that were detected and a few that are false."""
        s = self.satellite
        t = np.arange(t0 + self.phase_s + s.frame_s, t1 + 1e-6, s.frame_s)
        r_s, _ = satellite_states(self.elements, t)
        east, north, nadir = nadir_axes(r_s)
        seen = np.zeros((len(paths), len(t)), dtype=bool)
        angles = np.zeros((len(paths), len(t), 2))
        light = seen_from(bodies_of(paths), t, r_s, glowing=True)
        k = light.frame
        d = light.r - r_s[k]
        w = np.sum(d * nadir[k], axis=-1)
        angles[light.body, k, 0] = np.arctan2(np.sum(d * east[k], axis=-1), w)
        angles[light.body, k, 1] = np.arctan2(np.sum(d * north[k], axis=-1), w)
        seen[light.body, k] = self.sees(light.r, r_s[k])
        seen &= rng.random(seen.shape) < s.detection_probability
        angles += bias + rng.normal(0.0, s.noise_rad, angles.shape)
        false = rng.poisson(s.false_looks_per_frame, len(t))
        disc = np.arcsin(R_EQ / np.linalg.norm(r_s, axis=-1))
        scans = []
        for k in range(len(t)):
            radius = disc[k] * np.sqrt(rng.random(false[k]))
            turn = rng.uniform(0.0, 2 * np.pi, false[k])
            clutter = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=-1)
            values = np.concatenate([angles[seen[:, k], k], clutter])
            n = len(values)
            scans.append(
                Scan(
                    sensor=self.key,
                    kind="telescope",
                    origin=origin,
                    t=float(t[k]),
                    r_ecef=r_s[k],
                    t_look=np.full(n, t[k]),
                    values=values,
                    sigmas=np.full((n, 2), s.noise_rad),
                    snr=np.full(n, ASSUMED_SNR),
                )
            )
        return tuple(scans)
