"""A warning radar (Voronezh): range, azimuth and elevation of whatever crosses its sector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.path import Path
from tocsin.sensor.light import bodies_of, seen_from
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
ASSUMED_DETECTION = 0.9


@dataclass(frozen=True)
class Radar:
    """One array at one site, looked at as signal first, then detection, then accuracy.

    SNR = SNR_ref rcs (R_ref / R)^4; P_d = P_fa^(1 / (1 + SNR)) (Swerling 1); the noise of each channel is
    its stated sigma at the reference SNR times sqrt(SNR_ref / SNR), never below a fifth of it; azimuth noise
    grows as 1 / cos(elevation). Fixed biases per site in range, azimuth and elevation. Refraction is taken
    as corrected. All accuracies are assumed: none is published.
    """

    site: RadarSite

    @property
    def key(self) -> str:
        """The array's key in the catalogue."""
        return self.site.key

    @cached_property
    def r_ecef(self) -> Array:
        """The site (3,) m."""
        s = self.site
        return np.asarray(ecef_from_geodetic(np.radians(s.lat_deg), np.radians(s.lon_deg), s.height_m))

    @property
    def frame_s(self) -> float:
        """Time between revisits, s."""
        return self.site.revisit_s

    @property
    def detection(self) -> float:
        """Probability of a look that the tracker reckons with: assumed, for the cross-section is unknown."""
        return ASSUMED_DETECTION

    @property
    def false_density(self) -> float:
        """False looks per scan, metre and square radian, over the instrumented volume."""
        s = self.site
        width = (s.az_end_deg - s.az_start_deg) % 360.0 or 360.0
        angles = np.radians(width) * np.radians(s.el_max_deg - s.el_min_deg)
        return float(max(s.false_looks_per_scan, 1e-3) / (angles * (s.range_max_km - s.range_min_km) * 1e3))

    @property
    def bias_sigma(self) -> Array:
        """1-sigma priors of the fixed errors (3,): m, rad, rad."""
        angle = np.radians(self.site.bias_angle_deg)
        return np.array([self.site.bias_range_m, angle, angle])

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of the fixed errors (3,)."""
        return rng.normal(0.0, self.bias_sigma)

    def in_view(self, values: Array) -> NDArray[np.bool_]:
        """Whether looks (n, 3) lie within sector, elevation and range limits."""
        s = self.site
        width = (s.az_end_deg - s.az_start_deg) % 360.0 or 360.0
        offset = (np.degrees(values[:, 1]) - s.az_start_deg) % 360.0
        el, rng_km = np.degrees(values[:, 2]), values[:, 0] / 1e3
        return (
            (offset <= width)
            & (el >= s.el_min_deg)
            & (el <= s.el_max_deg)
            & (rng_km >= s.range_min_km)
            & (rng_km <= s.range_max_km)
        )

    def snr(self, range_m: Array, rcs_m2: float) -> Array:
        """Signal-to-noise power ratio (n,) of a look at range_m (n,)."""
        reference = 10.0 ** (self.site.reference_snr_db / 10.0)
        return np.asarray(reference * rcs_m2 * (self.site.reference_range_km * 1e3 / range_m) ** 4)

    def sigmas(self, snr: Array, elevation: Array) -> Array:
        """1-sigma noise (n, 3) of looks with these signal-to-noise ratios (n,)."""
        reference = 10.0 ** (self.site.reference_snr_db / 10.0)
        scale = np.maximum(np.sqrt(reference / np.maximum(snr, 1e-3)), 0.2)
        angle = np.radians(self.site.sigma_angle_deg) * scale
        return np.stack([self.site.sigma_range_m * scale, angle / np.cos(elevation), angle], axis=-1)

    def scans(
        self,
        paths: tuple[Path, ...],
        t0: float,
        t1: float,
        bias: Array,
        origin: str,
        rng: np.random.Generator,
    ) -> tuple[Scan, ...]:
        """One scan a revisit, with the looks that were detected and a few that are false."""
        s = self.site
        t = np.arange(t0 + s.revisit_s * rng.random(), t1 + 1e-6, s.revisit_s)
        r_s = np.broadcast_to(self.r_ecef, (len(t), 3))
        zero = np.zeros((len(t), 3))
        threshold = -np.log(s.false_alarm_probability)
        seen = np.zeros((len(paths), len(t)), dtype=bool)
        values = np.zeros((len(paths), len(t), 3))
        sigmas = np.zeros((len(paths), len(t), 3))
        snr = np.zeros((len(paths), len(t)))
        echoes = seen_from(bodies_of(paths), t, r_s)
        for i, path in enumerate(paths):
            mine = echoes.where(echoes.body == i)
            there = mine.frame
            # `r` is already where the echo left from, so the equation is asked without a velocity.
            true, _ = range_azimuth_elevation(mine.r, zero[there], r_s[there])
            mean = self.snr(true[:, 0], path.rcs_m2)
            # Swerling 1: echo plus noise is exponential, so a threshold of -ln P_fa gives the stated P_d.
            power = (1.0 + mean) * rng.exponential(1.0, len(mean))
            snr[i, there] = np.maximum(power - 1.0, 1.0)
            seen[i, there] = self.in_view(true) & (power > threshold)
            sigmas[i, there] = self.sigmas(snr[i, there], true[:, 2])
            values[i, there] = true + bias + rng.normal(size=true.shape) * sigmas[i, there]
        false = rng.poisson(s.false_looks_per_scan, len(t))
        out = []
        for k in range(len(t)):
            clutter = self._clutter(int(false[k]), rng)
            faint = np.full(len(clutter), threshold)
            z = np.concatenate([values[seen[:, k], k], clutter])
            z[:, 1] %= 2 * np.pi
            out.append(
                Scan(
                    sensor=self.key,
                    kind="radar",
                    origin=origin,
                    t=float(t[k]),
                    r_ecef=self.r_ecef,
                    t_look=np.full(len(z), t[k]),
                    values=z,
                    sigmas=np.concatenate([sigmas[seen[:, k], k], self.sigmas(faint, clutter[:, 2])]),
                    snr=np.concatenate([snr[seen[:, k], k], faint]),
                )
            )
        return tuple(out)

    def _clutter(self, n: int, rng: np.random.Generator) -> Array:
        """False looks (n, 3), uniform over the instrumented volume."""
        s = self.site
        width = (s.az_end_deg - s.az_start_deg) % 360.0 or 360.0
        azimuth = np.radians(s.az_start_deg + width * rng.random(n))
        elevation = np.radians(rng.uniform(s.el_min_deg, s.el_max_deg, n))
        return np.stack([rng.uniform(s.range_min_km, s.range_max_km, n) * 1e3, azimuth, elevation], axis=-1)
