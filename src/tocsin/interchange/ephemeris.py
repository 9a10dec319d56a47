"""An ephemeris: where one object is at a series of times, as other people's files tell it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ephemeris:
    """Samples of one object's motion in Earth-fixed axes.

    t (n,) TAI s, finite, strictly increasing, n at least 4; r_ecef (n, 3) m; v_ecef (n, 3) m/s relative to
    the rotating Earth. `useable_start` and `useable_stop` (TAI s) lie within t: outside them the samples
    only serve interpolation.
    """

    name: str
    object_id: str
    t: Array
    r_ecef: Array
    v_ecef: Array
    useable_start: float
    useable_stop: float
