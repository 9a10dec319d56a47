"""Frames of a telescope taken together, where there are many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.looks import Looks, joined

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


SPANS_S = (2.0, 4.0, 8.0)
LEFT_S = 2.0


def fewer(looks: Looks, most: int) -> Looks:
    """The looks of telescopes with those of each one within 2, 4 or 8 s as one: the shortest span that leaves
    at most so many, or the longest.
    """
    found = looks
    for span in SPANS_S:
        if len(found) <= most:
            return found
        found = together(looks, span)
    return found


def together(looks: Looks, within_s: float) -> Looks:
    """The looks of telescopes with those of each one within so many seconds, counted from the first, as one.

    t, z and r_s are means weighed by 1 / sigma^2, and sigma^-2 the sum: over T seconds a thrust of 30 m/s2
    bends the path by a T^2 / 24, 80 m in 8 s, where eight looks at 1 Hz are off by some 700 m. The last two
    seconds are left as they are, since a boost's state is told at the last look. looks in order of time; so
    is the answer.
    """
    old = looks.t <= looks.t.max(initial=0.0) - LEFT_S
    if not old.any():
        return looks
    return joined([_made_one(looks.where(old), within_s), looks.where(~old)])


def _made_one(looks: Looks, within_s: float) -> Looks:
    """Those of each sensor within so many seconds as one."""
    cell = np.floor((looks.t - looks.t[0]) / within_s).astype(np.int64)
    pairs = np.stack([cell, looks.channel], axis=1)
    _, first, part = np.unique(pairs, axis=0, return_index=True, return_inverse=True)
    part = part.ravel()
    weight = looks.sigma[:, :2] ** -2.0
    t = looks.t[0] + _mean(part, looks.t[:, None] - looks.t[0], weight[:, :1])[:, 0]
    z, sigma = looks.z[first].copy(), looks.sigma[first].copy()
    z[:, :2] = _mean(part, looks.z[:, :2], weight)
    sigma[:, :2] = _sum(part, weight) ** -0.5
    place = _mean(part, looks.r_sensor, weight[:, :1])
    order = np.lexsort((looks.channel[first], t))
    return Looks(t, looks.channel[first], z, sigma, place).where(order)


def _sum(part: Ints, a: Array) -> Array:
    """Sums of the rows of a (n, k) by their part (n,)."""
    out = np.zeros((part.max() + 1, a.shape[1]))
    np.add.at(out, part, a)
    return out


def _mean(part: Ints, a: Array, weight: Array) -> Array:
    """Means of the rows of a (n, k) by their part (n,), weighed by (n, 1 or k)."""
    return np.asarray(_sum(part, a * weight) / _sum(part, np.broadcast_to(weight, a.shape)))
