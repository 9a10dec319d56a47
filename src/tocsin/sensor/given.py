"""What was given: refused where a figure cannot be."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError


def numbers(
    name: str, values: ArrayLike, least: float = -np.inf, most: float = np.inf
) -> NDArray[np.float64]:
    """The values as float64; TocsinError with `name` for one that is no number or not from least to most."""
    given = np.asarray(values, dtype=np.float64)
    good = np.isfinite(given) & (given >= least) & (given <= most)
    if not np.all(good):
        bad = float(given[~good].flat[0])
        limits = "" if np.isinf(least) else f" from {least:g}" + ("" if np.isinf(most) else f" to {most:g}")
        raise TocsinError(f"{name}: {bad:g} is not possible: give a finite number{limits}")
    return given


def positive(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """The values as float64; TocsinError with `name` for one that is no number above 0."""
    given = numbers(name, values)
    if not np.all(given > 0.0):
        raise TocsinError(f"{name}: {float(np.min(given)):g} is not possible: give a number above 0")
    return given
