"""An infrared telescope on a satellite (Tundra, Oko): signal, then detection, then the line of sight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Elements, Satellite
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.path import Path
from tocsin.sensor.infrared.background import BACKGROUND, Background, background_factor
from tocsin.sensor.infrared.centroid import CENTROID, Centroid
from tocsin.sensor.infrared.cloud_looks import CloudLooks
from tocsin.sensor.infrared.cover import CloudCover
from tocsin.sensor.infrared.detector import (
    DETECTOR,
    Detector,
    amplitude_ratio,
    detection_probability,
    irradiance,
    line_noise,
    power_ratio,
)
from tocsin.sensor.infrared.field import FAR_M, field_solid_angle, in_field
from tocsin.sensor.infrared.glints import Glints
from tocsin.sensor.infrared.pointing import POINTING, Pointing
from tocsin.sensor.infrared.sunfield import SUN_LIMITS, SunLimits
from tocsin.sensor.infrared.sunlit import HIGH_CLOUD, HighCloud
from tocsin.sensor.infrared.transmission import ABSORBERS, Absorbers, transmission, zenith_angle
from tocsin.sensor.labels import Labels, ones
from tocsin.sensor.light import Seen
from tocsin.sensor.scan import Scan, by_frame
from tocsin.sensor.telescopelooks import cloud_looks, frames_of, glint_looks, joined, looks_at, noise_looks

Array = NDArray[np.float64]

TYPICAL_W_SR = 1e5  # an upper stage, far away: what the tracker reckons with


@final
@dataclass(frozen=True)
class Telescope:
    """A staring sensor with the whole disc of the Earth in view, or its limb; every figure of it is assumed.

    A look is had of what shines above the cloud top, while the satellite is above `min_altitude_m` and the
    Earth is not between: E = I tau / R^2 against the noise of the background behind, detected where E / noise
    plus a normal deviate passes the threshold. The line of sight is that to the bright middle when the light
    left it, with white noise by the signal, and errors that all looks of a frame share: jitter, drift and a
    fixed bias. The Sun near the field raises the noise, and within its exclusion angle the frame is blind.
    clouds: the run's cloud tops, shared by all telescopes; None is the catalogue's height everywhere.
    sunlit: how sunlit high cloud becomes false looks; None leaves them out. glints: cells of cloud as bright
    as plumes, at given times. Aberration is taken as corrected on board, with the satellite's own velocity.
    """

    satellite: Satellite
    elements: Elements
    phase_s: float = 0.0
    detector: Detector = DETECTOR
    pointing: Pointing = POINTING
    centroid: Centroid = CENTROID
    absorbers: Absorbers = ABSORBERS
    background: Background = BACKGROUND
    sun_limits: SunLimits = SUN_LIMITS
    high_cloud: HighCloud = HIGH_CLOUD
    clouds: CloudCover | None = None
    sunlit: CloudLooks | None = None
    glints: Glints | None = None

    @property
    def key(self) -> str:
        """The satellite's key in the catalogue."""
        return self.satellite.key

    @property
    def frame_s(self) -> float:
        """Time between frames, s."""
        return self.satellite.frame_s

    @cached_property
    def detection(self) -> float:
        """Probability of a look of a typical engine in view, as the tracker reckons."""
        amplitude = amplitude_ratio(irradiance(TYPICAL_W_SR, 1.0, FAR_M), 1.1, self.detector)
        return min(float(detection_probability(amplitude, self.detector)), 0.98)

    @property
    def false_density(self) -> float:
        """False looks of noise per frame and square radian, over the field from above."""
        return max(self.satellite.false_looks_per_frame, 1e-3) / field_solid_angle(self.satellite)

    @property
    def bias_sigma(self) -> Array:
        """1-sigma priors of the fixed errors (3,): pointing on two axes, rad, and the clock, s."""
        return np.array([self.pointing.bias_rad, self.pointing.bias_rad, self.satellite.clock_s])

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of the fixed errors (3,)."""
        return rng.normal(0.0, self.bias_sigma)

    def sees(self, r: Array, r_satellite: Array) -> NDArray[np.bool_]:
        """Whether what shines at r (n, 3) is in view of a satellite at r_satellite (n, 3), however faint.

        Above the cloud top, in the field, the satellite high enough, and no ground between: also beyond the
        limb.
        """
        return np.asarray(self._arriving(r, r_satellite) > 0.0)

    def amplitude(self, light: Seen, r_satellite: Array, r_sun: Array) -> Array:
        """Amplitude signal-to-noise (n,) of what is seen, from satellite and Sun at (n, 3) m."""
        distance = np.linalg.norm(light.r - r_satellite, axis=-1)
        arriving = irradiance(light.intensity, self._arriving(light.r, r_satellite), distance)
        factor = background_factor(light.r, r_satellite, r_sun, self.background, self.absorbers)
        return amplitude_ratio(arriving, factor, self.detector)

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
        return tuple(scan for scan, _ in self.labelled(paths, t0, t1, bias, origin, rng))

    def labelled(
        self,
        paths: tuple[Path, ...],
        t0: float,
        t1: float,
        bias: Array,
        origin: str,
        rng: np.random.Generator,
    ) -> tuple[tuple[Scan, Labels], ...]:
        """The same scans, each with the paths behind its looks."""
        t = np.arange(t0 + self.phase_s + self.frame_s, t1 + 1e-6, self.frame_s)
        if len(t) == 0:
            return ()
        at = frames_of(self, t, bias, rng)
        false = noise_looks, cloud_looks, glint_looks
        looks = joined(looks_at(self, paths, at, rng), *(of(self, at, rng) for of in false))
        sigmas = line_noise(looks.amplitude, self.detector)
        snr = power_ratio(looks.amplitude)
        rows = by_frame(looks.frame, len(t))
        scans = (
            Scan(
                sensor=self.key,
                kind="telescope",
                origin=origin,
                t=float(t[i]),
                r_ecef=at.r[i],
                t_look=np.full(len(mine), t[i]),
                values=looks.values[mine],
                sigmas=np.repeat(sigmas[mine, None], 2, axis=1),
                snr=snr[mine],
                blind=bool(np.isinf(at.noise[i])),
            )
            for i, mine in enumerate(rows)
        )
        return tuple((scan, ones(looks.body[mine])) for scan, mine in zip(scans, rows, strict=True))

    def _arriving(self, r: Array, r_satellite: Array) -> Array:
        """Part (n,) of the light from r (n, 3) that the air, the cloud and the Earth let through, 0 outside
        the field and while the satellite at r_satellite (n, 3) is too low.
        """
        s = self.satellite
        high = np.linalg.norm(r_satellite, axis=-1) - R_EQ >= s.min_altitude_m
        lat, lon, height = geodetic_from_ecef(r)
        cloud = s.cloud_height_m if self.clouds is None else self.clouds.top(lat, lon)
        through = transmission(height, zenith_angle(r, r_satellite), cloud, self.absorbers)
        seen = np.flatnonzero(high & (through > 0.0))
        out = np.zeros(len(r))
        out[seen] = through[seen] * in_field(s, r[seen], r_satellite[seen])
        return out
