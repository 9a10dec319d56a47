"""Thirty-minute arcs to impact: ours, SciPy's DOP853 and heyoka's Taylor method on the same equations."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import heyoka as hy
import numpy as np
from numba import njit
from scipy.integrate import solve_ivp

from tocsin.earth.air import air_density, exponential
from tocsin.earth.constants import FLATTENING, MU, OMEGA, R_EQ
from tocsin.earth.ellipsoid import E2, EP2, B, height_and_up
from tocsin.earth.geopotential import C2, C3, C4
from tocsin.earth.gravity import gravity_zonal
from tocsin.motion.ballistic import impact, impacts, impacts_stm, propagate_many
from tocsin.motion.forces import STANDARD, ZONAL, forces

# Burnout of the reference flight of an 8,220 km arc: metres and metres a second, Earth-fixed.
BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
INV_BETA = 1 / 9000.0
RHO, SCALE = 1.225, 7200.0  # an atmosphere that all three can write down
ROUNDS = 7
ARCS = 400
CAP_S = 20.0  # heyoka's longest step; without it, it steps over the air
AIR = exponential([0.0], [RHO], [SCALE])
ALIKE = forces(4, 0, AIR)


@njit(cache=True)
def right_hand_side(_t: float, y: np.ndarray) -> np.ndarray:
    """J2-J4, rotation and drag, compiled, for SciPy."""
    ax, ay, az = gravity_zonal(y[0], y[1], y[2], 4)
    h = height_and_up(y[0], y[1], y[2])[0]
    d = -0.5 * air_density(h, AIR) * math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2) * INV_BETA
    ax += OMEGA * OMEGA * y[0] + 2.0 * OMEGA * y[4] + d * y[3]
    ay += OMEGA * OMEGA * y[1] - 2.0 * OMEGA * y[3] + d * y[4]
    return np.array([y[3], y[4], y[5], ax, ay, az + d * y[5]])


def by_scipy(x0: np.ndarray) -> np.ndarray:
    """The place of impact by SciPy's DOP853 with the ground as an event."""

    def ground(_t: float, y: np.ndarray) -> float:
        return float(height_and_up(y[0], y[1], y[2])[0])

    ground.terminal, ground.direction = True, -1.0  # type: ignore[attr-defined]
    found = solve_ivp(
        right_hand_side, (0.0, 4000.0), x0, "DOP853", events=ground, rtol=1e-10, atol=1e-6, max_step=60.0
    )
    return np.asarray(found.y_events[0][0][:3])


def heyoka_integrator() -> hy.taylor_adaptive:
    """The same equations as heyoka's expressions, the ground a terminal event, one part in 1e10."""
    x, y, z, vx, vy, vz = hy.make_vars("x", "y", "z", "vx", "vy", "vz")
    r2 = x * x + y * y + z * z
    ir = r2**-0.5
    q, u = R_EQ * ir, z * ir
    k2, k3, k4 = C2 * q**2, C3 * q**3, C4 * q**4
    a3 = 3.0 * k2 * u + k3 * (7.5 * u**2 - 1.5) + k4 * u * (17.5 * u**2 - 7.5)
    b = k2 * (7.5 * u**2 - 1.5) + k3 * u * (17.5 * u**2 - 7.5) + k4 * (1.875 + u**2 * (39.375 * u**2 - 26.25))
    k = MU * ir * ir
    p = (x * x + y * y) ** 0.5
    s = (1.0 - FLATTENING) * z * (1.0 + EP2 * B * ir)
    norm = (s * s + p * p) ** -0.5
    sin_lat = z + EP2 * B * (s * norm) ** 3
    cos_lat = p - E2 * R_EQ * (p * norm) ** 3
    unit = (sin_lat**2 + cos_lat**2) ** -0.5
    sin_lat, cos_lat = sin_lat * unit, cos_lat * unit
    h = p * cos_lat + z * sin_lat - R_EQ * (1.0 - E2 * sin_lat**2) ** 0.5
    d = -0.5 * INV_BETA * RHO * hy.exp(-h / SCALE) * (vx**2 + vy**2 + vz**2) ** 0.5
    along = -k * (1.0 + b) * ir
    system = [
        (x, vx),
        (y, vy),
        (z, vz),
        (vx, along * x + OMEGA**2 * x + 2.0 * OMEGA * vy + d * vx),
        (vy, along * y + OMEGA**2 * y - 2.0 * OMEGA * vx + d * vy),
        (vz, along * z + k * a3 + d * vz),
    ]
    ground = hy.t_event(h, direction=hy.event_direction.negative)
    return hy.taylor_adaptive(system, np.zeros(6), tol=1e-10, t_events=[ground])


