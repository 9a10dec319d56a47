"""Gaps: samples too far apart to say what lies between them; and more samples where there are too few."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.interchange.between import LEAST, between, cubic_error, values
from tocsin.interchange.ephemeris import Ephemeris

Array = NDArray[np.float64]

LIMIT_M = 30.0  # assumed: the range noise of one look of a good radar
CUBIC_M = 1.0


def refuse_gaps(t: Array, r: Array, v: Array, place: Callable[[int], str]) -> None:
    """Raises TocsinError where samples r, v (n, 3) at t (n,) leave it open what lies between two of them.

    Open is what two fits of different degree put more than LIMIT_M apart (`between`): a free low orbit by
    some 8 minutes without a sample, an ascent by a few seconds; and what lies beside a wrong figure. What
    is smooth between two samples is known to that or better; a short burn there may hide some hundreds of
    metres, and so may a wrong figure. Velocities that are not those of the positions fail everywhere, and
    are told as that. `place(i)` says where sample i stands, as `path:line`.
    """
    if len(t) < LEAST:
        raise TocsinError(
            f"{place(len(t) - 1)}: too few samples ({len(t)}); give {LEAST} or more, so that what lies "
            f"between them can be judged"
        )
    error = between(t, r, v).error
    bad = np.flatnonzero(~(error <= LIMIT_M))
    if not len(bad):
        return
    i = int(bad[0])
    open_by = f"what lies between is open by {_length(float(error[i]))} (at most {LIMIT_M:g} m)"
    if 2 * len(bad) > len(error):
        raise TocsinError(
            f"{place(i + 1)}: {t[i + 1] - t[i]:.6g} s after the sample before, {open_by}, as between "
            f"{len(bad)} of {len(error)} pairs; give velocities that are the positions' rate in the same "
            f"frame and unit, more digits, or samples closer together"
        )
    raise TocsinError(
        f"{place(i + 1)}: a gap of {t[i + 1] - t[i]:.6g} s before this sample: {open_by}; "
        f"give the samples in between, or correct a wrong figure here"
    )


def refined(ephemeris: Ephemeris) -> Ephemeris:
    """The ephemeris with samples put in between, so that the cubic of `motion.Path` is within CUBIC_M.

    It is within that of the polynomial of degree 7 of `between`, on which the new samples lie: an interval
    that a cubic leaves by e is cut into (e / CUBIC_M)^(1/4) parts. The samples that were there stay.
    """
    t, r, v = ephemeris.t, ephemeris.r_ecef, ephemeris.v_ecef
    fit = between(t, r, v)
    parts = np.ceil((cubic_error(fit, np.diff(t)) / CUBIC_M) ** 0.25).clip(min=1.0).astype(np.intp)
    which = np.repeat(np.arange(len(parts)), parts)
    step = np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)
    since = step / parts[which] * np.diff(t)[which]
    more_r, more_v = values(fit, which, since)
    kept = (step == 0)[:, None]
    return replace(
        ephemeris,
        t=np.append(t[which] + since, t[-1]),
        r_ecef=np.concatenate([np.where(kept, r[which], more_r), r[-1:]]),
        v_ecef=np.concatenate([np.where(kept, v[which], more_v), v[-1:]]),
    )


def _length(metres: float) -> str:
    if metres < 99.95:
        return f"{metres:.1f} m"
    return f"{metres:.0f} m" if metres < 9999.5 else f"{metres / 1e3:.0f} km"
