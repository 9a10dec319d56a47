"""Records by hand: one look a row, as (bodies, track) or (bodies, track, sensor)."""

import numpy as np

from tocsin.sensor.labels import Labels
from tocsin.study.association.record import Record


def record(rows, by, size=None) -> Record:
    """The record of these rows; by: of each track, how many of its looks confirmed it, 0 never; size: of how
    many bodies each is."""
    start = np.cumsum([0, *(len(r[0]) for r in rows)]).astype(np.int64)
    body = np.array([b for r in rows for b in r[0]], dtype=np.int64)
    return Record(
        Labels(start, body, np.empty(0, dtype=np.int64)),
        np.array([r[2] if len(r) > 2 else 0 for r in rows], dtype=np.int64),
        np.array([r[1] for r in rows], dtype=np.int64),
        np.array(list(by), dtype=np.int64),
        np.array(list(by.values()), dtype=np.int64),
        None if size is None else np.array(size, dtype=np.int64),
    )
