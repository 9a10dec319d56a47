"""One DOP853 step for the equations of motion: stages, error, dense output.

A step advances the time or the height: dy/dh = (dy/dt) / (dh/dt), the time itself carried in
y[n] (Henon's device). So a body that falls through the air meets the edges of its layers and the ground
exactly. Source of the latter: Henon, Physica D 5 (1982), 412.
"""

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import inlined, kernel
from tocsin.motion.equations import rhs, rhs_in_place
from tocsin.motion.tableau import A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11, A12, A13, A14, A15, E3, E5, D

Array = NDArray[np.float64]

V_SCALE = 1000.0  # m/s, below which a speed's tolerance no longer shrinks
LAST = 12  # the row of k with the derivative at the end of a step


@inlined
def _stage(s: int, m: int, y: Array, d: float, k: Array, z: Array) -> None:
    """Fill z (m,) with y + d sum_j a_sj k_j, the place of stage s, written out stage by stage for speed."""
    if s == 1:
        for i in range(m):
            z[i] = y[i] + d * A1[0] * k[0, i]
    elif s == 2:
        for i in range(m):
            z[i] = y[i] + d * (A2[0] * k[0, i] + A2[1] * k[1, i])
    elif s == 3:
        for i in range(m):
            z[i] = y[i] + d * (A3[0] * k[0, i] + A3[1] * k[2, i])
    elif s == 4:
        for i in range(m):
            z[i] = y[i] + d * (A4[0] * k[0, i] + A4[1] * k[2, i] + A4[2] * k[3, i])
    elif s == 5:
        for i in range(m):
            z[i] = y[i] + d * (A5[0] * k[0, i] + A5[1] * k[3, i] + A5[2] * k[4, i])
    elif s == 6:
        for i in range(m):
            z[i] = y[i] + d * (A6[0] * k[0, i] + A6[1] * k[3, i] + A6[2] * k[4, i] + A6[3] * k[5, i])
    elif s == 7:
        for i in range(m):
            total = A7[0] * k[0, i] + A7[1] * k[3, i] + A7[2] * k[4, i]
            z[i] = y[i] + d * (total + A7[3] * k[5, i] + A7[4] * k[6, i])
    elif s == 8:
        for i in range(m):
            total = A8[0] * k[0, i] + A8[1] * k[3, i] + A8[2] * k[4, i] + A8[3] * k[5, i]
            z[i] = y[i] + d * (total + A8[4] * k[6, i] + A8[5] * k[7, i])
    elif s == 9:
        for i in range(m):
            total = A9[0] * k[0, i] + A9[1] * k[3, i] + A9[2] * k[4, i] + A9[3] * k[5, i]
            z[i] = y[i] + d * (total + A9[4] * k[6, i] + A9[5] * k[7, i] + A9[6] * k[8, i])
    elif s == 10:
        for i in range(m):
            total = A10[0] * k[0, i] + A10[1] * k[3, i] + A10[2] * k[4, i] + A10[3] * k[5, i]
            total += A10[4] * k[6, i] + A10[5] * k[7, i] + A10[6] * k[8, i] + A10[7] * k[9, i]
            z[i] = y[i] + d * total
    elif s == 11:
        for i in range(m):
            total = A11[0] * k[0, i] + A11[1] * k[3, i] + A11[2] * k[4, i] + A11[3] * k[5, i]
            total += A11[4] * k[6, i] + A11[5] * k[7, i] + A11[6] * k[8, i] + A11[7] * k[9, i]
            z[i] = y[i] + d * (total + A11[8] * k[10, i])
    else:
        for i in range(m):
            total = A12[0] * k[0, i] + A12[1] * k[5, i] + A12[2] * k[6, i] + A12[3] * k[7, i]
            total += A12[4] * k[8, i] + A12[5] * k[9, i] + A12[6] * k[10, i] + A12[7] * k[11, i]
            z[i] = y[i] + d * total


@kernel
def step(
    n: int,
    m: int,
    y: Array,
    d: float,
    inv_beta: float,
    layer: int,
    degree: int,
    order: int,
    air: Array,
    w: Array,
    g: Array,
    k: Array,
    z: Array,
) -> None:
    """Fill z, the solution of order eight d after y (s, or m of height), given k[0]; k[12] is its derivative.

    m = n for a step in time, n + 1 for one in height.
    """
    for s in range(1, LAST + 1):
        if n == 6:
            _stage(s, 7, y, d, k, z)
        else:
            _stage(s, 49, y, d, k, z)
        climb = rhs_in_place(n, z, inv_beta, layer, degree, order, air, w, g, k[s])
        if m > n:
            per = 1.0 / climb
            for i in range(n):
                k[s, i] *= per
            k[s, n] = per


