"""What the sensor tests look at: a coasting body, a body at rest, and exact light paths in inertial axes."""

from functools import cache

import numpy as np

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.motion.ballistic import propagate
from tocsin.motion.path import Path
from tocsin.sensor.light import bodies_of, seen_from

# Burnout of the reference flight: Earth-fixed m and m/s.
COAST_X = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])


def unit(d):
    return d / np.linalg.norm(d, axis=-1, keepdims=True)


@cache
def coast() -> Path:
    """The reference flight in vacuum from burnout on, sampled each second."""
    t = np.arange(0.0, 1591.0)
    x = propagate(0.0, COAST_X, 0.0, t)
    return Path("coast", t, x[:, :3], x[:, 3:], np.zeros(len(t)), 1.0)


def at_rest(r, t0, t1, power=0.0, rcs=1.0) -> Path:
    """A body that stays at one Earth-fixed place."""
    t = np.array([t0, t1])
    r = np.tile(np.asarray(r, dtype=np.float64), (2, 1))
    return Path("rest", t, r, np.zeros((2, 3)), np.full(2, power), rcs)


def retarded(path, t, r_s):
    """When (n,) the light that arrives at t (n,) left a path, and where (n, 3); NaN where none arrives."""
    seen = seen_from(bodies_of((path,)), t, r_s)
    te, r = np.full(len(t), np.nan), np.full((len(t), 3), np.nan)
    te[seen.frame], r[seen.frame] = seen.t, seen.r
    return te, r


def turned(r, angle):
    """Positions (n, 3) in axes turned by `angle` (n,) about the Earth's axis."""
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0], r[:, 2]], axis=1)


def exact_two_way(t, r_s):
    """Half the two-way path (n,) m of an echo received at t (n,), and its line (n, 3) in the axes of t.

    Everything in axes that do not turn: the site at reception, the body at the bounce, the site at sending.
    """
    site = np.tile(r_s, (len(t), 1))
    here = turned(site, -OMEGA * t)
    bounce = t.copy()
    for _ in range(8):
        body = turned(propagate(0.0, COAST_X, 0.0, bounce)[:, :3], -OMEGA * bounce)
        back = np.linalg.norm(body - here, axis=1)
        bounce = t - back / C_LIGHT
    out = back
    for _ in range(8):
        sent = bounce - out / C_LIGHT
        out = np.linalg.norm(body - turned(site, -OMEGA * sent), axis=1)
    return 0.5 * (out + back), unit(turned(body, OMEGA * t) - site)
