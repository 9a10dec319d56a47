"""Whether a local track is the same object as a system track."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.boost.meeting import triangulate
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.start import radar_start
from tocsin.sensor.measurement import line_of_sight, position_from_radar
from tocsin.track.air import drag_of, on_an_arc
from tocsin.track.local import LocalTracks

Array = NDArray[np.float64]

# Two lines of sight meet when they miss by less than this: assumed, five times 54 microradians at 40,000 km
# for each.
MEETING_M = 15e3
HEIGHTS_M = (-50e3, 1500e3)
POINTING_RAD = 80e-6
LEAST_TAIL = 1e-6


def agree(
    tracks: LocalTracks, a: int, b: int, channels: tuple[Channel, ...], r_a: Array, r_b: Array
) -> bool | None:
    """Whether two live local tracks are one object now; None where they cannot be compared.

    Telescopes: their lines meet, at a height that something burns at. Radars: positions within five sigma.
    Telescope and radar: the radar's place lies on the telescope's line within five sigma.
    """
    if tracks.channel[a] == tracks.channel[b] or abs(tracks.t[a] - tracks.t[b]) > 15.0:
        return None
    ca, cb = channels[tracks.channel[a]], channels[tracks.channel[b]]
    s = tracks.t[a] - tracks.t[b]
    za = tracks.x[a, :, 0]
    zb = tracks.x[b, :, 0] + tracks.x[b, :, 1] * s + tracks.x[b, :, 2] * s**2 / 2
    if ca.telescope and cb.telescope:
        lines = np.stack(
            [line_of_sight(za[None, :2], r_a[None])[0], line_of_sight(zb[None, :2], r_b[None])[0]]
        )
        point, miss = triangulate(np.stack([r_a, r_b]), lines)
        height = float(geodetic_from_ecef(point)[2])
        return miss < MEETING_M and HEIGHTS_M[0] < height < HEIGHTS_M[1]
    if ca.telescope != cb.telescope:
        z_t, r_t, z_r, r_r, radar = (za, r_a, zb, r_b, b) if ca.telescope else (zb, r_b, za, r_a, a)
        place = position_from_radar(z_r[None], r_r[None])[0]
        d = place - r_t
        line = line_of_sight(z_t[None, :2], r_t[None])[0]
        off = float(np.linalg.norm(np.cross(line, d))) / float(np.linalg.norm(d))
        cross = cross_range(tracks, radar, channels) / float(np.linalg.norm(d))
        return off < 5.0 * float(np.hypot(cross, POINTING_RAD))
    gap = position_from_radar(za[None], r_a[None])[0] - position_from_radar(zb[None], r_b[None])[0]
    spread = np.hypot(cross_range(tracks, a, channels), cross_range(tracks, b, channels))
    return float(np.linalg.norm(gap)) < 5.0 * float(spread)


def cross_range(tracks: LocalTracks, row: int, channels: tuple[Channel, ...]) -> float:
    """1-sigma position error m of a radar's local track across its line, bias included."""
    bias = channels[tracks.channel[row]].bias_sigma[2]
    return float(tracks.x[row, 0, 0]) * float(np.hypot(np.sqrt(tracks.P[row, 2, 0, 0]), bias)) + 1e3


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
