"""Samples read from a file: times that increase, places that are somewhere, each with its line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError

Array = NDArray[np.float64]

# Below the ground everywhere, and beyond where the Earth holds anything against the Sun.
_NEAREST_M, _FURTHEST_M = 6.34e6, 1.6e9
# That far out the turning Earth alone makes 117 km/s; a meteor, 73 km/s.
_FASTEST_M_S = 2e5
_CLOSEST_S = 5e-8  # half of what a double of TAI seconds tells apart today


@dataclass(frozen=True, slots=True)
class Samples:
    """t (n,) TAI s; r_ecef (n, 3) m, v_ecef (n, 3) m/s; line (n,) of the file for each."""

    t: Array
    r_ecef: Array
    v_ecef: Array
    line: NDArray[np.intp]


def refuse_disorder(path: str, t: Array, line: NDArray[np.intp]) -> None:
    """Raises TocsinError where a time does not come after the one before."""
    late = np.flatnonzero(np.diff(t) < _CLOSEST_S)
    if len(late):
        i = int(late[0])
        same = abs(t[i + 1] - t[i]) < _CLOSEST_S
        what = "is the same as" if same else f"is {t[i] - t[i + 1]:.6g} s before"
        raise TocsinError(
            f"{path}:{line[i + 1]}: its time {what} that of line {line[i]}; "
            f"put the rows in order of time, each once"
        )


def refuse_nowhere(path: str, r: Array, line: NDArray[np.intp]) -> None:
    """Raises TocsinError for a position deep in the Earth or far beyond its hold, often another unit's."""
    distance = _size(r)
    out = np.flatnonzero(~((distance > _NEAREST_M) & (distance < _FURTHEST_M)))
    if len(out):
        i = int(out[0])
        raise TocsinError(
            f"{path}:{line[i]}: {distance[i] / 1e3:.6g} km from the Earth's centre; give places between "
            f"{_NEAREST_M / 1e3:.0f} and {_FURTHEST_M / 1e3:.0f} km from it, in the unit that the file states"
        )


def refuse_haste(path: str, v: Array, line: NDArray[np.intp]) -> None:
    """Raises TocsinError for a velocity beyond what the Earth and the Sun make, often another unit's."""
    speed = _size(v)
    out = np.flatnonzero(~(speed < _FASTEST_M_S))
    if len(out):
        i = int(out[0])
        raise TocsinError(
            f"{path}:{line[i]}: moves at {speed[i] / 1e3:.6g} km/s; give less than "
            f"{_FASTEST_M_S / 1e3:.0f} km/s, in the unit that the file states"
        )


def _size(vectors: Array) -> Array:
    """Lengths (n,) of vectors (n, 3); infinity where that is more than a double holds."""
    with np.errstate(over="ignore"):
        return np.asarray(np.linalg.norm(vectors, axis=1))
