"""Whether local tracks are one object, and whether one is that of an arc known before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.start import radar_start
from tocsin.track.air import drag_of, on_an_arc
from tocsin.track.sighted import Sighted

Array = NDArray[np.float64]

HEIGHTS_M = (-50e3, 1500e3)
# A plume is first seen below FIRST_M and gains at most CLIMB_M_S; one that would be higher costs TOO_HIGH.
FIRST_M, CLIMB_M_S, TOO_HIGH = 80e3, 5e3, 0.6
POINTING_RAD = 30e-6  # of a line, its sensor's fixed error in it (assumed)
TURN_M_S = 30.0  # of a satellite's own motion, which two of its scans tell (assumed)
LEAST_TAIL = 1e-6
# Squared distances of one body that are exceeded once in 1e5: of two values, of four, and of six. Of a line
# and its rate, which are taken for independent and are not, up to fifty times as often.
LINES, ASIDE, THERE = 23.0, 28.5, 33.1
NEAR_M = 5e3  # 1 sigma of what is not in a covariance, in choosing what is compared at all


def agree(a: Sighted, b: Sighted) -> Array:
    """How far apart two local tracks are (n,), over what makes them two bodies: at most 1 where they are one.

    a has one row, b has n. Telescopes: by how much their lines miss one another, and how fast they part,
    infinite where they meet at no height that something burns at. Radars: d2 = d' (P_a + P_b)^-1 d of their
    states in six dimensions. Telescope and radar: likewise of the radar's state across the line and the
    line's rate.
    """
    out = np.full(len(b), np.inf)
    lines, places = b.telescope, ~b.telescope
    if a.telescope[0]:
        out[lines] = _lines(a, b.where(lines))
        out[places] = _aside(a, b.where(places))
        return out
    out[lines] = _aside(b.where(lines), a)
    out[places] = _there(a, b.where(places))
    return out


def _lines(a: Sighted, b: Sighted) -> Array:
    """How far lines (n,) miss one line, and part from it; infinite where they do not meet over ground.

    d2 = m^2 / var m + m'^2 / var m', m along the normal n of both lines and m' = n . (v_b - v_a), where v is
    what a line says of the velocity of that at distance s on it: its sensor's, and s times its rate.
    """
    o_a, u_a, u_b = a.origin[0], a.line[0], b.line
    normal = np.cross(u_a, u_b)
    size = np.linalg.norm(normal, axis=1)
    apart = b.origin - o_a
    # Where along each line they are nearest: the middle of both is the point.
    s2 = np.maximum(size**2, 1e-24)
    s = np.sum(np.cross(apart, u_b) * normal, axis=1) / s2
    t = np.sum(np.cross(apart, np.broadcast_to(u_a, u_b.shape)) * normal, axis=1) / s2
    height = geodetic_from_ecef(0.5 * (o_a + s[:, None] * u_a + b.origin + t[:, None] * u_b))[2]
    good = (height > HEIGHTS_M[0]) & (height < HEIGHTS_M[1])
    high = height > FIRST_M + CLIMB_M_S * np.maximum(a.age[0], b.age)
    normal /= np.maximum(size, 1e-12)[:, None]
    parting = b.drift + t[:, None] * b.turn - a.drift - s[:, None] * a.turn
    miss, parts = np.sum(apart * normal, axis=1), np.sum(parting * normal, axis=1)
    off = POINTING_RAD**2
    # Of one line with itself s and t are nought: a metre is nothing to any other.
    miss2 = miss**2 / (s**2 * (a.line_off**2 + off) + t**2 * (b.line_off**2 + off) + 1.0)
    parts2 = parts**2 / ((s * a.turn_off) ** 2 + (t * b.turn_off) ** 2 + 2.0 * TURN_M_S**2)
    far = np.hypot(np.sqrt((miss2 + parts2) / LINES), np.where(high, TOO_HIGH, 0.0))
    return np.where(good, far, np.inf)


def _aside(a: Sighted, b: Sighted) -> Array:
    """How far states lie off lines, and move otherwise; one of the two has one row, the other n."""
    d = b.x[:, :3] - a.origin
    distance = np.linalg.norm(d, axis=1)
    d = d - b.x[:, 3:] * (distance / C_LIGHT)[:, None]
    off, moved = d - distance[:, None] * a.line, b.x[:, 3:] - a.drift - distance[:, None] * a.turn
    out = np.full(len(d), np.inf)
    line_var = np.square(distance) * (np.square(a.line_off) + POINTING_RAD**2)
    near = np.flatnonzero(_within(off, np.trace(b.P[:, :3, :3], axis1=1, axis2=2) + 2.0 * line_var))
    if not len(near):
        return out
    of_a, of_b = (near if len(x) == len(d) else np.zeros(len(near), np.int64) for x in (a, b))
    line, away = a.line[of_a], distance[near, None]
    # Two axes across the line, and what place and velocity are along them.
    first = np.cross(line, [0.0, 0.0, 1.0])
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    across = np.stack([first, np.cross(line, first)], axis=1)
    gap = np.concatenate([np.einsum("nij,nj->ni", across, v[near]) for v in (off, moved)], axis=1)
    E = np.zeros((len(near), 4, 6))
    E[:, :2, :3] = E[:, 2:, 3:] = across
    S = E @ b.P[of_b] @ E.transpose(0, 2, 1)
    S[:, range(2), range(2)] += line_var[near, None]
    S[:, range(2, 4), range(2, 4)] += np.square(away * a.turn_off[of_a, None]) + TURN_M_S**2
    out[near] = np.sqrt(squared_distance(gap, S) / ASIDE)
    return out


def _there(a: Sighted, b: Sighted) -> Array:
    """How far apart states (n,) are from one."""
    out = np.full(len(b), np.inf)
    gap = b.x - a.x
    var = np.trace(a.P[:, :3, :3], axis1=1, axis2=2) + np.trace(b.P[:, :3, :3], axis1=1, axis2=2)
    near = _within(gap[:, :3], var)
    out[near] = np.sqrt(squared_distance(gap[near], a.P + b.P[near]) / THERE)
    return out


def _within(off: Array, var: Array) -> NDArray[np.bool_]:
    """Which places (n, 3) may be one: those farther off than seven sigma, of all axes together, are not."""
    return np.asarray(np.sum(off**2, axis=1) < 49.0 * (var + NEAR_M**2))


def squared_distance(d: Array, S: Array) -> Array:
    """d' S^-1 d of rows (n, k) and covariances (n, k, k); inf where S is none."""
    scale = np.sqrt(np.einsum("nii->ni", S))
    # What is added is nothing to any that is known; without it one that is singular to rounding is an error.
    S = S / (scale[:, :, None] * scale[:, None, :]) + 1e-12 * np.eye(d.shape[1])
    d = d / scale
    d2 = np.sum(d * np.linalg.solve(S, d[..., None])[..., 0], axis=-1)
    return np.where(d2 >= 0.0, d2, np.inf)


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