def by_heyoka(integrator: hy.taylor_adaptive, x0: np.ndarray) -> np.ndarray:
    """The place of impact by heyoka, with a cap on its step."""
    integrator.time = 0.0
    integrator.reset_cooldowns()
    integrator.state[:] = x0
    integrator.propagate_until(4000.0, max_delta_t=CAP_S)
    return integrator.state[:3].copy()


def multiplies() -> float:
    """What one core is worth at the moment: GF/s of a matrix product, the best of five."""
    a = np.random.default_rng(0).random((1200, 1200))
    return 2e-9 * len(a) ** 3 / min(seconds(lambda: a @ a) for _ in range(5))


def seconds(job: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """See that the three agree; then alternate the jobs round by round and print medians and ratios."""
    many = np.repeat(BURNOUT[None], ARCS, axis=0)
    many[:, 3:] *= 1.0 + np.linspace(-0.02, 0.02, ARCS)[:, None]
    taylor = heyoka_integrator()
    few = many[:: ARCS // 20]
    ours = impacts(0.0, few, INV_BETA, forces=ALIKE)[2]
    for name, other in (("SciPy", by_scipy), ("heyoka", lambda x: by_heyoka(taylor, x))):
        apart = max(float(np.linalg.norm(other(x) - o)) for x, o in zip(few, ours, strict=True))
        print(f"{name} comes down {apart:.4f} m from ours at the most, in {len(few)} arcs")
    close = max(float(np.linalg.norm(impact(0.0, x, INV_BETA, forces=ZONAL).x[:3] - r)) for x, r in
                zip(few, impacts(0.0, few, INV_BETA, forces=ZONAL)[2], strict=True))  # fmt: skip
    print(f"a batch lies {close:.4f} m from single arcs at 1e-12, US Standard Atmosphere")
    raid = np.repeat(many, 3, axis=0)[:1000]
    clock = np.arange(1800.0)
    jobs: dict[str, tuple[Callable[[], object], int]] = {
        "SciPy's DOP853, compiled equations": (lambda: [by_scipy(x) for x in few], len(few)),
        "heyoka, one after the other": (lambda: [by_heyoka(taylor, x) for x in few], len(few)),
        "ours, the same equations": (lambda: impacts(0.0, many, INV_BETA, forces=ALIKE), ARCS),
        "ours, J2-J4, US 1976": (lambda: impacts(0.0, many, INV_BETA, forces=ZONAL), ARCS),
        "ours, J2-J4, US 1976, transition": (lambda: impacts_stm(0.0, many, INV_BETA, forces=ZONAL), ARCS),
        "ours, 8x8, US 1976": (lambda: impacts(0.0, many, INV_BETA), ARCS),
        "ours, 8x8, US 1976, transition": (lambda: impacts_stm(0.0, many, INV_BETA), ARCS),
        "ours, J2-J4, vacuum": (lambda: impacts(0.0, many, 0.0, forces=ZONAL), ARCS),
        "ours, one arc, 8x8, transition, 1e-12": (lambda: impact(0.0, BURNOUT, INV_BETA, forces=STANDARD), 1),
        "a raid: 1,000 objects, 1,800 s at 1 Hz": (lambda: propagate_many(0.0, raid, 0.0, clock), 1000),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job, _ in jobs.values():
        job()
    for number in range(ROUNDS):
        for name, (job, count) in list(jobs.items())[:: -1 if number % 2 else 1]:
            times[name].append(seconds(job) / count)
    print(f"a matrix product runs at {multiplies():.1f} GF/s on this core now")
    base = statistics.median(times["SciPy's DOP853, compiled equations"])
    for name, taken in times.items():
        each = statistics.median(taken)
        print(f"{name:42}{each * 1e6:10.1f} us{1 / each:10,.0f} a second{base / each:9.1f} times SciPy's")


if __name__ == "__main__":
    main()
