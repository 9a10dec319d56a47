"""Light time: where bodies were when the light or the echo that arrives now left them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.motion.path import Path

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 3  # of the fixed point: each gains a factor v / c, so three leave less than a micrometre
EVERYWHERE = (math.inf, -2.0)
ROOM = 1_000_000  # arrivals for which there is room without counting them first
LATEST_S = 10.0  # after which no light is still under way


@final
@dataclass(frozen=True, slots=True)
class Bodies:
    """Paths one after the other: samples of body i stand from start[i] to start[i + 1].

    t (n,) TAI s; r, v (n, 3) Earth-fixed m, m/s; intensity (n,) W/sr; rcs_m2 (b,).
    """

    start: Ints
    t: Array
    r: Array
    v: Array
    intensity: Array
    rcs_m2: Array

    def __len__(self) -> int:
        return len(self.rcs_m2)


@final
@dataclass(frozen=True, slots=True)
class Seen:
    """Bodies in the frames in which they could be seen, body by body and in order of time.

    body, frame (n,): which; t (n,) TAI s when the light left; r, v (n, 3) m, m/s then, in the Earth-fixed
    axes of reception; intensity (n,) W/sr.
    """

    body: Ints
    frame: Ints
    t: Array
    r: Array
    v: Array
    intensity: Array

    def where(self, mask: NDArray[np.bool_] | Ints) -> Seen:
        """The rows of a mask or an index."""
        return Seen(
            self.body[mask], self.frame[mask], self.t[mask], self.r[mask], self.v[mask], self.intensity[mask]
        )


def bodies_of(paths: tuple[Path, ...]) -> Bodies:
    """Paths as the kernel takes them."""
    empty = np.empty((0, 3))
    return Bodies(
        np.cumsum([0, *(len(p.t) for p in paths)]),
        np.concatenate([p.t for p in paths]) if paths else np.empty(0),
        np.concatenate([p.r_ecef for p in paths]) if paths else empty,
        np.concatenate([p.v_ecef for p in paths]) if paths else empty,
        np.concatenate([p.power for p in paths]) if paths else np.empty(0),
        np.array([p.rcs_m2 for p in paths], dtype=np.float64),
    )


def seen_from(
    bodies: Bodies,
    t: Array,
    r_sensor: Array,
    limits: tuple[float, float] = EVERYWHERE,
    glowing: bool = False,
) -> Seen:
    """What arrives at t (k,), rising, at a sensor at r_sensor (k, 3) then.

    t_left = t - |R3(omega (t - t_left)) r(t_left) - r_s| / c by fixed-point iteration, r(t) the path's cubic.
    limits: greatest distance (m), and the least sine of the elevation over the geocentric horizontal of the
    sensor. glowing: only bodies that shine when the light leaves them.
    """
    times, places = (
        np.ascontiguousarray(t, dtype=np.float64),
        np.ascontiguousarray(r_sensor, dtype=np.float64),
    )
    arguments = (
        bodies.start,
        bodies.t,
        bodies.r,
        bodies.v,
        bodies.intensity,
        times,
        places,
        *limits,
        glowing,
    )
    room = _most(bodies, times)
    if room > ROOM:
        none = np.empty(0, dtype=np.int64)
        room = _arrivals(*arguments, none, none, np.empty(0), np.empty((0, 7)))
    body, frame = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    left, state = np.empty(room), np.empty((room, 7))
    n = _arrivals(*arguments, body, frame, left, state)
    state = state[:n]
    return Seen(body[:n], frame[:n], left[:n], state[:, :3], state[:, 3:6], state[:, 6])


def _most(bodies: Bodies, times: Array) -> int:
    """How many arrivals there are if every body is seen in every frame of its time."""
    some = bodies.start[1:] > bodies.start[:-1]
    begin, end = bodies.t[bodies.start[:-1][some]], bodies.t[bodies.start[1:][some] - 1]
    return int(np.sum(np.searchsorted(times, end + LATEST_S) - np.searchsorted(times, begin)))


@njit(cache=True, error_model="numpy")
def _arrivals(
    start: Ints, t: Array, r: Array, v: Array, intensity: Array, times: Array, places: Array, reach: float,
    least_sine: float, glowing: bool, body: Ints, frame: Ints, left: Array, state: Array,
) -> int:  # fmt: skip
    """Count what arrives and, where the arrays have room, fill them."""
    n = 0
    x = np.empty(6)
    for i in range(len(start) - 1):
        begin, end = start[i], start[i + 1] - 1
        if end <= begin:
            continue
        j = begin
        for k in range(np.searchsorted(times, t[begin]), len(times)):
            now = times[k]
            while j < end - 1 and t[j + 1] <= now:
                j += 1
            dx, dy, dz = r[j, 0] - places[k, 0], r[j, 1] - places[k, 1], r[j, 2] - places[k, 2]
            te = now - math.sqrt(dx * dx + dy * dy + dz * dz) / C_LIGHT
            if te > t[end]:
                break
            m = j
            distance = 0.0
            for _ in range(ROUNDS):
                while m > begin and t[m] > te:
                    m -= 1
                while m < end - 1 and t[m + 1] <= te:
                    m += 1
                h = t[m + 1] - t[m]
                s = (te - t[m]) / h
                a, b = (1.0 + 2.0 * s) * (1.0 - s) * (1.0 - s), s * (1.0 - s) * (1.0 - s) * h
                c, d = s * s * (3.0 - 2.0 * s), s * s * (s - 1.0) * h
                turn = OMEGA * (now - te)
                cos, sin = math.cos(turn), math.sin(turn)
                px = a * r[m, 0] + b * v[m, 0] + c * r[m + 1, 0] + d * v[m + 1, 0]
                py = a * r[m, 1] + b * v[m, 1] + c * r[m + 1, 1] + d * v[m + 1, 1]
                x[0], x[1] = cos * px + sin * py, cos * py - sin * px
                x[2] = a * r[m, 2] + b * v[m, 2] + c * r[m + 1, 2] + d * v[m + 1, 2]
                dx, dy, dz = x[0] - places[k, 0], x[1] - places[k, 1], x[2] - places[k, 2]
                distance = math.sqrt(dx * dx + dy * dy + dz * dz)
                te = now - distance / C_LIGHT
            if not (t[begin] <= te <= t[end]) or distance > reach:
                continue
            shine = intensity[m]
            if shine > 0.0 and intensity[m + 1] > 0.0:
                shine += s * (intensity[m + 1] - shine)
            if glowing and shine <= 0.0:
                continue
            rs = math.sqrt(places[k, 0] ** 2 + places[k, 1] ** 2 + places[k, 2] ** 2)
            if dx * places[k, 0] + dy * places[k, 1] + dz * places[k, 2] < least_sine * distance * rs:
                continue
            if n < len(body):
                vx = ((6.0 * s - 6.0) * s * r[m, 0] + (6.0 - 6.0 * s) * s * r[m + 1, 0]) / h
                vy = ((6.0 * s - 6.0) * s * r[m, 1] + (6.0 - 6.0 * s) * s * r[m + 1, 1]) / h
                vz = ((6.0 * s - 6.0) * s * r[m, 2] + (6.0 - 6.0 * s) * s * r[m + 1, 2]) / h
                p, q = (1.0 - s) * (1.0 - 3.0 * s), s * (3.0 * s - 2.0)
                vx += p * v[m, 0] + q * v[m + 1, 0]
                vy += p * v[m, 1] + q * v[m + 1, 1]
                vz += p * v[m, 2] + q * v[m + 1, 2]
                x[3], x[4], x[5] = cos * vx + sin * vy, cos * vy - sin * vx, vz
                body[n], frame[n], left[n] = i, k, te
                for axis in range(6):
                    state[n, axis] = x[axis]
                state[n, 6] = shine
            n += 1
    return n
