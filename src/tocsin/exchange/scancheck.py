"""What a scan must be before a tracker may see it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.exchange.keys import MAX_NAME, ORIGINS
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]
VALUES = {"telescope": 2, "radar": 3}
MAX_LOOKS = 100_000
# Far beyond any of ours, and small enough that no later square overflows.
MAX_TIME_S, MAX_LENGTH_M, MAX_SNR, MAX_RATE_M_S = 1e11, 1e9, 1e12, 1e6
TURN = 2.0 * np.pi
_LOW = {"telescope": np.array([-np.pi, -np.pi]), "radar": np.array([0.0, -TURN, -np.pi / 2])}
_HIGH = {"telescope": np.array([np.pi, np.pi]), "radar": np.array([MAX_LENGTH_M, TURN, np.pi / 2])}
_LEAST_SIGMA = 1e-12


def scan_problems(scan: Scan) -> list[str]:
    """Everything that is wrong with a scan: shapes first, and where those agree, the numbers."""
    n = len(scan.t_look)
    problems = _names(scan)
    if scan.kind not in VALUES:
        return [*problems, f"kind {scan.kind!r}; give one of {', '.join(VALUES)}"]
    m = VALUES[scan.kind]
    if not 0 <= scan.shed <= MAX_LOOKS:
        problems.append(f"shed is {scan.shed}; give the number of looks, 0 to {MAX_LOOKS}")
    if scan.blind and n:
        problems.append(f"blind, and yet {n} looks; give the one or the other")
    if n > MAX_LOOKS:
        return [*problems, f"{n} looks; at most {MAX_LOOKS} are read"]
    shapes = {"r_ecef": (3,), "t_look": (n,), "values": (n, m), "sigmas": (n, m), "snr": (n,)}
    if (scan.rate is None) != (scan.rate_sigma is None):
        return [*problems, "range rates without their sigmas, or sigmas without them; give both or neither"]
    if scan.rate is not None:
        if scan.kind != "radar":
            problems.append(f"range rates of a {scan.kind}; only a radar measures them")
        shapes |= {"rate": (n,), "rate_sigma": (n,)}
    wrong = [
        f"{name} has shape {getattr(scan, name).shape}, not {shape}"
        for name, shape in shapes.items()
        if getattr(scan, name).shape != shape
    ]
    return problems + (wrong or _numbers(scan))


def _names(scan: Scan) -> list[str]:
    problems = []
    if not (0 < len(scan.sensor) <= MAX_NAME and scan.sensor.isprintable()):
        problems.append(f"the sensor's name must have 1 to {MAX_NAME} printable characters")
    if scan.origin not in ORIGINS:
        problems.append(f"no origin {scan.origin[:MAX_NAME]!r}; give one of {', '.join(ORIGINS)}")
    return problems


def _numbers(scan: Scan) -> list[str]:
    # Written so that nan, which compares false, is always a problem. Most scans are empty: those are quick.
    if (
        len(scan.t_look) == 0
        and abs(scan.t) <= MAX_TIME_S
        and _within(scan.r_ecef, -MAX_LENGTH_M, MAX_LENGTH_M)
    ):
        return []
    low, high = _LOW[scan.kind], _HIGH[scan.kind]
    top = np.broadcast_to(high - low, scan.sigmas.shape)
    checks = {
        f"t is {scan.t}; give TAI s": math.isfinite(scan.t) and abs(scan.t) <= MAX_TIME_S,
        "r_ecef is not a place within 1e9 m": _within(scan.r_ecef, -MAX_LENGTH_M, MAX_LENGTH_M),
        "t_look is not finite, or later than the frame's end": _within(scan.t_look, -MAX_TIME_S, scan.t),
        "t_look is not in order": bool(np.all(scan.t_look[1:] >= scan.t_look[:-1])),
        "values are not finite, or not possible": _within(scan.values, low, high),
        "sigmas are not finite, not positive, or wider than the values can be": _within(
            scan.sigmas, _LEAST_SIGMA, top
        ),
        "snr is not finite, negative, or impossible": _within(scan.snr, 0.0, MAX_SNR),
        "rate is not finite, or beyond 1e6 m/s": scan.rate is None
        or _within(scan.rate, -MAX_RATE_M_S, MAX_RATE_M_S),
        "rate_sigma is not finite, not positive, or beyond 1e6 m/s": scan.rate_sigma is None
        or _within(scan.rate_sigma, _LEAST_SIGMA, MAX_RATE_M_S),
    }
    return [problem for problem, sound in checks.items() if not sound]


def _within(array: Array, low: float | Array, high: float | Array) -> bool:
    return bool(np.all((array >= low) & (array <= high)))
