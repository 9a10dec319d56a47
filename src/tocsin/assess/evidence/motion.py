"""How something seems to move to one sensor: what tells a plume from a fire, a body from an echo."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.looks import Looks
from tocsin.sensor.measurement import focal_values, line_of_sight, position_from_radar

Array = NDArray[np.float64]

CLOUD_M = 6371e3 + 10e3  # from the Earth's centre: the height at which a plume comes into sight
# A plume is fastest last; a bend shows the better the longer it is seen.
PLUME_S, ECHO_S = 30.0, 600.0
LEAST_LOOKS = 3


@final
@dataclass(frozen=True, slots=True)
class Motion:
    """An apparent velocity v (d,) m/s and how it bends, a (d,) m/s2, with the 1-sigma errors of each.

    Of a telescope's two axes across the line of sight, with no bend (infinite error); of a radar's three:
    along the line of sight, up across it, and level. place: (lat, lon) rad of what a telescope's line points
    at, were it at the cloud tops; None of a radar's.
    """

    v: Array
    sigma_v: Array
    a: Array
    sigma_a: Array
    place: tuple[float, float] | None = None


def motion_of(looks: Looks, telescope: bool) -> Motion | None:
    """The apparent motion of one channel's newest looks; None from fewer than three times.

    A telescope's, over half a minute: the rate at which its angles leave those of a point that stands still
    where the middle line of sight meets the cloud tops or passes them nearest, times the distance. A radar's,
    over ten minutes: slope and bend of the places themselves, far better known along the line of sight than
    across. By least squares of a line or a parabola, with the looks' noise; fixed errors fall out.
    """
    looks = looks.where(looks.t > looks.t.max(initial=-math.inf) - (PLUME_S if telescope else ECHO_S))
    if len(np.unique(looks.t)) < LEAST_LOOKS:
        return None
    return _across(looks) if telescope else _in_space(looks)


def _across(looks: Looks) -> Motion:
    """A telescope's."""
    t = looks.t - looks.t.mean()
    still, distance = _cloud_point(looks)
    seen = focal_values(np.broadcast_to(still, (len(t), 3)), looks.r_sensor)
    noise = np.median(looks.sigma[:, :2], axis=0) * distance
    found, spread = _regressed(t, (looks.z[:, :2] - seen) * distance, 1)
    lat, lon, _ = geodetic_from_ecef(still)
    unknown = np.full(2, math.inf)
    return Motion(found[1], noise * math.sqrt(spread[1, 1]), np.zeros(2), unknown, (float(lat), float(lon)))


def _in_space(looks: Looks) -> Motion:
    """A radar's."""
    t = looks.t - looks.t.mean()
    r = position_from_radar(looks.z, looks.r_sensor)
    line = r.mean(axis=0) - looks.r_sensor[0]
    line /= np.linalg.norm(line)
    level = np.cross(line, looks.r_sensor[0])
    level /= np.linalg.norm(level)
    axes = np.stack([line, np.cross(level, line), level])
    found, spread = _regressed(t, r @ axes.T, 2)
    far = looks.z[:, 0]
    cross = (looks.sigma[:, 2], looks.sigma[:, 1] * np.cos(looks.z[:, 2]))
    noise = np.array([np.median(s) for s in (looks.sigma[:, 0], far * cross[0], far * cross[1])])
    sigma = np.sqrt(np.diag(spread))
    return Motion(found[1], noise * sigma[1], 2.0 * found[2], 2.0 * noise * sigma[2])


def slower(motion: Motion | None, slow: tuple[float, float], fast: tuple[tuple[float, float], ...]) -> float:
    """ln of how much better slow things explain a motion than fast ones; 0 of what is not known.

    ln p(v, a; slow) - ln mean_f p(v, a; f), p Gaussian about nought in each axis with the variances of what
    is looked for and of the error. Each is a speed m/s and a bend m/s2; fast: several, for what is fast may
    be seen nearly from behind.
    """
    if motion is None:
        return 0.0
    swift = [_density(motion, *f) for f in fast]
    top = max(swift)
    return _density(motion, *slow) - top - math.log(sum(math.exp(f - top) for f in swift) / len(swift))


def _density(motion: Motion, speed_m_s: float, bend_m_s2: float) -> float:
    """ln N(v; 0, speed^2 + sigma_v^2) N(a; 0, bend^2 + sigma_a^2), but for what is common to all."""
    out = _gaussian(motion.v, speed_m_s**2 + motion.sigma_v**2)
    if np.isfinite(motion.sigma_a).all():
        out += _gaussian(motion.a, bend_m_s2**2 + motion.sigma_a**2)
    return out


def _gaussian(x: Array, variance: Array) -> float:
    return float(-0.5 * np.sum(np.log(variance) + x**2 / variance))


def _regressed(t: Array, y: Array, degree: int) -> tuple[Array, Array]:
    """Coefficients (degree + 1, d) of the least-squares polynomial, and (A'A)^-1 of unit noise."""
    A = np.vander(t, degree + 1, increasing=True)
    spread = np.asarray(np.linalg.pinv(A.T @ A), dtype=np.float64)
    return spread @ A.T @ y, spread


def _cloud_point(looks: Looks) -> tuple[Array, float]:
    """The point (3,) m of the middle line at the cloud tops, or nearest to them, and its distance."""
    k = len(looks) // 2
    eye = looks.r_sensor[k]
    line = line_of_sight(looks.z[k : k + 1, :2], looks.r_sensor[k : k + 1])[0]
    nearest = -float(eye @ line)
    across2 = float(eye @ eye) - nearest**2
    distance = nearest - math.sqrt(max(CLOUD_M**2 - across2, 0.0))
    return eye + distance * line, distance
