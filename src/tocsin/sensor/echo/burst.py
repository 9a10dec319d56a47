"""The Sun in a radar's beam: noise that a quiet Sun or a radio burst adds, and what it costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.bodies import sun_ecef
from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import range_az_el
from tocsin.sensor.echo.equation import off_boresight
from tocsin.sensor.echo.power import BOLTZMANN
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
SFU = 1e-22  # W/m2/Hz, a solar flux unit
# 23 May 1967 at 606 MHz (Knipp et al., Space Weather 14, 2016, doi 10.1002/2016SW001423; the figure is
# recalled, not read there). That it was as strong at 440 MHz is assumed (plausible: 1e5 to 4e5).
BURST_1967_SFU = 373e3
# The Sun without spots: Hz and sfu, recalled, good to a factor of 2.
QUIET_SUN = ((100e6, 2.5), (150e6, 6.0), (200e6, 10.0), (400e6, 27.0), (600e6, 36.0), (1000e6, 45.0))
RISEN = math.radians(-0.6)  # geometric elevation from which refraction lifts the Sun over a level horizon


@final
@dataclass(frozen=True, slots=True)
class Pattern:
    """What a beam gains one way off its axis, its sidelobes by their crests."""

    first_db: float = assumed(25.0, 13.0, 35.0, "dB", "first sidelobe under the main lobe")
    fall: float = assumed(2.5, 2.0, 3.5, "", "power of the angle by which the sidelobes fall")
    far_gain: float = assumed(1.0, 0.1, 3.0, "", "gain of the far sidelobes; 1 is that of no antenna")

    def __post_init__(self) -> None:
        check_assumed(self)


PATTERN = Pattern()


def quiet_flux(frequency_hz: ArrayLike) -> Array:
    """Flux (...) sfu of the Sun without spots or bursts, 100 MHz to 1 GHz, interpolated in logarithms."""
    f = numbers("frequency (Hz)", frequency_hz, QUIET_SUN[0][0], QUIET_SUN[-1][0])
    known_f, known_s = np.log(QUIET_SUN).T
    return np.asarray(np.exp(np.interp(np.log(f), known_f, known_s)))


def beam_gain(beamwidth: ArrayLike) -> Array:
    """Gain (...) of a pencil beam of a half-power width (rad): 26,000 / deg^2, 38.1 dB at 2 deg.

    Textbook (Stutzman and Thiele, Antenna Theory and Design; recalled); 41,253 would have no sidelobes.
    """
    return np.asarray(26_000.0 / np.degrees(positive("beamwidth (rad)", beamwidth)) ** 2)


def off_axis_gain(
    angle: ArrayLike, gain: ArrayLike, beamwidth: ArrayLike, pattern: Pattern = PATTERN
) -> Array:
    """One-way gain (...) `angle` rad off a beam's axis: the greatest of main lobe, sidelobes and far ones.

    G 2^(-4 x^2), G s x^-fall from x = 1 on, and far_gain, x = angle / beamwidth (half power); never above G.
    """
    g = positive("gain", gain)
    x = np.abs(numbers("angle (rad)", angle)) / positive("beamwidth (rad)", beamwidth)
    main = g * np.exp2(-4.0 * x * x)
    side = np.where(x < 1.0, 0.0, g * 10.0 ** (-0.1 * pattern.first_db) * np.maximum(x, 1.0) ** -pattern.fall)
    return np.minimum(g, np.maximum(np.maximum(main, side), pattern.far_gain))


def antenna_temperature(
    flux_sfu: ArrayLike, gain: ArrayLike, frequency_hz: ArrayLike, received: float = 0.5
) -> Array:
    """Noise temperature (...) K that a flux adds: received S G lambda^2 / (4 pi k).

    received: the share in the antenna's polarisation, a half for a burst without one, up to 1 for a wholly
    polarised one. The Sun is a point: in a beam narrower than its 0.5 deg this is too much. Source: Kraus,
    Radio Astronomy.
    """
    area = (
        positive("gain", gain) * (C_LIGHT / positive("frequency (Hz)", frequency_hz)) ** 2 / (4.0 * math.pi)
    )
    share = float(numbers("received share", received, 0.0, 1.0))
    return np.asarray(share * SFU * numbers("flux (sfu)", flux_sfu, 0.0) * area / BOLTZMANN)


def sun_direction(t_tai: ArrayLike, lat: float, lon: float, height_m: float = 0.0) -> tuple[Array, Array]:
    """Azimuth and geometric elevation (n,) rad of the Sun at times (n,) from a geodetic site (rad, m)."""
    seen = range_az_el(sun_ecef(t_tai), ecef_from_geodetic(lat, lon, height_m), lat, lon)
    return seen[:, 1], seen[:, 2]


def sun_loss(
    sun_azimuth: ArrayLike,
    sun_elevation: ArrayLike,
    azimuth: ArrayLike,
    elevation: ArrayLike,
    flux_sfu: ArrayLike,
    frequency_hz: float,
    gain: float,
    beamwidth: float,
    noise_temperature_k: float,
    pattern: Pattern = PATTERN,
    received: float = 0.5,
) -> Array:
    """By how much (...) the Sun lowers a look's signal-to-noise: 1 + T_sun / T_noise, 1 with the Sun set.

    The look and the Sun by azimuth and elevation (rad), with the flux all broadcast; gain and half-power
    beamwidth (rad) are those of reception, noise_temperature_k that of the system without the Sun.
    """
    sun_el = numbers("elevation of the Sun (rad)", sun_elevation, -np.pi / 2, np.pi / 2)
    angle = off_boresight(sun_azimuth, sun_el, azimuth, elevation)
    seen = off_axis_gain(angle, gain, beamwidth, pattern)
    added = antenna_temperature(flux_sfu, seen, frequency_hz, received)
    noise = positive("noise temperature (K)", noise_temperature_k)
    return np.asarray(1.0 + np.where(sun_el > RISEN, added, 0.0) / noise)
