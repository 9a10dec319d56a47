"""Whether something that rises through a fence is caught by one of its looks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]


def crossing_time(
    climb_m_s: ArrayLike, range_m: ArrayLike, beamwidth: ArrayLike, elevation: ArrayLike
) -> Array:
    """Time s in a fence one beamwidth (rad) thick: beamwidth R / (climb cos(el)).

    climb_m_s is the rate across the beam along the site's vertical; that along the range is left out.
    """
    el = numbers("elevation (rad)", elevation, 0.0, 1.5)
    across = positive("climb (m/s)", climb_m_s) * np.cos(el)
    return np.asarray(positive("beamwidth (rad)", beamwidth) * positive("range (m)", range_m) / across)


def catch_probability(crossing_s: ArrayLike, revisit_s: ArrayLike, detection: ArrayLike) -> Array:
    """Probability that a body in the fence for crossing_s is detected in at least one of its looks.

    The first look comes at a time uniform over a revisit, so it has m = floor(crossing / revisit) looks, or
    one more with probability f, the rest of that division: 1 - (1 - P)^m (1 - f P). The looks fluctuate
    independently (Swerling 1 and 3 from scan to scan) and have the same P across the beam.
    """
    looks = numbers("crossing time (s)", crossing_s, 0.0) / positive("revisit (s)", revisit_s)
    p = numbers("detection probability", detection, 0.0, 1.0)
    whole = np.floor(looks)
    return np.asarray(1.0 - (1.0 - p) ** whole * (1.0 - (looks - whole) * p))
