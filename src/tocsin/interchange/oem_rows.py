"""The rows of one segment of an OEM: epochs, positions and velocities; and its covariances, checked."""

import numpy as np

from tocsin.errors import TocsinError
from tocsin.interchange.epoch import tai_from_epoch
from tocsin.interchange.keyvalue import Entry
from tocsin.interchange.oem_blocks import Segment
from tocsin.interchange.oem_metadata import Metadata
from tocsin.interchange.samples import Samples, refuse_disorder, refuse_haste, refuse_nowhere
from tocsin.interchange.textfile import number, shown

OUTSIDE_S = 1e-3  # a rounding of START_TIME or STOP_TIME
SHORT_S = 1.0  # their rounding to seconds
_COLUMNS = "epoch x y z vx vy vz, then three accelerations or none"


def samples_of(path: str, segment: Segment, metadata: Metadata) -> Samples:
    """The rows in ITRS, m and m/s; accelerations are left.

    Raises TocsinError for a row that is not an epoch and 6 or 9 finite numbers, for times that do not
    increase or leave START_TIME to STOP_TIME, where the rows end short of either, and for places and
    velocities that cannot be.
    Source: CCSDS 502.0-B-3, 5.2.4.
    """
    t = np.empty(len(segment.rows))
    state = np.empty((len(segment.rows), 6))
    for i, row in enumerate(segment.rows):
        t[i], state[i] = _row(path, row, metadata.system)
    line = np.array([row.line for row in segment.rows], dtype=np.intp)
    refuse_disorder(path, t, line)
    outside = np.flatnonzero((t < metadata.start - OUTSIDE_S) | (t > metadata.stop + OUTSIDE_S))
    if len(outside):
        raise TocsinError(
            f"{path}:{line[outside[0]]}: its time is outside START_TIME to STOP_TIME; correct those, or "
            f"remove the row"
        )
    for key, short, at in (
        ("START_TIME", t[0] - metadata.start, line[0]),
        ("STOP_TIME", metadata.stop - t[-1], line[-1]),
    ):
        if short > SHORT_S:
            raise TocsinError(
                f"{path}:{at}: the rows leave out {short:.6g} s at {key}; get the whole file, or correct "
                f"{key}"
            )
    refuse_nowhere(path, state[:, :3], line)
    refuse_haste(path, state[:, 3:], line)
    r, v = metadata.to_itrs(t, state[:, :3], state[:, 3:])
    return Samples(t, r, v, line)


def _row(path: str, row: Entry, system: str) -> tuple[float, list[float]]:
    parts = row.value.split()
    place = f"{path}:{row.line}"
    if len(parts) not in (7, 10):
        raise TocsinError(f"{place}: not 7 or 10 columns but {len(parts)}; give {_COLUMNS}")
    figures = [number(part) for part in parts[1:]]
    if None in figures:
        wrong = parts[1 + figures.index(None)]
        raise TocsinError(f"{place}: '{shown(wrong)}' is not a finite number; give {_COLUMNS}")
    try:
        t = tai_from_epoch(parts[0], system)
    except TocsinError as error:
        raise TocsinError(f"{place}: {error}") from None
    return t, [1e3 * figure for figure in figures[:6] if figure is not None]


def check_covariances(path: str, segment: Segment, metadata: Metadata) -> None:
    """Raises TocsinError where a covariance is not an EPOCH and six rows of one to six finite numbers.

    COV_REF_FRAME may follow the EPOCH. A variance must not be negative. The figures are not kept. Source:
    CCSDS 502.0-B-3, 5.2.5.
    """
    rows, before = 6, ""
    for line, key, value in segment.covariances:
        place = f"{path}:{line}"
        if key == "EPOCH":
            if rows != 6:
                raise TocsinError(f"{place}: the covariance before has {rows} rows; give 6")
            rows = 0
            try:
                tai_from_epoch(value, metadata.system)
            except TocsinError as error:
                raise TocsinError(f"{place}: {error}") from None
        elif key and (before, key) != ("EPOCH", "COV_REF_FRAME"):
            raise TocsinError(
                f"{place}: {shown(key)} does not belong here; give EPOCH, COV_REF_FRAME and 6 rows"
            )
        elif not key:
            figures = [number(part) for part in value.split()]
            rows += 1
            if rows > 6 or len(figures) != rows or None in figures:
                raise TocsinError(
                    f"{place}: not row {rows} of a covariance; give EPOCH, then six rows of one to six "
                    f"finite numbers"
                )
            if (figures[-1] or 0.0) < 0.0:
                raise TocsinError(f"{place}: its variance is negative; correct or remove the covariance")
        before = key
    if rows != 6:
        raise TocsinError(
            f"{path}:{segment.covariances[-1].line}: the last covariance has {rows} rows; give 6"
        )
