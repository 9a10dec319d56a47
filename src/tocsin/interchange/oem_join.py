"""The segments of one object in an OEM, joined to one series of samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.interchange.gaps import LIMIT_M
from tocsin.interchange.oem_metadata import Metadata
from tocsin.interchange.samples import Samples
from tocsin.interchange.textfile import shown


@dataclass(frozen=True, slots=True)
class Part:
    """One segment; `start` and `stop` (TAI s) lie within its samples, and it is useable between them."""

    metadata: Metadata
    samples: Samples
    start: float
    stop: float


def part_of(path: str, metadata: Metadata, samples: Samples) -> Part:
    """Raises TocsinError where no sample is useable."""
    t = samples.t
    first, last = float(t[0]), float(t[-1])
    start = first if metadata.useable_start is None else max(first, metadata.useable_start)
    stop = last if metadata.useable_stop is None else min(last, metadata.useable_stop)
    if not np.any((t >= start) & (t <= stop)):
        raise TocsinError(
            f"{path}:{metadata.line}: no row of this segment is useable; correct USEABLE_START_TIME and "
            f"USEABLE_STOP_TIME"
        )
    return Part(metadata, samples, start, stop)


def joined(path: str, parts: Sequence[Part]) -> Samples:
    """The segments' samples as one series: of each what is useable, and of the first and last all the rest.

    The standard lets nobody interpolate from one segment to the next (502.0-B-3, 5.2.4.6), so what lies
    between them has to be as sure as within one (`refuse_gaps`). Raises TocsinError where useable spans
    overlap, and where position or velocity jumps from the one's last sample to the other's first.
    """
    whole = parts[0].samples
    for before, after in pairwise(parts):
        if after.start < before.stop:
            raise TocsinError(
                f"{path}:{after.metadata.line}: this segment of {shown(after.metadata.name)} overlaps the "
                f"one before by {before.stop - after.start:.6g} s; give segments in order of time whose "
                f"useable spans do not overlap"
            )
        early, late = (
            _only(whole, whole.t <= before.stop),
            _only(after.samples, after.samples.t >= after.start),
        )
        if early.t[-1] == late.t[0]:
            _refuse_jump(path, early, late, after.metadata.name)
            early = _only(early, early.t < late.t[0])
        whole = Samples(
            np.concatenate([early.t, late.t]),
            np.concatenate([early.r_ecef, late.r_ecef]),
            np.concatenate([early.v_ecef, late.v_ecef]),
            np.concatenate([early.line, late.line]),
        )
    return whole


def _only(samples: Samples, which: NDArray[np.bool_]) -> Samples:
    return Samples(samples.t[which], samples.r_ecef[which], samples.v_ecef[which], samples.line[which])


def _refuse_jump(path: str, early: Samples, late: Samples, name: str) -> None:
    """A burn where two segments meet leaves two velocities at one time, and a cubic has room for one.

    The wrong velocity at one end of an interval h moves the cubic by 4/27 h dv at most.
    """
    dr = float(np.linalg.norm(late.r_ecef[0] - early.r_ecef[-1]))
    dv = float(np.linalg.norm(late.v_ecef[0] - early.v_ecef[-1]))
    h = float(early.t[-1] - early.t[-2]) if len(early.t) > 1 else 0.0
    if dr > LIMIT_M or 4.0 / 27.0 * h * dv > LIMIT_M:
        raise TocsinError(
            f"{path}:{late.line[0]}: this segment of {shown(name)} begins {dr:.4g} m and {dv:.4g} m/s from "
            f"where the one before ends; give what follows a burn as an object of another name"
        )
