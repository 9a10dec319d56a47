"""A positive system solved in order: a square is eliminated from the front, and what is left goes on."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

SMALLEST_PIVOT = 1e-13  # of a diagonal, what must be left of it


@kernel
def factored(a: Array, n: int) -> bool:
    """Replace the upper triangle of a positive a (n, n) by R with R'R = a; false where there is none."""
    for i in range(n):
        d = a[i, i]
        least = SMALLEST_PIVOT * abs(d)
        for k in range(i):
            d -= a[k, i] * a[k, i]
        if not d > least:
            return False
        d = math.sqrt(d)
        a[i, i] = d
        for j in range(i + 1, n):
            total = a[i, j]
            for k in range(i):
                total -= a[k, i] * a[k, j]
            a[i, j] = total / d
    return True


@kernel
def _less(into: Array, rows: Array, count: int, at: int) -> None:
    """Take from a row of a square, from its diagonal `at` on, what the first `count` rows have eliminated."""
    n = into.size
    k = 0
    # Three at a time: a row of 20 is else read and written more than it is summed.
    while k + 3 <= count:
        r0, r1, r2 = rows[k, at:], rows[k + 1, at:], rows[k + 2, at:]
        f0, f1, f2 = r0[0], r1[0], r2[0]
        for b in range(n):
            into[b] -= f0 * r0[b] + f1 * r1[b] + f2 * r2[b]
        k += 3
    while k < count:
        r0 = rows[k, at:]
        f0 = r0[0]
        for b in range(n):
            into[b] -= f0 * r0[b]
        k += 1


@kernel
def eliminated(S: Array, first: int, end: int, rows: Array) -> float:
    """Eliminate the variables from `first` to `end` of a symmetric S (n, n): its upper triangle counts.

    min over them of d'S d: with A = R'R their block and B what stands beside it, S becomes S - (R^-T B)'(R^-T
    B) beyond `end`, and rows (end - first, n) are [R, R^-T B]. The last variable being 1, S[-1, -1] becomes
    the least cost. Returns ln det A, NaN where A is not positive.
    """
    n = S.shape[0]
    det = 1.0
    for i in range(first, end):
        row, own = rows[i - first, i:], S[i, i:]
        # From nought on in every innermost loop: else an index may be negative, and no loop is vectorised.
        for b in range(n - i):
            row[b] = own[b]
        _less(row, rows, i - first, i)
        d = row[0]
        if not d > SMALLEST_PIVOT * abs(own[0]):
            return math.nan
        det *= d
        scale = 1.0 / math.sqrt(d)
        for b in range(n - i):
            row[b] *= scale
    for a in range(end, n):
        _less(S[a, a:], rows, end - first, a)
    return math.log(det)


@kernel
def put_back(rows: Array, first: int, end: int, d: Array) -> None:
    """Fill d[first:end] from rows (end - first, n) that `eliminated` gave and all of d (n,) beyond `end`."""
    for i in range(end - 1, first - 1, -1):
        row = rows[i - first]
        total = 0.0
        for b in range(i + 1, d.size):
            total -= row[b] * d[b]
        d[i] = total / row[i]
