"""Bodies that no telescope can see even at their best: told before the costly light times are asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import B
from tocsin.sensor.infrared.detector import Detector, amplitude_ratio, irradiance
from tocsin.sensor.infrared.transmission import Absorbers, band_transmission
from tocsin.sensor.light import Bodies

# Amplitude at which what passes the threshold is the detector's noise, and counted as false looks already.
LOST = 0.1


def may_be_seen(
    bodies: Bodies, nearest_m: float, detector: Detector, absorbers: Absorbers
) -> NDArray[np.bool_]:
    """Which bodies (b,) a satellite may see that comes no nearer to the middle of the Earth than nearest_m.

    The brightest I tau(h, straight up) / (nearest_m - r)^2 against the noise in the dark, h and r the
    greatest height and distance from the middle that the body has at any time; the height is taken along
    the line from the middle, which is never below the geodetic one.
    """
    peak, height, radius = np.zeros(len(bodies)), np.zeros(len(bodies)), np.zeros(len(bodies))
    some = bodies.start[1:] > bodies.start[:-1]
    begin = bodies.start[:-1][some]
    if len(begin):
        x2, y2, z2 = bodies.r.T**2
        far = np.sqrt(x2 + y2 + z2)
        above = far * (1.0 - 1.0 / np.sqrt((x2 + y2) / R_EQ**2 + z2 / B**2))
        peak[some] = np.maximum.reduceat(bodies.intensity, begin)
        height[some] = np.maximum.reduceat(above, begin)
        radius[some] = np.maximum.reduceat(far, begin)
    out = peak > 0.0
    near = nearest_m - radius
    asked = np.flatnonzero(out & (near > 1.0))
    best = irradiance(
        peak[asked],
        band_transmission(np.maximum(height[asked], -1e3), np.zeros(len(asked)), absorbers),
        near[asked],
    )
    out[asked] = amplitude_ratio(best, 1.0, detector) > LOST
    return out
