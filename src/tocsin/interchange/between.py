"""What lies between samples of position and velocity, and how far it is from known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

LEAST = 4  # samples
_WHERE = np.array([0.25, 0.5, 0.75])


@dataclass(frozen=True, slots=True)
class Between:
    """One polynomial of degree 7 for each of n - 1 intervals, in Newton's form.

    z (n-1, 8): its nodes, s past the interval's start; c (n-1, 8, 3): its divided differences.
    `error` (n-1,) in m: by how much the quintic through three samples leaves it.
    """

    z: Array
    c: Array
    error: Array


def between(t: Array, r: Array, v: Array) -> Between:
    """Fit each interval of n >= 4 samples r, v (n, 3) at t (n,) by its ends and two more samples.

    p(x) = sum c_k w_k(x), w_k = product of (x - z_l) over l < k, every sample counted twice: once for its
    position, once for its velocity. The two more lie half an interval away or further, or as far as there
    are any, so that they tell something of it: one on each side, or both before, or both after, whichever
    agree best; for what is rough within the interval spoils all three, and what is rough beside it, such as a
    burnout, only some. The error is the last two terms, those that a degree of 5 leaves out. Source: divided
    differences of repeated nodes, Stoer and Bulirsch, Introduction to Numerical Analysis, 2.1.5.
    """
    choices = _companions(t)
    fits = [_fit(t, r, v, p, q) for p, q, _ in choices]
    errors = [np.where(there, fit.error, np.inf) for fit, (_, _, there) in zip(fits, choices, strict=True)]
    best = np.argmin(errors, axis=0)
    rows = np.arange(len(t) - 1)
    z, c, error = (np.stack([getattr(fit, name) for fit in fits])[best, rows] for name in ("z", "c", "error"))
    return Between(z, c, error)


def values(fit: Between, which: Indices, since: Array) -> tuple[Array, Array]:
    """Positions and velocities (k, 3) at `since` (k,) s past the start of intervals `which` (k,)."""
    r, v = _derivatives(fit.z[which], fit.c[which], since, 1)
    return r, v


def cubic_error(fit: Between, h: Array) -> Array:
    """By how many m (n-1,) the cubics through the ends of intervals, h (n-1,) s long, leave `fit` at most.

    h^4 / 384 max |p^(4)|. Source: the remainder of Hermite's interpolation, Stoer and Bulirsch, 2.1.5.
    """
    fourth = [_derivatives(fit.z, fit.c, part * h, 4)[4] for part in np.linspace(0.0, 1.0, 5)]
    return np.asarray(h**4 / 384.0 * np.linalg.norm(fourth, axis=-1).max(axis=0))


def _derivatives(z: Array, c: Array, x: Array, most: int) -> list[Array]:
    """p and its derivatives up to the order `most`, each (k, 3), at x (k,), by the scheme of Horner."""
    out = [c[:, 7], *(np.zeros_like(c[:, 7]) for _ in range(most))]
    for k in range(6, -1, -1):
        d = (x - z[:, k])[:, None]
        for order in range(most, 0, -1):
            out[order] = order * out[order - 1] + d * out[order]
        out[0] = c[:, k] + d * out[0]
    return out


def _companions(t: Array) -> list[tuple[Indices, Indices, NDArray[np.bool_]]]:
    """Three choices of two more samples for each interval, and where there is such a choice."""
    before, *two_before = _before(t)
    # What comes after is what comes before where time runs backward.
    after, *two_after = (len(t) - 1 - found[::-1] for found in _before(-t[::-1]))
    i = np.arange(len(t) - 1)
    left = i[::-1]
    return [
        (before, after, (i > 0) & (left > 0)),
        (two_before[0], two_before[1], i > 1),
        (two_after[0], two_after[1], left > 1),
    ]


def _before(t: Array) -> tuple[Indices, Indices, Indices]:
    """For each interval the last sample that lies half of it or more before it, or else the first of all.

    Then two samples, that one and the last that lies as much again before it, or else the first of all; and
    where that one is the first of all, one halfway to it instead.
    """
    i = np.arange(len(t) - 1)
    reach = 0.5 * np.diff(t)
    one = np.maximum(np.searchsorted(t, t[:-1] - reach, side="right") - 1, 0)
    far = np.maximum(np.searchsorted(t, t[one] - reach, side="right") - 1, 0)
    halfway = np.searchsorted(t, 0.5 * (t[0] + t[:-1])).clip(1, np.maximum(i - 1, 1))
    return one, np.where(one > 0, one, halfway), far


def _fit(t: Array, r: Array, v: Array, p: Indices, q: Indices) -> Between:
    i = np.arange(len(t) - 1)
    nodes = np.stack([i, i, i + 1, i + 1, p, p, q, q], axis=1)
    z = t[nodes] - t[:-1, None]
    column, slopes = r[nodes], v[nodes]
    c = np.empty_like(column)
    c[:, 0] = column[:, 0]
    for k in range(1, 8):
        run = z[:, k:] - z[:, :-k]
        same = run == 0.0
        quotient = np.diff(column, axis=1) / np.where(same, 1.0, run)[..., None]
        column = np.where(same[..., None], slopes[:, : 8 - k], quotient)
        c[:, k] = column[:, 0]
    x = np.diff(t)[:, None] * _WHERE
    w = np.cumprod(x[:, None] - z[:, :7, None], axis=1)
    left_out = (c[:, 6:, None] * w[:, 5:, :, None]).sum(axis=1)
    return Between(z, c, np.linalg.norm(left_out, axis=-1).max(axis=-1))
