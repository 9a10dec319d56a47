"""The beam of a radar's array: which way it looks, how strong an echo is in it, and how well it measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.echo.accuracy import ACCURACY, Accuracy, angle_covariance, angle_sigma, range_sigma
from tocsin.sensor.echo.air import Air
from tocsin.sensor.echo.chirp import coupling_time, residual_sigma
from tocsin.sensor.echo.equation import LOSSES, Losses, atmospheric_loss, off_boresight, scan_loss, snr
from tocsin.sensor.echo.multipath import GROUND, Ground, multipath_sigma
from tocsin.sensor.echo.swerling import threshold

Array = NDArray[np.float64]

FACE_DEG = 120.0  # the widest sector of one face; a wider one has several, or turns


@final
@dataclass(frozen=True)
class Beam:
    """What one array makes of an echo, by itself: signal over the losses of steering and air, and noise.

    SNR = SNR_ref rcs (R_ref / R)^4 / losses. Noise follows from the measured power, bandwidth and beamwidth,
    wider off the boresight and, in elevation, low over the ground.
    """

    site: RadarSite
    losses: Losses = LOSSES
    accuracy: Accuracy = ACCURACY
    ground: Ground = GROUND
    refraction: bool = True

    @cached_property
    def r_ecef(self) -> Array:
        """The site (3,) m."""
        s = self.site
        return np.asarray(ecef_from_geodetic(np.radians(s.lat_deg), np.radians(s.lon_deg), s.height_m))

    @property
    def wavelength_m(self) -> float:
        """Wavelength, m."""
        return C_LIGHT / self.site.frequency_hz

    @property
    def range_cell_m(self) -> float:
        """What it can tell apart in range, m: c / 2B."""
        return C_LIGHT / (2.0 * self.site.bandwidth_hz)

    @property
    def beamwidth(self) -> float:
        """Half-power width on the boresight, rad."""
        return float(np.radians(self.site.beamwidth_deg))

    @property
    def threshold(self) -> float:
        """The power over mean noise from which an echo is a look."""
        return float(threshold(self.site.false_alarm_probability))

    @property
    def air(self) -> Air:
        """The air that its looks are corrected for."""
        s = self.site
        return Air(s.frequency_hz, s.surface_refractivity, s.tecu)

    @property
    def between(self) -> Air | None:
        """The air between it and what it looks at; None where refraction is left out."""
        return self.air if self.refraction else None

    def boresight(self, azimuth: Array) -> Array:
        """Azimuth (n,) rad of the boresight of the face that looks toward azimuths (n,) rad of the sector."""
        s = self.site
        faces = int(np.ceil(s.sector_deg / FACE_DEG - 1e-9))
        width = np.radians(s.sector_deg / faces)
        offset = (azimuth - np.radians(s.az_start_deg)) % (2 * np.pi)
        return np.asarray(np.radians(s.az_start_deg) + width * (np.minimum(offset // width, faces - 1) + 0.5))

    def loss(self, azimuth: Array, elevation: Array) -> Array:
        """What steering and air take (n,) of looks this way (n,) rad, there and back: 1 or more."""
        angle = off_boresight(azimuth, elevation, self.boresight(azimuth), np.radians(self.site.tilt_deg))
        return scan_loss(angle, self.losses) * atmospheric_loss(np.maximum(elevation, 0.0), self.losses)

    def snr(self, values: Array, rcs_m2: Array) -> Array:
        """Mean signal-to-noise power ratio (n,) of looks at values (n, 3) of cross-sections (n,) m2."""
        s = self.site
        reference = 10.0 ** (s.reference_snr_db / 10.0)
        loss = self.loss(values[:, 1], values[:, 2])
        return snr(values[:, 0], rcs_m2, reference, s.reference_range_km * 1e3, loss)

    @property
    def coupling_m(self) -> float:
        """1-sigma range error m that the correction of the chirp's coupling leaves in each look.

        The chirp adds range rate times f T / B, and the radar takes it off again with a range rate of the
        site's `coupling_rate_m_s`, in error anew in each look: so that error alone stays, times f T / B.
        """
        s = self.site
        ahead = coupling_time(s.frequency_hz, s.pulse_s, s.bandwidth_hz, "up")
        return float(residual_sigma(s.coupling_rate_m_s, ahead))

    def noise(self, snr: Array, values: Array) -> Array:
        """1-sigma noise (n, 3) of looks with these signal-to-noise ratios (n,), at values (n, 3), by the
        receiver and, in range, what is left of the chirp's coupling.
        """
        s = self.site
        sigma = angle_sigma(snr, self.beamwidth, self.accuracy)
        azimuth, elevation = values[:, 1], values[:, 2]
        wide = angle_covariance(sigma, azimuth, elevation, self.boresight(azimuth), np.radians(s.tilt_deg))
        range_ = np.hypot(range_sigma(snr, s.bandwidth_hz, self.accuracy), self.coupling_m)
        return np.stack([range_, np.sqrt(wide[:, 0, 0]), np.sqrt(wide[:, 1, 1])], axis=-1)

    def image_sigma(self, elevation: Array) -> Array:
        """1-sigma elevation error rad (n,) from the echo's image in the ground, at elevations (n,) rad."""
        return multipath_sigma(np.maximum(elevation, 0.0), self.beamwidth, self.ground)

    def sigmas(self, noise: Array, elevation: Array) -> Array:
        """1-sigma errors (n, 3) of looks as they are declared: noise (n, 3) and, in elevation, the image."""
        sigma = noise.copy()
        sigma[:, 2] = np.hypot(noise[:, 2], self.image_sigma(elevation))
        return sigma
