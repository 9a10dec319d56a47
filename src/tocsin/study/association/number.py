"""How many objects there are, and how many the tracker says there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@final
@dataclass(frozen=True, slots=True, eq=False)
class CountError:
    """Tracks less objects (k,) at each time, above 0 where the tracker has too many."""

    error: Ints

    @property
    def mean(self) -> float:
        """Mean error."""
        return float(self.error.mean())

    @property
    def rms(self) -> float:
        """Root mean square error."""
        return float(np.sqrt(np.mean(np.square(self.error, dtype=np.float64))))


def count_error(objects: Ints, tracks: Ints) -> CountError:
    """The error of the count at each time: objects that there are (k,), tracks that there are (k,)."""
    return CountError(np.asarray(tracks) - np.asarray(objects))


def alive(t: Array, begin: Array, end: Array) -> Ints:
    """How many spans [begin, end) (n,) hold each time t (k,)."""
    started = np.searchsorted(np.sort(begin), t, side="right")
    ended = np.searchsorted(np.sort(end), t, side="right")
    return np.asarray(started - ended, dtype=np.int64)
