"""Noise with tails: whether residuals have them, and what each value still weighs then."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# A value in fifty with a noise four times as wide (assumed): a reflection, or a neighbour in the cell.
SHARE, SCALE = 0.02, 4.0
EVIDENT = 2.0  # ln of the likelihood ratio from which tails are believed
MOST_WIDE = 0.2  # of the values wide: more are no tails, but another motion


def has_tails(e: Array) -> bool:
    """Whether whitened residuals e (...) are likelier of a noise with tails than of a Gaussian one.

    sum ln(1 - q + q / k exp(e^2 (1 - 1 / k^2) / 2)) > 2, with a share q of k times the width. Of Gaussian
    residuals at most one set in seven says so, by Markov's inequality; in practice one in fifty.
    """
    ratio = np.logaddexp(np.log1p(-SHARE), np.log(SHARE / SCALE) + _gain(e))
    return bool(ratio[e != 0.0].sum() > EVIDENT)


def wide(e: Array) -> Array:
    """How likely each whitened residual e (...) comes from the wide noise, by Bayes' rule."""
    odds = np.log(SHARE / SCALE) - np.log1p(-SHARE) + _gain(e)
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def weight(e: Array) -> Array:
    """What each value (...) weighs beside one of the narrow noise: the mean of 1 / k^2 and 1 by `wide`.

    Weights of this kind, taken again at each solution, lead to the likeliest one (expectation maximisation:
    Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39 (1977), 1-38).
    """
    return np.asarray(1.0 - wide(e) * (1.0 - SCALE**-2.0))


def in_a_row(e: Array, channel: NDArray[np.int64]) -> bool:
    """Whether three looks of one channel running are likely wide in one value and to one side.

    e (n, m) in order of time. Tails do that once in a hundred arcs; another motion does it as a rule.
    """
    sides = np.sign(e) * (wide(e) > 0.5)
    for c in np.unique(channel):
        side = sides[channel == c]
        if np.any(np.abs(side[:-2] + side[1:-1] + side[2:]) == 3.0):
            return True
    return False


def _gain(e: Array) -> Array:
    return np.asarray(np.minimum(0.5 * np.square(e) * (1.0 - SCALE**-2.0), 600.0))
