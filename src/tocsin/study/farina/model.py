"""The case itself: a body that falls through the air over a flat Earth, and a radar that sees it."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

T = 2.0  # s between scans
SCANS = 60
G = 9.81
BETA = 4e4  # kg/(m s2): a weight over an area
START = np.array(
    [232e3, 88e3, 2290.0 * math.cos(math.radians(190.0)), 2290.0 * math.sin(math.radians(190.0))]
)
SIGMA = np.array([100.0, 0.017])  # m, rad
Q_PER_AXIS = np.array([[T**3 / 3.0, T**2 / 2.0], [T**2 / 2.0, T]])  # times q = 1 m2/s3
Q = np.kron(Q_PER_AXIS, np.eye(2))
LOW, LOW_AIR, HIGH_AIR = 9144.0, (1.227, 1.093e-4), (1.754, 1.49e-4)


@njit(cache=True, error_model="numpy")
def moved(x: Array) -> tuple[Array, Array]:
    """The state (4,) = (x, y, vx, vy) one scan later without noise, and its slopes (4, 4).

    r + v T + a T^2 / 2, v + a T with a = -(0, g) - g rho(y) |v| v / (2 beta), held over the scan as the
    paper has it (recalled).
    """
    base, rate = LOW_AIR if x[1] < LOW else HIGH_AIR
    vx, vy = x[2], x[3]
    speed = math.sqrt(vx * vx + vy * vy)
    k = 0.5 * G * base * math.exp(-rate * x[1]) / BETA
    ax, ay = -k * speed * vx, -k * speed * vy - G
    half = 0.5 * T * T
    out = np.array([x[0] + T * vx + half * ax, x[1] + T * vy + half * ay, vx + T * ax, vy + T * ay])
    F = np.eye(4)
    F[0, 2] = F[1, 3] = T
    slopes = (
        (0.0, rate * k * speed * vx, -k * (speed + vx * vx / speed), -k * vx * vy / speed),
        (0.0, rate * k * speed * vy, -k * vx * vy / speed, -k * (speed + vy * vy / speed)),
    )
    for i in range(2):
        for j in range(4):
            F[i, j] += half * slopes[i][j]
            F[2 + i, j] += T * slopes[i][j]
    return out, F


@njit(cache=True, error_model="numpy")
def seen(x: Array) -> tuple[Array, Array]:
    """Range m and elevation rad (2,) from the origin, and their slopes (2, 4)."""
    far2 = x[0] * x[0] + x[1] * x[1]
    far = math.sqrt(far2)
    H = np.zeros((2, 4))
    H[0, 0], H[0, 1] = x[0] / far, x[1] / far
    H[1, 0], H[1, 1] = -x[1] / far2, x[0] / far2
    return np.array([far, math.atan2(x[1], x[0])]), H


@njit(cache=True, error_model="numpy")
def all_moved(x: Array) -> tuple[Array, Array]:
    """`moved` for each row of x (k, 4)."""
    out, F = np.empty((len(x), 4)), np.empty((len(x), 4, 4))
    for i in range(len(x)):
        out[i], F[i] = moved(x[i])
    return out, F


@njit(cache=True, error_model="numpy")
def all_seen(x: Array) -> tuple[Array, Array]:
    """`seen` for each row of x (k, 4)."""
    out, H = np.empty((len(x), 2)), np.empty((len(x), 2, 4))
    for i in range(len(x)):
        out[i], H[i] = seen(x[i])
    return out, H


def drawn(rng: np.random.Generator) -> tuple[Array, Array]:
    """A flight (60, 4) from the stated start with its process noise, and its looks (60, 2)."""
    x = np.empty((SCANS, 4))
    x[0] = START
    noise = rng.standard_normal((SCANS - 1, 4)) @ np.linalg.cholesky(Q).T
    for k in range(SCANS - 1):
        x[k + 1] = moved(x[k])[0] + noise[k]
    return x, all_seen(x)[0] + SIGMA * rng.standard_normal((SCANS, 2))


def two_look_start(z: Array) -> tuple[Array, Array]:
    """State (4,) at the second of two looks z (2, 2) and its covariance: their places and the difference."""
    far, up = z[:, 0], z[:, 1]
    place = np.stack([far * np.cos(up), far * np.sin(up)], axis=1)
    x = np.concatenate([place[1], (place[1] - place[0]) / T])
    J = np.array([[[math.cos(u), -r * math.sin(u)], [math.sin(u), r * math.cos(u)]] for r, u in z]) * SIGMA
    A = np.zeros((4, 4))
    A[:2, 2:], A[2:, 2:], A[2:, :2] = J[1], J[1] / T, -J[0] / T
    return x, A @ A.T
