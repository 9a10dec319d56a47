"""Velocities from positions alone: a cubic spline through them."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def spline_velocities(t: Array, r: Array) -> Array:
    """Velocities (n, 3) at t (n,) of the clamped cubic spline through positions r (n, 3), n >= 4.

    h_i m_(i-1) + 2 (h_(i-1) + h_i) m_i + h_(i-1) m_(i+1) = 3 (h_i d_(i-1) + h_(i-1) d_i), with h the steps
    and d the slopes of the chords. The two end slopes are those of the polynomials through the five samples
    nearest each end: a natural spline, which ends without acceleration, would there be wrong by 0.29 of it
    times the step. Source: de Boor, A Practical Guide to Splines (2001), chapter IV.
    """
    h = np.diff(t)
    d = np.diff(r, axis=0) / h[:, None]
    n = len(t)
    m = np.empty_like(r)
    k = min(n, 5)
    m[0], m[-1] = _end_slope(t[:k], r[:k]), _end_slope(t[::-1][:k], r[::-1][:k])
    right = 3.0 * (h[1:, None] * d[:-1] + h[:-1, None] * d[1:])
    right[0] -= h[1] * m[0]
    right[-1] -= h[-2] * m[-1]
    diagonal = 2.0 * (h[:-1] + h[1:])
    for i in range(1, n - 2):
        factor = h[i + 1] / diagonal[i - 1]
        diagonal[i] -= factor * h[i - 1]
        right[i] -= factor * right[i - 1]
    m[n - 2] = right[-1] / diagonal[-1]
    for i in range(n - 4, -1, -1):
        m[i + 1] = (right[i] - h[i] * m[i + 2]) / diagonal[i]
    return m


def _end_slope(t: Array, r: Array) -> Array:
    """The derivative at t[0] of the polynomial through the samples, by Newton's divided differences."""
    column, slope, product = r, np.zeros(3), 1.0
    for k in range(1, len(t)):
        column = np.diff(column, axis=0) / (t[k:] - t[:-k])[:, None]
        slope = slope + product * column[0]
        product *= t[0] - t[k]
    return slope
