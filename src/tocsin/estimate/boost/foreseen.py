"""What one restart more would bring, foreseen for many steps in one pass over the knots."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.front import begin, end, onward, seen_there
from tocsin.estimate.boost.smoother import sight
from tocsin.estimate.boost.turn import LN_A, OUT, OUT_LN_A, RESTART_LN_A, STATE

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@kernel
def begun_ln_a(since: float, slowness: float, kind: float) -> float:
    """The likeliest ln a, `since` s after a restart: ln a_0 - ln(1 - a_0 t / v_e), or next to no thrust."""
    if kind == OUT:
        return OUT_LN_A
    return RESTART_LN_A - math.log(max(1.0 - math.exp(RESTART_LN_A) * slowness * since, 0.3))


@kernel
def foreseen(
    x: Array, c: Array, dt: Array, noise: tuple[float, float], restart: Array, kind: float, steps: Ints,
    x0: Array, W0: Array, c0: Array, Wc: Array, knot: Ints, since: Array, channel: Ints, z: Array,
    weight: Array, eye: Array, columns: Ints, S: Array, Q: Array, small: Array, rows: Array, border: Array,
    out: Array,
) -> None:  # fmt: skip
    """Fill out (k,) with -2 ln of the likelihood of a restart at each of the steps (k,), which rise.

    As if all were linear about knots x (n, 9) and fixed values c, but with the restart's likeliest thrust
    after it, until the next restart or, where the engine goes out, to the end. Up to the step all share one
    elimination; after it each goes on from a copy of the front. S (2, ...), Q (n, ...): room for fronts and
    for what is seen at each knot, which the thrust's change moves by metres.
    """
    n = x.shape[0]
    first = 0
    for k in range(n):
        first, _ = sight(k, first, x, c, knot, since, channel, z, weight, eye, columns, True, Q[k], small)
    own, copy, a, b = S[0], S[1], small[60, :STATE], small[61, :STATE]
    begin(own, x[0], x0, W0, c, c0, Wc)
    seen_there(own, Q[0])
    log = 0.0
    at = 0
    for k in range(n - 1):
        while at < steps.size and steps[at] == k:
            for i in range(own.shape[0]):
                for j in range(own.shape[0]):
                    copy[i, j] = own[i, j]
            total, gone, thrust = log, 0.0, True
            for i in range(STATE):
                a[i] = x[k, i]
            for j in range(k, n - 1):
                if j > k and restart[j] > 0.0 and kind != OUT:
                    thrust = False
                for i in range(STATE):
                    b[i] = x[j + 1, i]
                if thrust:
                    b[LN_A] = begun_ln_a(gone + 0.5, c[0], kind)
                begun = kind if j == k else restart[j] if kind != OUT else 0.0
                of_noise, of_knot = onward(copy, a, b, c[0], dt[j], noise, begun, rows, small)
                total += of_knot - of_noise
                seen_there(copy, Q[j + 1])
                for i in range(STATE):
                    a[i] = b[i]
                if j + 1 < n - 1:
                    gone += dt[j + 1]
            total += end(copy, rows, border)
            total += copy[copy.shape[0] - 1, copy.shape[0] - 1]
            out[at] = total if total < math.inf else math.inf
            at += 1
        if at == steps.size:
            return
        of_noise, of_knot = onward(own, x[k], x[k + 1], c[0], dt[k], noise, restart[k], rows, small)
        log += of_knot - of_noise
        seen_there(own, Q[k + 1])
