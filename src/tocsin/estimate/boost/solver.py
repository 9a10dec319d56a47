"""Gauss-Newton for a template: parameters and fixed errors, damped where a step does not help."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.ascent import fly
from tocsin.estimate.boost.blocks import factored
from tocsin.estimate.boost.engine import CUTOFF, EXHAUST, KICK, LAT, LON, TIME
from tocsin.estimate.boost.misfit import misfit

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

CONVERGED, UNOBSERVABLE, DIVERGED = range(3)
SETTLED = 0.02  # of the cost, less than which a step is the last
LINEAR = 0.25  # of that: by no more than which a step may miss what it should bring, and be the last
POOR, LITTLE = 2.0, 1e-3  # of a misfit beyond twice its freedom a thousandth more or less counts for nothing
EDGE = 0.25  # of the cost, more than which a step left undone is no end
# Longest steps of one iteration: rad, rad, s, rad, ln, s, and of the scales.
CAPS = (0.02, 0.02, 20.0, 0.6, 0.7, 30.0, 0.1)


@kernel
def solved(H: Array, g: Array, n: int, damping: float, R: Array, scale: Array, dx: Array) -> bool:
    """Fill dx with -(H + damping D)^-1 g, D the diagonal of H, from H's upper triangle; R is scratch."""
    for i in range(n):
        if not H[i, i] > 0.0:
            return False
        scale[i] = 1.0 / math.sqrt(H[i, i])
    for i in range(n):
        for j in range(i, n):
            R[i, j] = H[i, j] * scale[i] * scale[j]
        R[i, i] = 1.0 + damping
    if not factored(R, n):
        return False
    for i in range(n):
        total = -g[i] * scale[i]
        for k in range(i):
            total -= R[k, i] * dx[k]
        dx[i] = total / R[i, i]
    for i in range(n - 1, -1, -1):
        total = dx[i]
        for k in range(i + 1, n):
            total -= R[i, k] * dx[k]
        dx[i] = total / R[i, i]
    for i in range(n):
        dx[i] *= scale[i]
    return True


@kernel
def sensible(y: Array, size: int) -> bool:
    """Whether the parameters make sense."""
    for i in range(EXHAUST, size):
        if not 0.3 < y[i] < 3.0:
            return False
    return bool(-600.0 < y[TIME] < 0.0 and y[KICK] < 0.5 and abs(y[LAT]) < 1.6 and abs(y[LON]) < 10.0)


@kernel
def evaluate(
    y: Array, p: int, size: int, n: int, stages: Array, body: Array, begin: float, end: float, air: Array,
    ahead: float, t: Array, channel: Ints, z: Array, weight: Array, eye: Array, columns: Ints, mean: Array,
    prior: Array, burnout: Array, times: Array, rows: Array, work: Array, stand: Array, small: Array,
    H: Array, g: Array, e: Array, c: Array,
) -> tuple[float, float, int]:  # fmt: skip
    """Cost, chi2 of the looks and the ascent's rows; with p > 0 the normal equations as well.

    cost = chi2 + sum prior (y - mean)^2 + ((t_launch + t_cutoff - burnout[0]) burnout[1])^2. The ascent is
    flown to `ahead` s after the last look or, where it burns no more, after the cut-off.
    """
    if not sensible(y, size):
        return math.inf, math.inf, 0
    gm, by, du, m, j = small[:8, :3], small[8], small[9:12], small[12:14, :3], small[14:16]
    until = max(t[t.size - 1] - y[TIME], 0.0) + ahead
    if burnout[1] > 0.0:
        until = max(until, y[CUTOFF] + ahead)
    count = fly(y, p, stages, body, begin, end, air, until, times, rows, work, stand, gm, by[:p], du[:, :p])
    if count == 0:
        return math.inf, math.inf, 0
    for i in range(n):
        if p:
            g[i] = prior[i] * (y[i] - mean[i])
            for k in range(i, n):
                H[i, k] = 0.0
            H[i, i] = prior[i]
    chi2 = misfit(y, p, size, times, rows, count, t, channel, z, weight, eye, columns, H, g, e, c, m, j)
    cost = chi2
    for i in range(n):
        cost += prior[i] * (y[i] - mean[i]) ** 2
    off = (y[TIME] + y[CUTOFF] - burnout[0]) * burnout[1]
    cost += off * off
    if p and burnout[1] > 0.0:
        w = burnout[1]
        H[TIME, TIME] += w * w
        H[TIME, CUTOFF] += w * w
        H[CUTOFF, CUTOFF] += w * w
        g[TIME] += w * off
        g[CUTOFF] += w * off
    return cost, chi2, count


