"""The Sun in the mirror of level ice plates: how bright, and where on the Earth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.given import numbers

Array = NDArray[np.float64]
ROUNDS = 60
SAME = 1e-9  # rad


def mirrored(incidence: Array, tilt: Array, share: float, width: float, refraction: float) -> Array:
    """What level plates add to a cloud's phase function (...), for the half-vector's tilt (...) rad.

    p = pi f R(i) exp(-tan(tilt)^2 / (2 w^2)) / (2 pi w^2), R Fresnel's reflection of unpolarised light, w the
    width (rad): a thin plate turns F A R cos(i) of the Sun's flux F, and a tilt in 1 sr sends it into
    4 cos(i) sr; f is the share of plates among the crystals by area. incidence i: half the angle between Sun
    and satellite (rad); tilt: of their half-vector from the local vertical.
    """
    ci = np.cos(incidence)
    # Beyond the critical angle of a medium thinner than air all is reflected: rs = rp = 1.
    ct = np.sqrt(1.0 - np.minimum(np.sin(incidence) / refraction, 1.0) ** 2)
    rs = (ci - refraction * ct) / (ci + refraction * ct)
    rp = (refraction * ci - ct) / (refraction * ci + ct)
    spread = np.exp(-0.5 * (np.tan(np.minimum(tilt, 1.5)) / width) ** 2) / (2.0 * np.pi * width**2)
    return np.asarray(np.pi * share * 0.5 * (rs**2 + rp**2) * spread)


def mirror_point(r_satellite: Array, r_sun: Array, height_m: float) -> Array:
    """Where a level mirror at a height shows satellites (n, 3) the Sun at (n, 3) or (3,): (n, 3) m.

    The point whose vertical halves the angle between the two, by taking again and again the point whose
    vertical is the half-vector of the last; a round gains a factor 3 or more. NaN where there is none: Sun
    or satellite would be below the horizon.
    """
    s, sun = np.broadcast_arrays(numbers("satellite (m)", r_satellite), numbers("Sun (m)", r_sun))
    half = _half(np.zeros_like(s), s, sun)
    for _ in range(ROUNDS):
        up = half
        r = ecef_from_geodetic(np.arcsin(up[..., 2]), np.arctan2(up[..., 1], up[..., 0]), height_m)
        half = _half(r, s, sun)
    there = (np.sum(up * (s - r), axis=-1) > 0.0) & (np.linalg.norm(half - up, axis=-1) < SAME)
    return np.where(there[..., None], r, np.nan)


def _half(r: Array, s: Array, sun: Array) -> Array:
    a, b = s - r, sun - r
    h = a / np.linalg.norm(a, axis=-1, keepdims=True) + b / np.linalg.norm(b, axis=-1, keepdims=True)
    return np.asarray(h / np.linalg.norm(h, axis=-1, keepdims=True))
