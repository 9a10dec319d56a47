"""Where a template's search begins: from the path where lines meet, or from every heading."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.atmosphere import US_1976
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.earth.kernel import kernel
from tocsin.estimate.boost.ascent import fly
from tocsin.estimate.boost.engine import KICK, THRUST, TIME
from tocsin.estimate.boost.fan import HEADINGS, KICKS, fan, nominal, passes
from tocsin.estimate.boost.meeting import Meeting
from tocsin.estimate.boost.misfit import misfit
from tocsin.estimate.boost.run import ROWS
from tocsin.estimate.boost.sighting import Sightings
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

SHIFTS = np.array([-6.0, 0.0, 6.0])  # s, by which a launch may be off the time that the first height tells
FEW = 24  # looks by which many headings are compared
EARTH_M = 6371e3


def from_meeting(rocket: Rocket, seen: Sightings, path: Meeting) -> list[Array]:
    """The two kicks whose ascents come nearest to the path, each at the launch place and time that fit it."""
    t = np.linspace(0.0, seen.last, 7)
    r, _, _ = path.at(t)
    lat, lon, h = geodetic_from_ecef(r)
    place = (float(lat[0]), float(lon[0]))
    axes = enu_from_ecef(*place)
    gone = (r[-1] - r[0]) @ axes.T
    azimuth = math.atan2(gone[0], gone[1])
    theta = nominal(rocket, place, azimuth, 0.1)
    found = np.full((len(KICKS), 4), np.inf)
    _nearest(
        theta, KICKS, rocket.stages, rocket.body, rocket.vertical_s, rocket.pitch_over_end_s, US_1976,
        max(float(h[0]), 2e3), seen.last + 150.0, t, r, axes, np.empty(ROWS), np.empty((ROWS, 6)),
        np.zeros((6, 6)), np.empty(9), np.zeros((16, len(theta))), found,
    )  # fmt: skip
    made = []
    for k in np.argsort(found[:, 0])[:2]:
        score, first, east, north = found[k]
        if math.isfinite(score):
            start = nominal(rocket, place, azimuth, float(KICKS[k]))
            start[:3] += north / EARTH_M, east / (EARTH_M * math.cos(place[0])), -first
            made.append(start)
    return made


@kernel
def _nearest(
    theta: Array, kicks: Array, stages: Array, body: Array, begin: float, end: float, air: Array,
    height: float, until: float, t: Array, r: Array, axes: Array, times: Array, rows: Array, work: Array,
    stand: Array, small: Array, found: Array,
) -> None:  # fmt: skip
    """Fill found (k, 4) for each kick: how far its ascent is from places r (n, 3) at t (n,), the launch place
    left free, m2; when it passed the first of them, s after launch; by how much it has to go east, north."""
    gm, by, du, off = small[:8, :3], small[8], small[9:12], small[12, :3]
    for a in range(kicks.size):
        theta[KICK] = math.log(kicks[a])
        count = fly(theta, 0, stages, body, begin, end, air, until, times, rows, work, stand, gm, by, du)
        passed = passes(times, rows, count, height)
        if passed < 0.0:
            continue
        for shift in SHIFTS:
            east = north = east2 = north2 = up2 = 0.0
            i = 1
            for k in range(t.size):
                at = max(passed + shift + t[k], 0.0)
                while i < count - 1 and times[i] < at:
                    i += 1
                share = min((at - times[i - 1]) / max(times[i] - times[i - 1], 1e-9), 1.0)
                for j in range(3):
                    off[j] = r[k, j] - rows[i - 1, j] - share * (rows[i, j] - rows[i - 1, j])
                e = axes[0, 0] * off[0] + axes[0, 1] * off[1] + axes[0, 2] * off[2]
                n = axes[1, 0] * off[0] + axes[1, 1] * off[1] + axes[1, 2] * off[2]
                u = axes[2, 0] * off[0] + axes[2, 1] * off[1] + axes[2, 2] * off[2]
                east, north = east + e / t.size, north + n / t.size
                east2, north2, up2 = east2 + e * e / t.size, north2 + n * n / t.size, up2 + u * u / t.size
            score = east2 - east * east + north2 - north * north + up2
            if score < found[a, 0]:
                found[a, 0], found[a, 1], found[a, 2], found[a, 3] = score, passed + shift, east, north


@kernel
def _scan(
    y: Array, fan_times: Array, fan_rows: Array, fan_count: Ints, passed: Array, r0: Array, turn: Array,
    r: Array, size: int, t: Array, channel: Ints, z: Array, weight: Array, eye: Array, columns: Ints,
    free: Array, rows: Array, small: Array, e: Array, c: Array, scores: Array,
) -> None:  # fmt: skip
    """Fill scores (k, h), the misfit of each ascent of a fan, brought from r0 to r by a turn (3, 3), less
    what `free` explains; it passes its first height at the first look."""
    h, g, m = small[:8, :3], small[8], small[9:11, :3]
    for a in range(fan_count.shape[0]):
        for b in range(fan_count.shape[1]):
            scores[a, b] = math.inf
            if passed[a, b] < 0.0:
                continue
            old = fan_rows[a, b]
            for k in range(fan_count[a, b]):
                for i in range(3):
                    rows[k, i], rows[k, 3 + i] = r[i], 0.0
                    for j in range(3):
                        rows[k, i] += turn[i, j] * (old[k, j] - r0[j])
                        rows[k, 3 + i] += turn[i, j] * old[k, 3 + j]
            y[TIME] = -passed[a, b]
            total = misfit(
                y, 0, size, fan_times[a, b], rows, fan_count[a, b], t, channel, z, weight, eye, columns, h, g,
                e, c, m, h,
            )  # fmt: skip
            for k in range(free.shape[0]):
                along = 0.0
                for i in range(t.size):
                    along += free[k, 2 * i] * e[i, 0] + free[k, 2 * i + 1] * e[i, 1]
                total -= along * along
            scores[a, b] = total


def from_every_heading(rocket: Rocket, seen: Sightings, count: int) -> list[Array]:
    """The `count` best of all headings and kicks, a few looks judged, the first of them at the cloud tops.

    The launch place and time are left free to first order: what constant angles and a shift in time explain
    does not count. Of neighbours among the headings and kicks only the better one is taken.
    """
    few = thinned(seen, FEW)
    flown = fan(rocket, seen.place[0], seen.last + 120.0)
    size = THRUST + len(rocket.stages)
    y = np.concatenate([nominal(rocket, seen.place, 0.0, 0.1), np.zeros(len(seen.prior))])
    scores = np.full(flown.count.shape, np.inf)
    _scan(
        y, flown.times, flown.rows, flown.count, flown.passed, flown.r0,
        np.ascontiguousarray(enu_from_ecef(*seen.place).T @ flown.axes),
        ecef_from_geodetic(*seen.place, 0.0), size, few.t, few.channel, few.z, few.weight, few.eye,
        few.columns, np.ascontiguousarray(_free(few).T), np.empty((ROWS, 6)), np.zeros((11, size)),
        np.empty((len(few.t), 2)), np.empty(8), scores,
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
        start = nominal(rocket, seen.place, 2.0 * math.pi * b / HEADINGS, float(KICKS[a]))
        start[TIME] = -flown.passed[a, b]
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