@kernel
def step_error(n: int, m: int, y: Array, d: float, k: Array, rtol: float) -> float:
    """Error of a step over its tolerance, from the six components of the state and, in height, the time.

    err = |d| e5^2 / sqrt(6 (e5^2 + 0.01 e3^2)), scaled by rtol |r| or rtol |v|, the time by rtol |r| / |v|.
    """
    r = math.sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2])
    v = max(math.sqrt(y[3] * y[3] + y[4] * y[4] + y[5] * y[5]), V_SCALE)
    per_r, per_v = 1.0 / (rtol * r), 1.0 / (rtol * v)
    sum3 = 0.0
    sum5 = 0.0
    for place in range(7 if m > n else 6):
        i = place if place < 6 else n
        e3 = E3[0] * k[0, i] + E3[1] * k[5, i] + E3[2] * k[6, i] + E3[3] * k[7, i]
        e3 += E3[4] * k[8, i] + E3[5] * k[9, i] + E3[6] * k[10, i] + E3[7] * k[11, i]
        e5 = E5[0] * k[0, i] + E5[1] * k[5, i] + E5[2] * k[6, i] + E5[3] * k[7, i]
        e5 += E5[4] * k[8, i] + E5[5] * k[9, i] + E5[6] * k[10, i] + E5[7] * k[11, i]
        scale = per_r if place < 3 else per_v if place < 6 else v * per_r
        sum3 += (e3 * scale) ** 2
        sum5 += (e5 * scale) ** 2
    below: float = sum5 + 0.01 * sum3
    if below > 0.0:
        return abs(d) * sum5 / math.sqrt(6.0 * below)
    return below


@kernel
def copy(n: int, source: Array, target: Array) -> None:
    """Copy n numbers; an assignment of slices would take a second longer to compile."""
    for i in range(n):
        target[i] = source[i]


@kernel
def dense(
    n: int,
    y: Array,
    z: Array,
    dt: float,
    inv_beta: float,
    layer: int,
    degree: int,
    order: int,
    air: Array,
    w: Array,
    g: Array,
    k: Array,
    stage: Array,
    f: Array,
) -> None:
    """Fill the dense output's coefficients f (7, 49) of the step from y to z, after three stages more."""
    for s in range(LAST + 1, LAST + 4):
        for i in range(n):
            if s == LAST + 1:
                total = A13[0] * k[0, i] + A13[1] * k[6, i] + A13[2] * k[7, i] + A13[3] * k[8, i]
                total += A13[4] * k[9, i] + A13[5] * k[10, i] + A13[6] * k[11, i] + A13[7] * k[12, i]
            elif s == LAST + 2:
                total = A14[0] * k[0, i] + A14[1] * k[5, i] + A14[2] * k[6, i] + A14[3] * k[7, i]
                total += A14[4] * k[10, i] + A14[5] * k[11, i] + A14[6] * k[12, i] + A14[7] * k[13, i]
            else:
                total = A15[0] * k[0, i] + A15[1] * k[5, i] + A15[2] * k[6, i] + A15[3] * k[7, i]
                total += A15[4] * k[8, i] + A15[5] * k[12, i] + A15[6] * k[13, i] + A15[7] * k[14, i]
            stage[i] = y[i] + dt * total
        rhs(n, stage, inv_beta, layer, degree, order, air, w, g, k[s])
    for i in range(n):
        dy = z[i] - y[i]
        f[0, i] = dy
        f[1, i] = dt * k[0, i] - dy
        f[2, i] = 2.0 * dy - dt * (k[0, i] + k[LAST, i])
    for m in range(4):
        for i in range(n):
            total = D[m, 0] * k[0, i]
            for j in range(5, 16):
                total += D[m, j] * k[j, i]
            f[3 + m, i] = dt * total


@kernel
def dense_at(n: int, y: Array, f: Array, s: float, out: Array) -> None:
    """Fill out with the dense output at the fraction s of the step, of order seven."""
    c = 1.0 - s
    for i in range(n):
        value = s * (f[4, i] + c * (f[5, i] + s * f[6, i]))
        out[i] = y[i] + s * (f[0, i] + c * (f[1, i] + s * (f[2, i] + c * (f[3, i] + value))))
