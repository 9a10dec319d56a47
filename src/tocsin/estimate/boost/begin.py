"""Where a template's search begins: from the path where lines meet, or from every heading."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.atmosphere import US_1976
from tocsin.earth.ellipsoid import geodetic_from_ecef, height_and_up
from tocsin.earth.frames import enu_from_ecef
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.ascent import fly
from tocsin.estimate.boost.engine import AZIMUTH, KICK, THRUST, TIME
from tocsin.estimate.boost.meeting import CLOUD_TOP_M, Meeting
from tocsin.estimate.boost.misfit import misfit
from tocsin.estimate.boost.run import ROWS
from tocsin.estimate.boost.sighting import Sightings
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

KICKS = np.array([0.02, 0.05, 0.1, 0.18, 0.3, 0.5, 0.8, 1.2])
HEADINGS = 24
FEW = 24  # looks by which many headings are compared
EARTH_M = 6371e3
NEVER = 1e9  # s, a cut-off after all looks


def nominal(rocket: Rocket, place: tuple[float, float], azimuth: float, kick: float) -> Array:
    """Parameters of an unbent engine that does not stop."""
    theta = np.ones(THRUST + len(rocket.stages))
    theta[:6] = place[0], place[1], 0.0, azimuth, math.log(kick), NEVER
    return theta


def flown(rocket: Rocket, theta: Array, until: float) -> tuple[Array, Array]:
    """Times (n,) s after launch and states (n, 6) of an ascent."""
    t, x = np.empty(ROWS), np.empty((ROWS, 6))
    count = fly(
        theta, 0, rocket.stages, rocket.body, rocket.vertical_s, rocket.pitch_over_end_s, US_1976, until, t,
        x, np.zeros((6, 6)), np.empty(9), np.zeros((8, 3)), np.zeros(len(theta)), np.zeros((3, len(theta))),
    )  # fmt: skip
    return t[:count], x[:count]


def at_height(t: Array, x: Array, height_m: float) -> float | None:
    """When an ascent first passes a height, s after launch."""
    h = geodetic_from_ecef(x[:, :3])[2]
    above = np.flatnonzero(h >= height_m)
    if len(above) == 0 or above[0] == 0:
        return None
    k = int(above[0])
    return float(t[k - 1] + (t[k] - t[k - 1]) * (height_m - h[k - 1]) / (h[k] - h[k - 1]))


def from_meeting(rocket: Rocket, seen: Sightings, path: Meeting) -> list[Array]:
    """The two kicks whose ascents come nearest to the path, each at the launch place and time that fit it."""
    t = np.linspace(0.0, seen.last, 7)
    r, _, _ = path.at(t)
    lat, lon, h = geodetic_from_ecef(r)
    place = (float(lat[0]), float(lon[0]))
    axes = enu_from_ecef(*place)
    gone = (r[-1] - r[0]) @ axes.T
    azimuth = math.atan2(gone[0], gone[1])
    made = []
    for kick in KICKS:
        theta = nominal(rocket, place, azimuth, kick)
        clock, x = flown(rocket, theta, seen.last + 150.0)
        first = at_height(clock, x, max(float(h[0]), 2e3))
        if first is None:
            continue
        for shift in (-6.0, 0.0, 6.0):
            at = np.maximum(first + shift + t, 0.0)
            own = np.stack([np.interp(at, clock, x[:, i]) for i in range(3)], axis=1)
            off = (r - own) @ axes.T
            level = off[:, :2].mean(axis=0)
            score = float(np.square(off[:, :2] - level).sum() + np.square(off[:, 2]).sum())
            start = theta.copy()
            start[0] += level[1] / EARTH_M
            start[1] += level[0] / (EARTH_M * math.cos(place[0]))
            start[2] = -(first + shift)
            made.append((score, start))
    made.sort(key=lambda pair: pair[0])
    return [start for _, start in made[:2]]


@kernel
def _scan(
    theta: Array, kicks: Array, headings: int, stages: Array, body: Array, begin: float, end: float, air: Array,
    height: float, until: float, y: Array, t: Array, channel: Ints, z: Array, weight: Array, eye: Array,
    columns: Ints, free: Array, times: Array, rows: Array, work: Array, stand: Array, small: Array, e: Array,
    c: Array, scores: Array, first: Array,
) -> None:  # fmt: skip
    """Fill scores (k, h), the misfit of each kick and heading less what `free` explains, and when each ascent
    first (k, h) passed the height, s after launch."""
    gm, by, du, m = small[:8, :3], small[8], small[9:12], small[12:14, :3]
    for a in range(kicks.size):
        theta[KICK] = math.log(kicks[a])
        for b in range(headings):
            theta[TIME] = 0.0
            theta[AZIMUTH] = 2.0 * math.pi * b / headings
            scores[a, b] = math.inf
            count = fly(theta, 0, stages, body, begin, end, air, until, times, rows, work, stand, gm, by, du)
            i = 1
            above = below = 0.0
            while i < count:
                above = height_and_up(rows[i, 0], rows[i, 1], rows[i, 2])[0]
                if above >= height:
                    break
                below = above
                i += 1
            if i >= count:
                continue
            first[a, b] = times[i - 1] + (times[i] - times[i - 1]) * (height - below) / (above - below)
            for k in range(theta.size):
                y[k] = theta[k]
            y[TIME] = -first[a, b]
            total = misfit(
                y, 0, theta.size, times, rows, count, t, channel, z, weight, eye, columns, gm, by, e, c, m, gm
            )
            for k in range(free.shape[0]):
                along = 0.0
                for i in range(t.size):
                    along += free[k, 2 * i] * e[i, 0] + free[k, 2 * i + 1] * e[i, 1]
                total -= along * along
            scores[a, b] = total


def from_every_heading(
    rocket: Rocket, seen: Sightings, place: tuple[float, float], count: int
) -> list[Array]:
    """The `count` best of all headings and kicks, a few looks judged, the first of them at the cloud tops.

    The launch place and time are left free to first order: what constant angles and a shift in time explain
    does not count. Of neighbours among the headings and kicks only the better one is taken.
    """
    few = thinned(seen, FEW)
    theta = nominal(rocket, place, 0.0, 0.1)
    shape = len(KICKS), HEADINGS
    scores, first = np.full(shape, np.inf), np.zeros(shape)
    _scan(
        theta, KICKS, HEADINGS, rocket.stages, rocket.body, rocket.vertical_s, rocket.pitch_over_end_s, US_1976,
        CLOUD_TOP_M, seen.last + 120.0, np.zeros(len(theta) + len(seen.prior)), few.t, few.channel, few.z,
        few.weight, few.eye, few.columns, np.ascontiguousarray(_free(few).T), np.empty(ROWS),
        np.empty((ROWS, 6)), np.zeros((6, 6)), np.empty(9), np.zeros((16, len(theta))),
        np.empty((len(few.t), 2)), np.empty(8), scores, first,
    )  # fmt: skip
    best: list[tuple[int, int]] = []
    for k in np.argsort(scores, axis=None):
        a, b = divmod(int(k), HEADINGS)
        near = any(abs(a - i) <= 1 and min((b - j) % HEADINGS, (j - b) % HEADINGS) <= 2 for i, j in best)
        if np.isfinite(scores[a, b]) and not near:
            best.append((a, b))
        if len(best) == count:
            break
    starts = []
    for a, b in best:
        start = nominal(rocket, place, 2.0 * math.pi * b / HEADINGS, float(KICKS[a]))
        start[TIME] = -first[a, b]
        starts.append(start)
    return starts


def thinned(seen: Sightings, count: int) -> Sightings:
    """About `count` looks, evenly spread in time."""
    keep = np.unique(np.linspace(0, len(seen.t) - 1, count).astype(np.int64))
    return replace(
        seen,
        t=seen.t[keep],
        channel=seen.channel[keep],
        z=np.ascontiguousarray(seen.z[keep]),
        weight=np.ascontiguousarray(seen.weight[keep]),
        eye=np.ascontiguousarray(seen.eye[keep]),
    )


def _free(seen: Sightings) -> Array:
    """Orthonormal columns (2 n, k) of residuals: constant angles of each channel, and a shift in time."""
    columns = []
    motion = np.zeros((len(seen.t), 2))
    for c in range(len(seen.channels)):
        mine = seen.channel == c
        for axis in range(2):
            column = np.zeros((len(seen.t), 2))
            column[mine, axis] = seen.weight[mine, axis]
            columns.append(column.ravel())
        if np.count_nonzero(mine) > 2:
            motion[mine] = np.gradient(seen.z[mine], seen.t[mine], axis=0) * seen.weight[mine]
    columns.append(motion.ravel())
    return np.asarray(np.linalg.qr(np.stack(columns, axis=1))[0])
