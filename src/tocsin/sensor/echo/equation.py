"""The radar range equation, anchored on a stated reference, and its losses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.constants import R_EQ
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
LEAST_RCS_M2 = 0.1


@final
@dataclass(frozen=True, slots=True)
class Losses:
    """What the echo loses beside R^4. Each loss is of power, there and back, and at least 1."""

    scan_exponent: float = assumed(2.5, 2.0, 3.0, "", "both ways; 2 is the shrinking aperture alone")
    beam_shape_db: float = assumed(
        1.6, 0.0, 3.2, "dB", "mean of a search, beams a beamwidth apart", zero=True
    )
    zenith_db: float = assumed(0.03, 0.01, 0.06, "dB", "absorbed at the zenith, VHF and UHF", zero=True)
    absorber_m: float = assumed(6e3, 4e3, 8e3, "m", "thickness of the air that absorbs")

    def __post_init__(self) -> None:
        check_assumed(self)


LOSSES = Losses()


def snr(
    range_m: ArrayLike,
    rcs_m2: ArrayLike,
    reference_snr: ArrayLike,
    reference_range_m: ArrayLike,
    loss: ArrayLike = 1.0,
) -> Array:
    """Mean signal-to-noise power ratio of one look: snr_ref (rcs / 1 m2) (R_ref / R)^4 / loss.

    reference_snr is that of 1 m2 at reference_range_m on boresight, its constant losses included; loss is
    the product of those below that the reference has not. All broadcast. TocsinError for a range or loss
    that cannot be, and for a cross-section below 0.1 m2, which this model does not describe.
    """
    r = numbers("range (m)", range_m, 1.0)
    anchor = (
        positive("reference snr", reference_snr) * positive("reference range (m)", reference_range_m) ** 4
    )
    return np.asarray(anchor * _rcs(rcs_m2) / (r**4 * numbers("loss", loss, 1.0)))


def detection_range(
    rcs_m2: ArrayLike,
    snr: ArrayLike,
    reference_snr: ArrayLike,
    reference_range_m: ArrayLike,
    loss: ArrayLike = 1.0,
) -> Array:
    """Range m at which one look has the given snr: the inverse of `snr`, with the same arguments."""
    gain = positive("reference snr", reference_snr) / (positive("snr", snr) * numbers("loss", loss, 1.0))
    return np.asarray(positive("reference range (m)", reference_range_m) * (gain * _rcs(rcs_m2)) ** 0.25)


def off_boresight(
    azimuth: ArrayLike, elevation: ArrayLike, boresight_azimuth: ArrayLike, tilt: ArrayLike
) -> Array:
    """Angle rad from an array's boresight to a look, for a face tilted back from the vertical by `tilt`.

    cos = sin(el) sin(tilt) + cos(el) cos(tilt) cos(az - az_b), as a half-angle sum that keeps its digits.
    """
    el = numbers("elevation (rad)", elevation, -np.pi / 2, np.pi / 2)
    up = numbers("tilt (rad)", tilt, 0.0, np.pi / 2)
    turn = numbers("azimuth (rad)", azimuth) - numbers("boresight azimuth (rad)", boresight_azimuth)
    h = np.sin(0.5 * (el - up)) ** 2 + np.cos(el) * np.cos(up) * np.sin(0.5 * turn) ** 2
    return np.asarray(2.0 * np.arcsin(np.sqrt(np.minimum(h, 1.0))))


def scan_loss(angle: ArrayLike, losses: Losses = LOSSES) -> Array:
    """Loss of an array that looks `angle` rad off its boresight: cos(angle)^-p; infinite behind the face."""
    c = np.cos(numbers("angle off boresight (rad)", angle, 0.0, np.pi))
    c = np.where(c > 1e-12, c, 0.0)
    loss = np.full(c.shape, np.inf)
    np.divide(1.0, c**losses.scan_exponent, out=loss, where=c > 0.0)
    return loss


def beam_shape_loss(offset: ArrayLike, beamwidth: ArrayLike) -> Array:
    """Loss there and back of a body `offset` rad off a beam's axis: 2^(8 (offset / beamwidth)^2).

    A Gaussian beam, half power at half the beamwidth each way. Averaged over a search: `beam_shape_db`.
    """
    x = numbers("offset (rad)", offset) / positive("beamwidth (rad)", beamwidth)
    return np.asarray(np.exp2(8.0 * x * x))


def atmospheric_loss(elevation: ArrayLike, losses: Losses = LOSSES) -> Array:
    """Loss there and back through the whole air: the zenith's dB times the slant path in a layer of it.

    l = sqrt((R sin el)^2 + 2 R h + h^2) - R sin el, over h. With the defaults 1.4 dB along the horizon,
    0.5 dB at 3 deg.
    """
    up = R_EQ * np.sin(numbers("elevation (rad)", elevation, 0.0, np.pi / 2))
    h = losses.absorber_m
    slant = np.sqrt(up * up + 2.0 * R_EQ * h + h * h) - up
    return np.asarray(10.0 ** (0.1 * losses.zenith_db * slant / h))


def _rcs(rcs_m2: ArrayLike) -> Array:
    return numbers("cross-section (m2)", rcs_m2, LEAST_RCS_M2)
