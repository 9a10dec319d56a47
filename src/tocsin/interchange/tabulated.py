"""From positions tabulated in time to an ephemeris."""

import numpy as np

from tocsin.errors import TocsinError
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.gaps import refuse_gaps
from tocsin.interchange.lagrange import POINTS, lagrange
from tocsin.interchange.samples import Array, refuse_disorder, refuse_nowhere


def tabulated(name: str, object_id: str, path: str, t: Array, r: Array, line: Array) -> Ephemeris:
    """The ephemeris of positions r (n, 3) m at t (n,) TAI s, velocities by Lagrange's interpolation.

    Useable is what has half of the interpolation's samples on either side. Raises TocsinError, at the line of
    the sample, for too few, for times that do not increase, and for gaps and wrong figures (`refuse_gaps`).
    """
    lines = line.astype(np.intp)
    least = POINTS + 2
    if len(t) < least:
        raise TocsinError(f"{path}:{lines[-1]}: {len(t)} positions of {name}; give {least} or more")
    refuse_disorder(path, t, lines)
    refuse_nowhere(path, r, lines)
    v = lagrange(t, r, t)[1]

    refuse_gaps(t, r, v, lambda i: f"{path}:{lines[i]}")
    inner = POINTS // 2 - 1
    return Ephemeris(name, object_id, t, r, v, float(t[inner]), float(t[-1 - inner]))
