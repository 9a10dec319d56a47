"""Which radars will have a body in view, from when and for how long, along its predicted arc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.estimate.looks import Channel
from tocsin.sensor.beam import Beam
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.view import within

Array = NDArray[np.float64]

ASSUMED_RCS_M2 = 1.0
"""Mean cross-section of a body ahead of its first look: assumed, 0.1 to 10 m2."""


@final
@dataclass(frozen=True, slots=True)
class Watcher:
    """A radar as the estimator knows it: channel (name, kind, priors), figures of its site, and its beam."""

    channel: Channel
    site: RadarSite
    beam: Beam


def watchers(channels: Sequence[Channel], sites: Sequence[RadarSite]) -> tuple[Watcher, ...]:
    """The radars of a network, each channel with the site of its name; telescopes are left out."""
    of = {site.key: site for site in sites}
    return tuple(
        Watcher(c, of[c.name], Beam(of[c.name])) for c in channels if not c.telescope and c.name in of
    )


@final
@dataclass(frozen=True, slots=True)
class View:
    """A stay in a radar's view: from and to (TAI s), and whether it begins at the arc's start."""

    start_t: float
    end_t: float
    already: bool


def next_view(watcher: Watcher, t: Array, x: Array) -> View | None:
    """The first stay in view of an arc x (n, 6) at times t (n,), even steps; None if there is none.

    Within the sector and the limits of elevation and range, on straight rays; begins and ends are those of
    the cubic between steps, to a hundredth of one.
    """
    seen = sees(watcher, x)
    if not seen.any():
        return None
    i = int(np.argmax(seen))
    after = np.flatnonzero(~seen[i:])
    j = i + int(after[0]) if len(after) else len(t)
    start = float(t[0]) if i == 0 else _edge(watcher, t, x, i - 1)
    end = float(t[-1]) if j == len(t) else _edge(watcher, t, x, j - 1)
    return View(start, end, i == 0)


def sees(watcher: Watcher, x: Array) -> NDArray[np.bool_]:
    """Which states (n, 6) lie within a radar's sector and limits."""
    r = np.broadcast_to(watcher.beam.r_ecef, (len(x), 3))
    values = range_azimuth_elevation(x[:, :3], x[:, 3:], r)[0]
    return within(watcher.site, values[:, 0], values[:, 1], values[:, 2])


def _edge(watcher: Watcher, t: Array, x: Array, i: int) -> float:
    """The time between steps i and i + 1 at which the view begins or ends."""
    s = np.linspace(0.0, 1.0, 101)
    between = between_states(t, x, t[i] + s * (t[i + 1] - t[i]))
    change = np.flatnonzero(np.diff(sees(watcher, between).astype(int)))
    k = int(change[0]) if len(change) else 50
    return float(t[i] + 0.5 * (s[k] + s[k + 1]) * (t[i + 1] - t[i]))


def between_states(t: Array, x: Array, when: Array) -> Array:
    """States (m, 6) at times (m,) of an arc x (n, 6) at t (n,): by cubics from both ends' place and speed."""
    i = np.clip(np.searchsorted(t, when, side="right") - 1, 0, len(t) - 2)
    d = (t[i + 1] - t[i])[:, None]
    s = (when - t[i])[:, None] / d
    r0, r1, v0, v1 = x[i, :3], x[i + 1, :3], x[i, 3:] * d, x[i + 1, 3:] * d
    rise = r1 - r0
    place = r0 + s * (v0 + s * (3.0 * rise - 2.0 * v0 - v1 + s * (v0 + v1 - 2.0 * rise)))
    speed = (v0 + s * (2.0 * (3.0 * rise - 2.0 * v0 - v1) + 3.0 * s * (v0 + v1 - 2.0 * rise))) / d
    return np.concatenate([place, speed], axis=1)


def look_sigma(watcher: Watcher, x: Array) -> tuple[Array, Array]:
    """1-sigma noise (n, 3) m and rad of looks at states (n, 6) of 1 m2 (assumed), and their chance (n,).

    P = P_fa^(1 / (1 + snr)), Swerling's first case.
    """
    r = np.broadcast_to(watcher.beam.r_ecef, (len(x), 3))
    values = range_azimuth_elevation(x[:, :3], x[:, 3:], r)[0]
    snr = watcher.beam.snr(values, np.full(len(x), ASSUMED_RCS_M2))
    sigma = watcher.beam.sigmas(watcher.beam.noise(snr, values), values[:, 2])
    return sigma, watcher.site.false_alarm_probability ** (1.0 / (1.0 + snr))
