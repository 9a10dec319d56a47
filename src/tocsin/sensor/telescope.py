"""An infrared telescope on a satellite (Tundra): signal, then detection, then the line of sight."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Elements, Satellite
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path
from tocsin.sensor.infrared.background import BACKGROUND, Background, background_factor
from tocsin.sensor.infrared.centroid import CENTROID, Centroid, seen_point
from tocsin.sensor.infrared.detector import (
    DETECTOR,
    Detector,
    amplitude_ratio,
    detection_probability,
    draw_amplitude,
    draw_false_amplitude,
    irradiance,
    line_noise,
    power_ratio,
)
from tocsin.sensor.infrared.pointing import POINTING, Pointing, draw
from tocsin.sensor.infrared.sunfield import SUN_LIMITS, SunLimits, sun_field
from tocsin.sensor.infrared.transmission import ABSORBERS, Absorbers, transmission, zenith_angle
from tocsin.sensor.light import Seen, bodies_of, seen_from
from tocsin.sensor.measurement import focal_values
from tocsin.sensor.scan import Scan, by_frame

Array = NDArray[np.float64]

TYPICAL_W_SR = 1e5  # an upper stage, 40,000 km away: what the tracker reckons with
TYPICAL_M = 4e7
DISC_RAD = 0.15  # the radius of the Earth's disc from there
SUN_STEP_S = 300.0  # in which the Sun moves by a degree and a quarter: enough for what is lit


@final
@dataclass(frozen=True)
class Telescope:
    """A staring sensor with the whole disc of the Earth in view; every figure of it is assumed.

    A look is had of what shines above the cloud top, while the satellite is above `min_altitude_m` and the
    Earth is not between: E = I tau / R^2 against the noise of the background behind, detected where E / noise
    plus a normal deviate passes the threshold. The line of sight is that to the bright middle when the light
    left it, with white noise by the signal, and errors that all looks of a frame share: jitter, drift and a
    fixed bias. The Sun near the field raises the noise, and within its exclusion angle the frame is blind.
    Aberration is taken as corrected on board, with the satellite's own velocity.
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
        amplitude = amplitude_ratio(irradiance(TYPICAL_W_SR, 1.0, TYPICAL_M), 1.1, self.detector)
        return min(float(detection_probability(amplitude, self.detector)), 0.98)

    @property
    def false_density(self) -> float:
        """False looks per frame and square radian, over the Earth's disc from above."""
        return max(self.satellite.false_looks_per_frame, 1e-3) / (math.pi * DISC_RAD**2)

    @property
    def bias_sigma(self) -> Array:
        """1-sigma priors of the fixed errors (3,): pointing on two axes, rad, and the clock, s."""
        return np.array([self.pointing.bias_rad, self.pointing.bias_rad, self.satellite.clock_s])

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of the fixed errors (3,)."""
        return rng.normal(0.0, self.bias_sigma)

    def sees(self, r: Array, r_satellite: Array) -> NDArray[np.bool_]:
        """Whether what shines at r (n, 3) is in view of a satellite at r_satellite (n, 3), however faint.

        Above the cloud top, the satellite high enough, and no cloud or ground between: also beyond the limb.
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
        s = self.satellite
        t = np.arange(t0 + self.phase_s + s.frame_s, t1 + 1e-6, s.frame_s)
        if len(t) == 0:
            return ()
        true_t = t - bias[2]
        r_s, _ = satellite_states(self.elements, true_t)
        light = seen_from(bodies_of(paths), true_t, r_s, glowing=True)
        sun = sun_ecef(true_t[0] + SUN_STEP_S * np.arange(len(t) * s.frame_s // SUN_STEP_S + 2.0))
        r_sun = sun[np.minimum(((t - t[0]) / SUN_STEP_S).astype(int), len(sun) - 1)]
        glare = sun_field(r_s, r_sun, limits=self.sun_limits).noise
        amplitude = self.amplitude(light, r_s[light.frame], r_sun[light.frame]) / glare[light.frame]
        seen = draw_amplitude(amplitude, rng) > self.detector.threshold
        light, amplitude = light.where(seen), amplitude[seen]
        k = light.frame
        lag = np.array([p.lag for p in paths], dtype=np.float64)[light.body]
        middle = seen_point(light.r, light.v, geodetic_from_ecef(light.r)[2], lag, self.centroid)
        sigma = line_noise(amplitude, self.detector)
        common = bias[:2] + draw(t, replace(self.pointing, bias_rad=0.0), rng)
        true = focal_values(middle, r_s[k])
        values = true + common[k] + rng.standard_normal(true.shape) * sigma[:, None]
        false_k, false_values = self._clutter(r_s, np.isfinite(glare), rng)
        false_amplitude = draw_false_amplitude(len(false_k), rng, self.detector)
        sigmas = np.concatenate([sigma, line_noise(false_amplitude, self.detector)])
        rows = by_frame(np.concatenate([k, false_k]), len(t))
        values = np.concatenate([values, false_values])
        snr = power_ratio(np.concatenate([amplitude, false_amplitude]))
        return tuple(
            Scan(
                sensor=self.key,
                kind="telescope",
                origin=origin,
                t=float(t[i]),
                r_ecef=r_s[i],
                t_look=np.full(len(mine), t[i]),
                values=values[mine],
                sigmas=np.repeat(sigmas[mine, None], 2, axis=1),
                snr=snr[mine],
                blind=bool(np.isinf(glare[i])),
            )
            for i, mine in enumerate(rows)
        )

    def _arriving(self, r: Array, r_satellite: Array) -> Array:
        """Part (n,) of the light from r (n, 3) that the air, the cloud and the Earth let through, 0 while the
        satellite at r_satellite (n, 3) is too low.
        """
        high = np.linalg.norm(r_satellite, axis=-1) - R_EQ >= self.satellite.min_altitude_m
        zenith = zenith_angle(r, r_satellite)
        cloud = self.satellite.cloud_height_m
        return np.asarray(high * transmission(geodetic_from_ecef(r)[2], zenith, cloud, self.absorbers))

    def _clutter(
        self, r_s: Array, sees: NDArray[np.bool_], rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], Array]:
        """Frames (n,) and focal angles (n, 2) of false looks, even over the Earth's disc, where it sees."""
        count = rng.poisson(self.satellite.false_looks_per_frame, len(r_s)) * sees
        k = np.repeat(np.arange(len(r_s)), count)
        radius = np.arcsin(R_EQ / np.linalg.norm(r_s[k], axis=-1)) * np.sqrt(rng.random(len(k)))
        turn = rng.uniform(0.0, 2 * np.pi, len(k))
        return k, np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=-1)
