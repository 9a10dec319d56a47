"""Looks of a radar before they are scans: one table for all frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.labels import Labels, nobody, one_after_another

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True)
class Looks:
    """Looks: frame (n,), values and sigmas (n, 3), snr (n,); rate and its sigma (n,) m/s, both or neither.

    made_by: the bodies behind them, which no scan tells; None where nothing is.
    """

    frame: Ints
    values: Array
    sigmas: Array
    snr: Array
    rate: Array | None = None
    rate_sigma: Array | None = None
    made_by: Labels | None = None

    @property
    def labels(self) -> Labels:
        """The bodies behind each look."""
        return nobody(len(self.frame)) if self.made_by is None else self.made_by


def no_looks(rates: bool) -> Looks:
    """None at all, with range rates or without."""
    none, rows = np.empty(0), np.empty((0, 3))
    frame = np.empty(0, dtype=np.int64)
    return Looks(frame, rows, rows, none, none, none) if rates else Looks(frame, rows, rows, none)


def together(*parts: Looks) -> Looks:
    """Tables one after the other; range rates, where each has them."""

    def each(name: str) -> Array | None:
        columns = [getattr(p, name) for p in parts]
        return None if any(c is None for c in columns) else np.concatenate(columns)

    return Looks(
        np.concatenate([p.frame for p in parts]),
        np.concatenate([p.values for p in parts]),
        np.concatenate([p.sigmas for p in parts]),
        np.concatenate([p.snr for p in parts]),
        each("rate"),
        each("rate_sigma"),
        one_after_another(*(p.labels for p in parts)),
    )