@kernel
def search(
    y: Array, iterations: int, tolerance: float, size: int, n: int, stages: Array, body: Array, begin: float,
    end: float, air: Array, ahead: float, t: Array, channel: Ints, z: Array, weight: Array, eye: Array,
    columns: Ints, mean: Array, prior: Array, burnout: Array, times: Array, rows: Array, rows6: Array,
    work: Array, work6: Array, stand: Array, small: Array, H: Array, g: Array, e: Array, c: Array, R: Array,
    vec: Array, out: Array, times6: Array,
) -> int:  # fmt: skip
    """Gauss-Newton from y (n,), in place; a status. out: cost, chi2, rows of the last ascent
    with derivatives, steps made, rows of a later ascent without.

    A step is tried without derivatives; one that makes the cost worse is damped (Levenberg and Marquardt).
    It ends when a whole step is below `tolerance` standard deviations, or brings next to nothing; H is then
    that of the last place but one, which is as good.
    """
    scale, dx, trial = vec[0], vec[1], vec[2]
    cost, chi2, count = evaluate(
        y, size, size, n, stages, body, begin, end, air, ahead, t, channel, z, weight, eye, columns, mean,
        prior, burnout, times, rows, work, stand, small, H, g, e, c,
    )  # fmt: skip
    out[0], out[1], out[2], out[3], out[4] = cost, chi2, count, 0.0, 0.0
    if not cost < math.inf:
        return DIVERGED
    damping = 0.0
    for step in range(iterations):
        out[3] = step + 1.0
        if not solved(H, g, n, damping, R, scale, dx):
            if damping > 0.0 or not solved(H, g, n, 1e-6, R, scale, dx):
                return UNOBSERVABLE
            damping = 1e-6
        short = 1.0
        for i in range(size):
            cap = CAPS[min(i, EXHAUST)]
            if abs(dx[i]) > cap:
                short = min(short, cap / abs(dx[i]))
        moved = 0.0
        for i in range(n):
            dx[i] *= short
            trial[i] = y[i] + dx[i]
        for i in range(n):
            moved += dx[i] * dx[i] * H[i, i]
            for k in range(i + 1, n):
                moved += 2.0 * dx[i] * dx[k] * H[i, k]
        small_step = moved < tolerance * tolerance and damping <= 1e-6 and short == 1.0
        better, chi2, count = evaluate(
            trial, 0, size, n, stages, body, begin, end, air, ahead, t, channel, z, weight, eye, columns,
            mean, prior, burnout, times6, rows6, work6, stand, small, H, g, e, c,
        )  # fmt: skip
        if better <= cost * (1.0 + 1e-12) + 1e-9:
            for i in range(n):
                y[i] = trial[i]
            # A model that misses the looks is drawn on in ever smaller steps, for next to nothing.
            # What falls as foreseen was as good as linear: one step more would bring next to nothing.
            enough = SETTLED + LITTLE * max(better - POOR * e.size, 0.0)
            linear = abs(better - (cost - moved)) < LINEAR * enough
            settled = (linear or cost - better < enough) and damping <= 1e-6 and short == 1.0
            cost = better
            out[0], out[1], out[4] = cost, chi2, count
            damping = damping / 10.0 if damping > 1e-5 else 0.0
            if small_step or settled:
                return CONVERGED
            _, _, count = evaluate(
                y, size, size, n, stages, body, begin, end, air, ahead, t, channel, z, weight, eye, columns,
                mean, prior, burnout, times, rows, work, stand, small, H, g, e, c,
            )  # fmt: skip
            out[2], out[4] = count, 0.0
        else:
            if moved < 1e-6:
                # Nothing betters it: the end, unless it is an edge that keeps it from going on.
                left = 0.0
                if solved(H, g, n, 0.0, R, scale, dx):
                    for i in range(n):
                        left -= g[i] * dx[i]
                    return CONVERGED if left < EDGE else DIVERGED
                return UNOBSERVABLE
            damping = max(damping * 10.0, 1e-3)
            if damping > 1e8:
                return DIVERGED
    return DIVERGED
