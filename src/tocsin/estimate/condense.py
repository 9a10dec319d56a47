"""Many looks of one sensor made few, for archive and message, in the sensor's own coordinates.

A Cartesian summary of a few looks loses what made them Gaussian: range is known to metres and angles to
kilometres. In range and angles, what a window's looks say beside a reference arc is a value and a rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.frames import half_turn
from tocsin.estimate.ballistic import BallisticFit, Drag
from tocsin.estimate.looks import RATE, Looks
from tocsin.estimate.residuals import expected
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import STANDARD, Forces

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Condensed:
    """A window of one sensor's looks as two that are independent, at t - apart and t + apart (TAI s, s).

    values, sigmas (k, m), at places r_sensor (k, 3): k is 2, or 1 for a look that stood alone; count: of the
    looks that it stands for. Value and rate at the middle are mean and slope of the two.
    """

    channel: int
    t: float
    apart: float
    values: Array
    sigmas: Array
    r_sensor: Array
    count: int

    @property
    def value(self) -> Array:
        """The mean (m,) of the two: the value at t, but for the bend of the path in between."""
        return np.asarray(self.values.mean(axis=0))

    @property
    def rate(self) -> Array:
        """The slope (m,) from one to the other, 1/s; NaN for a look that stood alone."""
        if len(self.values) == 1:
            return np.full(self.values.shape[1], np.nan)
        return np.asarray((self.values[1] - self.values[0]) / (2.0 * self.apart))

    @property
    def covariance(self) -> Array:
        """Covariance (m, 2, 2) of value and rate."""
        if len(self.values) == 1:
            return np.stack([np.diag([v, np.inf]) for v in self.sigmas[0] ** 2])
        turn = np.array([[0.5, 0.5], [-0.5 / self.apart, 0.5 / self.apart]])
        return np.stack([turn @ np.diag(pair) @ turn.T for pair in (self.sigmas**2).T])


def condense(
    looks: Looks, fit: BallisticFit, drag: Drag, window_s: float = 60.0, forces: Forces = STANDARD
) -> tuple[Condensed, ...]:
    """The looks of a fit's channels, window by window and channel by channel.

    In each coordinate a line is put through z - h(x_ref(t)), x_ref the fit's arc, by least squares with
    weights w that all coordinates share, so that values at t_m +- d, d^2 = sum w s^2 / sum w, s = t - t_m,
    are independent: what they say is what value and rate say. The arc's own bend is put back at both. A
    window keeps range rates where each look of it has one, and else none.
    """
    inv_beta = drag.inv_beta * float(np.exp(-fit.ln_beta))
    found = []
    for c in np.unique(looks.channel):
        mine = looks.where(looks.channel == c)
        window = np.floor((mine.t - mine.t.min()) / window_s)
        found += [_window(mine.where(window == k), fit, inv_beta, forces) for k in np.unique(window)]
    return tuple(found)


def looks_of(blocks: tuple[Condensed, ...]) -> Looks:
    """Condensed windows as looks that any fit takes, in order of time."""
    t, channel, z, sigma, place = [], [], [], [], []
    wide = max(RATE, *(b.values.shape[1] for b in blocks))
    for b in blocks:
        k, m = b.values.shape
        t += [b.t - b.apart, b.t + b.apart][:k] if k == 2 else [b.t]
        channel += [b.channel] * k
        unused = np.where(np.arange(m, wide) < RATE, 1.0, np.inf)
        z.append(np.pad(b.values, [(0, 0), (0, wide - m)]))
        sigma.append(np.column_stack([b.sigmas, np.tile(unused, (k, 1))]))
        place.append(b.r_sensor)
    rows = Looks(
        np.array(t), np.array(channel, np.int64), *(np.concatenate(part) for part in (z, sigma, place))
    )
    return rows.where(np.lexsort((rows.channel, rows.t)))


def _window(part: Looks, fit: BallisticFit, inv_beta: float, forces: Forces) -> Condensed:
    channel = fit.channels[part.channel[0]]
    m = 2 if channel.telescope else RATE + int(part.rated.all())
    number = int(part.channel[0])
    if len(np.unique(part.t)) < 2:
        return Condensed(
            number, float(part.t[0]), 0.0, part.z[:1, :m], part.sigma[:1, :m], part.r_sensor[:1], 1
        )

    def reference(t: Array, place: Array) -> Array:
        x = propagate(fit.state.t, fit.state.x, inv_beta, t, forces)
        return expected(channel, x[:, :3], x[:, 3:], place, m > RATE)[0]

    off = part.z[:, :m] - reference(part.t, part.r_sensor)
    if m >= RATE:
        off[:, 1] = half_turn(off[:, 1])
    variance = part.sigma[:, :m] ** 2
    w = (1.0 / variance / (1.0 / variance).sum(axis=0)).mean(axis=1)
    middle = float(w @ part.t)
    s = part.t - middle
    apart = float(np.sqrt(w @ s**2))
    ends = np.array([-apart, apart])
    # What each look weighs in the line's value at either end (2, n).
    weight = w * (1.0 + ends[:, None] * s / apart**2)
    place = part.r_sensor[np.argmin(np.abs(s - ends[:, None]), axis=1)]
    values = reference(middle + ends, place) + weight @ off
    if m >= RATE:
        values[:, 1] %= 2.0 * np.pi
    return Condensed(number, middle, apart, values, np.sqrt(weight**2 @ variance), place, len(part))
