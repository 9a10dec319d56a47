"""The nodes of an arc, one a step, and the state and its transition between them."""

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.motion.equations import STATE, STATE_AND_PHI

Array = NDArray[np.float64]

NODE = 1 + 2 * STATE_AND_PHI  # numbers of a node: the time, the state with its transition, their derivative
ROOM = 320  # rows of a path: half a day in orbit takes some 250 steps


@kernel
def note(n: int, when: float, y: Array, dy: Array, path: Array) -> None:
    """Add a node to a path (rows, NODE): the time, y (n,) and its derivative dy (n,).

    path[0, 0] counts the nodes, which follow in rows 1 on; a path that is full takes no more.
    """
    i = int(path[0, 0]) + 1
    if i < path.shape[0]:
        path[0, 0] = i
        path[i, 0] = when
        for j in range(n):
            path[i, 1 + j] = y[j]
            path[i, 1 + STATE_AND_PHI + j] = dy[j]


@kernel
def node_before(t: float, first: int, path: Array) -> int:
    """The last node, from `first` on, from which a step leads past t: of the nodes' ends the nearest."""
    i = first
    while i + 1 < int(path[0, 0]) and path[i + 1, 0] <= t:
        i += 1
    return i


@kernel
def between(n: int, i: int, t: float, path: Array, out: Array) -> None:
    """Fill out (n,), n = 6 or 48, with the state (and transition) at t, between nodes i and i + 1.

    Of each position the quintic that has its value, rate and acceleration at both ends, and of each
    velocity that quintic's rate: of a free fall within 4 m over 300 s, 17 m over 500 s, phi within 3 in 1e5.
    """
    t0, t1 = path[i, 0], path[i + 1, 0]
    d = t1 - t0
    s = (t - t0) / d
    c = 1.0 - s
    # Hermite's quintic about both ends, and its derivative in s.
    s2, s3 = s * s, s * s * s
    p1 = s3 * (10.0 - 15.0 * s + 6.0 * s2)
    v0 = s - s3 * (6.0 - 8.0 * s + 3.0 * s2)
    v1 = -s3 * (4.0 - 7.0 * s + 3.0 * s2)
    a0 = 0.5 * s2 * c * c * c
    a1 = 0.5 * s3 * c * c
    q1 = 30.0 * s2 * c * c
    u0 = 1.0 - s2 * (18.0 - 32.0 * s + 15.0 * s2)
    u1 = -s2 * (12.0 - 28.0 * s + 15.0 * s2)
    b0 = 0.5 * s * c * c * (2.0 - 5.0 * s)
    b1 = 0.5 * s2 * c * (3.0 - 5.0 * s)
    for row in range(2 if n > STATE else 1):
        first, wide = (STATE, 21) if row == 1 else (0, 3)
        for k in range(wide):
            j = 1 + first + k
            r0, r1 = path[i, j], path[i + 1, j]
            w0, w1 = d * path[i, j + wide], d * path[i + 1, j + wide]
            j += STATE_AND_PHI + wide
            f0, f1 = d * d * path[i, j], d * d * path[i + 1, j]
            rise = r1 - r0
            out[first + k] = r0 + rise * p1 + w0 * v0 + w1 * v1 + f0 * a0 + f1 * a1
            out[first + k + wide] = (rise * q1 + w0 * u0 + w1 * u1 + f0 * b0 + f1 * b1) / d
