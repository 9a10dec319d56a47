"""A span cut out of an ephemeris."""

from dataclasses import replace

import numpy as np

from tocsin.errors import TocsinError
from tocsin.interchange.between import between, values
from tocsin.interchange.ephemeris import Ephemeris


def cut(ephemeris: Ephemeris, start: float, stop: float, also: tuple[float, ...] = ()) -> Ephemeris:
    """What of an ephemeris is useable from start to stop (TAI s), with samples at both ends and at `also`.

    The new samples lie on the polynomials of degree 7 of `between`; the others stay as they are. Raises
    TocsinError where the two spans do not overlap.
    """
    t = ephemeris.t
    first, last = max(start, ephemeris.useable_start), min(stop, ephemeris.useable_stop)
    if not first < last:
        raise TocsinError(f"{ephemeris.name}: no sample lies in the span that is wanted")
    inside = (t > first) & (t < last)
    new = np.array([first, *(s for s in also if first < s < last and s not in t), last])
    which = np.clip(np.searchsorted(t, new, side="right") - 1, 0, len(t) - 2)
    r, v = values(between(t, ephemeris.r_ecef, ephemeris.v_ecef), which, new - t[which])
    when = np.concatenate([t[inside], new])
    order = np.argsort(when, kind="stable")
    return replace(
        ephemeris,
        t=when[order],
        r_ecef=np.concatenate([ephemeris.r_ecef[inside], r])[order],
        v_ecef=np.concatenate([ephemeris.v_ecef[inside], v])[order],
        useable_start=first,
        useable_stop=last,
    )
