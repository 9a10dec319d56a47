"""A warning radar (Voronezh): echoes, their detection, and range, azimuth and elevation with their errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.path import Path
from tocsin.sensor.echo.accuracy import ACCURACY, Accuracy, angle_covariance, angle_sigma, range_sigma
from tocsin.sensor.echo.air import Air
from tocsin.sensor.echo.clutter import ClutterMap, draw_clutter, joined
from tocsin.sensor.echo.equation import LOSSES, Losses, atmospheric_loss, off_boresight, scan_loss, snr
from tocsin.sensor.echo.multipath import GROUND, Ground, multipath_sigma
from tocsin.sensor.echo.schedule import SCHEDULE, Schedule
from tocsin.sensor.echo.swerling import draw_false_power, mean_snr_of, threshold
from tocsin.sensor.radarlooks import looks_at
from tocsin.sensor.scan import Scan, by_frame

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

ASSUMED_DETECTION = 0.9
FACE_DEG = 120.0  # the widest sector of one face; a wider one has several, or turns


@final
@dataclass(frozen=True)
class Radar:
    """One array at one site, looked at as signal first, then detection, then accuracy.

    SNR = SNR_ref rcs (R_ref / R)^4 over the losses of steering and air; the echo fluctuates after Swerling,
    and is a look where its power passes -ln P_fa. Noise follows from the measured power, bandwidth and
    beamwidth, wider off the boresight and, in elevation, low over the ground. What the chirp's coupling adds
    to the range is declared corrected. Fixed errors per site: range, azimuth, elevation, clock, and what is
    left of the refraction of troposphere and ionosphere. No accuracy of these radars is published.
    """

    site: RadarSite
    losses: Losses = LOSSES
    accuracy: Accuracy = ACCURACY
    ground: Ground = GROUND
    schedule: Schedule = SCHEDULE
    refraction: bool = True
    clutter: tuple[ClutterMap, ...] = ()

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
    def wavelength_m(self) -> float:
        """Wavelength, m."""
        return C_LIGHT / self.site.frequency_hz

    @property
    def air(self) -> Air:
        """The air that its looks are corrected for."""
        s = self.site
        return Air(s.frequency_hz, s.surface_refractivity, s.tecu)

    @property
    def false_density(self) -> float:
        """False looks per scan, metre and square radian, over the instrumented volume."""
        s = self.site
        angles = np.radians(s.sector_deg) * np.radians(s.el_max_deg - s.el_min_deg)
        return float(max(s.false_looks_per_scan, 1e-3) / (angles * (s.range_max_km - s.range_min_km) * 1e3))

    @property
    def bias_sigma(self) -> Array:
        """1-sigma priors of the fixed errors (6,): m, rad, rad, s, and the parts of each refraction left."""
        s = self.site
        angle = np.radians(s.bias_angle_deg)
        return np.array([s.bias_range_m, angle, angle, s.clock_s, s.troposphere_scale, s.ionosphere_scale])

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of the fixed errors (6,)."""
        return rng.normal(0.0, self.bias_sigma)

    def in_view(self, values: Array, under: float = 0.0) -> Bools:
        """Whether looks (n, 3) lie within sector, elevation and range limits, or so little (rad) too low."""
        s = self.site
        offset = (np.degrees(values[:, 1]) - s.az_start_deg) % 360.0
        el, rng_km = np.degrees(values[:, 2]), values[:, 0] / 1e3
        return np.asarray(
            (offset <= s.sector_deg)
            & (el >= s.el_min_deg - np.degrees(under))
            & (el <= s.el_max_deg)
            & (rng_km >= s.range_min_km)
            & (rng_km <= s.range_max_km)
        )

    def boresight(self, azimuth: Array) -> Array:
        """Azimuth (n,) rad of the boresight of the face that looks toward azimuths (n,) rad of the sector."""
        s = self.site
        faces = int(np.ceil(s.sector_deg / FACE_DEG - 1e-9))
        width = np.radians(s.sector_deg / faces)
        offset = (azimuth - np.radians(s.az_start_deg)) % (2 * np.pi)
        return np.asarray(np.radians(s.az_start_deg) + width * (np.minimum(offset // width, faces - 1) + 0.5))

    def snr(self, values: Array, rcs_m2: Array) -> Array:
        """Mean signal-to-noise power ratio (n,) of looks at values (n, 3) of cross-sections (n,) m2."""
        s = self.site
        tilt = np.radians(s.tilt_deg)
        angle = off_boresight(values[:, 1], values[:, 2], self.boresight(values[:, 1]), tilt)
        loss = scan_loss(angle, self.losses) * atmospheric_loss(np.maximum(values[:, 2], 0.0), self.losses)
        reference = 10.0 ** (s.reference_snr_db / 10.0)
        return snr(values[:, 0], rcs_m2, reference, s.reference_range_km * 1e3, loss)

    def noise(self, snr: Array, values: Array) -> Array:
        """1-sigma noise (n, 3) of looks with these signal-to-noise ratios (n,), at values (n, 3), by the
        receiver alone.
        """
        s = self.site
        sigma = angle_sigma(snr, np.radians(s.beamwidth_deg), self.accuracy)
        azimuth, elevation = values[:, 1], values[:, 2]
        wide = angle_covariance(sigma, azimuth, elevation, self.boresight(azimuth), np.radians(s.tilt_deg))
        range_ = range_sigma(snr, s.bandwidth_hz, self.accuracy)
        return np.stack([range_, np.sqrt(wide[:, 0, 0]), np.sqrt(wide[:, 1, 1])], axis=-1)

    def image_sigma(self, elevation: Array) -> Array:
        """1-sigma elevation error rad (n,) from the echo's image in the ground, at elevations (n,) rad."""
        beam = np.radians(self.site.beamwidth_deg)
        return multipath_sigma(np.maximum(elevation, 0.0), beam, self.ground)

    def sigmas(self, snr: Array, values: Array) -> Array:
        """1-sigma errors (n, 3) of looks as they are declared: the noise and, in elevation, the image."""
        sigma = self.noise(snr, values)
        sigma[:, 2] = np.hypot(sigma[:, 2], self.image_sigma(values[:, 2]))
        return sigma

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
        seen, shed = looks_at(self, paths, t, bias, rng)
        false_frame, clutter, faint = self._clutter(len(t), rng)
        values = np.concatenate([seen.values, clutter])
        values[:, 1] %= 2 * np.pi
        sigmas = np.concatenate([seen.sigmas, self.sigmas(faint, clutter)])
        ratio = np.concatenate([seen.snr, faint])
        rows = by_frame(np.concatenate([seen.frame, false_frame]), len(t))
        return tuple(
            Scan(
                sensor=self.key,
                kind="radar",
                origin=origin,
                t=float(t[i]),
                r_ecef=self.r_ecef,
                t_look=np.full(len(mine), t[i]),
                values=values[mine],
                sigmas=sigmas[mine],
                snr=ratio[mine],
                shed=int(shed[i]),
            )
            for i, mine in enumerate(rows)
        )

    def _clutter(self, frames: int, rng: np.random.Generator) -> tuple[NDArray[np.int64], Array, Array]:
        """Frames (n,), values (n, 3) and snr (n,) of false looks: even over the volume, and clutter."""
        s = self.site
        k = np.repeat(np.arange(frames), rng.poisson(s.false_looks_per_scan, frames))
        azimuth = np.radians(s.az_start_deg + s.sector_deg * rng.random(len(k)))
        elevation = np.radians(rng.uniform(s.el_min_deg, s.el_max_deg, len(k)))
        distance = rng.uniform(s.range_min_km, s.range_max_km, len(k)) * 1e3
        even = np.stack([distance, azimuth, elevation], axis=-1)
        least = float(threshold(s.false_alarm_probability))
        drawn = joined(*(draw_clutter(c, frames * s.revisit_s, least, rng) for c in self.clutter))
        faint = np.concatenate([draw_false_power(s.false_alarm_probability, len(k), rng), drawn.power])
        when = np.concatenate([k, rng.integers(0, max(frames, 1), len(drawn))])
        return when, np.concatenate([even, drawn.values]), mean_snr_of(faint)
