"""The states of an ephemeris at any times."""

import numpy as np

from tocsin.interchange.between import between, values
from tocsin.interchange.ephemeris import Array, Ephemeris


def states_at(ephemeris: Ephemeris, t: Array) -> Array:
    """Earth-fixed states (m, 6) at times t (m,) by the polynomials of `between`; NaN where not useable."""
    found = between(ephemeris.t, ephemeris.r_ecef, ephemeris.v_ecef)
    which = np.clip(np.searchsorted(ephemeris.t, t, side="right") - 1, 0, len(ephemeris.t) - 2)
    r, v = values(found, which, t - ephemeris.t[which])
    x = np.concatenate([r, v], axis=1)
    x[(t < ephemeris.useable_start) | (t > ephemeris.useable_stop)] = np.nan
    return x
