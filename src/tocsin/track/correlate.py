"""Whether local tracks are one object, and whether one is that of an arc known before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.start import radar_start
from tocsin.track.air import drag_of, on_an_arc
from tocsin.track.sighted import Sighted

Array = NDArray[np.float64]

# Two lines of sight meet when they miss by less than this: assumed, five times 54 microradians at 40,000 km
# for each.
MEETING_M = 15e3
HEIGHTS_M = (-50e3, 1500e3)
POINTING_RAD = 80e-6
LEAST_TAIL = 1e-6


def agree(a: Sighted, b: Sighted) -> Array:
    """How far apart two local tracks are (n,), over what makes them two bodies: at most 1 where they are one.

    a has one row, b has n. Telescopes: by how much their lines miss one another, infinite where they meet at
    no height that something burns at. Radars: the distance of their places over five sigma. Telescope and
    radar: that of the radar's place from the telescope's line, likewise.
    """
    out = np.full(len(b), np.inf)
    if a.telescope[0]:
        lines, places = b.telescope, ~b.telescope
        out[lines] = _lines(a.origin[0], a.line[0], b.origin[lines], b.line[lines])
        out[places] = _aside(a.origin[0], a.line[0], b.place[places], b.off[places])
        return out
    lines, places = b.telescope, ~b.telescope
    out[lines] = _aside(b.origin[lines], b.line[lines], a.place[0], a.off[0])
    gap = np.linalg.norm(a.place[0] - b.place[places], axis=1)
    out[places] = gap / (5.0 * np.hypot(a.off[0], b.off[places]))
    return out


def _lines(o_a: Array, u_a: Array, o_b: Array, u_b: Array) -> Array:
    """By how much lines (n, 3) miss one line, over MEETING_M; infinite where they do not meet over ground."""
    normal = np.cross(u_a, u_b)
    size = np.linalg.norm(normal, axis=1)
    apart = o_b - o_a
    miss = np.abs(np.sum(apart * normal, axis=1)) / np.maximum(size, 1e-12)
    # Where along each line they are nearest: the middle of both is the point.
    s2 = np.maximum(size**2, 1e-24)
    s = np.sum(np.cross(apart, u_b) * normal, axis=1) / s2
    t = np.sum(np.cross(apart, np.broadcast_to(u_a, u_b.shape)) * normal, axis=1) / s2
    height = geodetic_from_ecef(0.5 * (o_a + s[:, None] * u_a + o_b + t[:, None] * u_b))[2]
    good = (height > HEIGHTS_M[0]) & (height < HEIGHTS_M[1])
    return np.where(good, miss / MEETING_M, np.inf)


def _aside(origin: Array, line: Array, place: Array, off: Array) -> Array:
    """By how much places (n, 3) lie off lines (n, 3), over five sigma of both."""
    d = np.atleast_2d(place - origin)
    distance = np.linalg.norm(d, axis=1)
    angle = np.linalg.norm(np.cross(line, d), axis=1) / distance
    return np.asarray(angle / (5.0 * np.hypot(off / distance, POINTING_RAD)))


def explains(looks: Looks, channels: tuple[Channel, ...], prior: Gaussian, inv_beta: float) -> bool | None:
    """Whether one ballistic arc agrees with a state known before and with a radar's looks since.

    The fit's chi-square, the prior's included, must not be rarer than one in a million. None while there are
    fewer than three looks to judge by.
    """
    since = on_an_arc(looks.where(looks.t > prior.t + 2.0))
    if len(since) < 3:
        return None
    drag = drag_of(since, inv_beta)
    fit = fit_ballistic(since, channels, prior.t, prior.x, drag, (prior,))
    if fit.status != "converged":
        t0, x0 = radar_start(since)
        fit = fit_ballistic(since, channels, t0, x0, drag, (prior,))
    return fit.status == "converged" and chi2_tail(fit.chi2, fit.freedom) > LEAST_TAIL
