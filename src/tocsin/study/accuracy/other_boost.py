"""The reference ascent as telescopes see it: as the estimator has it, and as it might really be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.boost import plume_end
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.estimate.residuals import expected
from tocsin.sensor.errors import LAG_SIGMA
from tocsin.sensor.infrared.pointing import Pointing, draw
from tocsin.study.accuracy.ascent import STAGES, Ascent, Flown, fly, states_at
from tocsin.study.accuracy.looks import above_clouds, telescope, telescope_looks
from tocsin.study.accuracy.other import DETECTION, SPREAD, Spread, noticed, tailed
from tocsin.study.accuracy.reference import ascent, satellite_at

Array = NDArray[np.float64]

ASIDE = (math.radians(5.0), math.radians(15.0))
"""How far a stage's thrust may be off the velocity, from the second stage on: in thick air none can."""
JITTER = (20e-6, 5.0)  # most of it rad, and its correlation time s
CLOCK_S = 0.05  # what the estimator takes as 1 sigma of a telescope's clock
FRAME_S = 1.0
WAIT_S, MISSES = 6.0, 5  # after the last look, until the plume is held for out, and frames in a row without


@final
@dataclass(frozen=True, slots=True)
class SeenBoost:
    """What flew and what was seen of it: looks and channels of the telescopes, the plume's end with sigma."""

    flown: Flown
    looks: Looks
    channels: tuple[Channel, ...]
    out: tuple[float, float]


def own_boost(eyes: str, sigma: float, bias: float, rng: np.random.Generator) -> SeenBoost:
    """The reference ascent as the estimator thinks that telescopes see it: white noise and lasting angles."""
    flown = ascent()
    t = np.arange(rng.random(), float(flown.t[-1]), FRAME_S)
    t, x = above_clouds(t, states_at(flown, t))
    channels = tuple(telescope(which, bias) for which in eyes)
    looks = in_order(joined([telescope_looks(k, c, sigma, t, x, rng) for k, c in enumerate(channels)]))
    return SeenBoost(flown, looks, channels, (float(t[-1]) + 0.5 * FRAME_S, FRAME_S / math.sqrt(12.0)))


def other_boost(eyes: str, sigma: float, bias: float, rng: np.random.Generator) -> SeenBoost:
    """The reference's engines on a course of their own, as telescopes might really see it.

    Thrust 5 to 15 deg off the velocity, each upper stage's its own way; a jitter of up to 20 microradians
    that lasts 5 s, a clock off by up to 100 ms, a plume somewhere behind the body, 5 % of the noise three
    times as wide, looks lost now and then. The fit is told sigma, bias, CLOCK_S and a plume of any offset.
    """
    angle, way = math.tan(rng.uniform(*ASIDE)), rng.uniform(0.0, 2.0 * math.pi, len(STAGES))
    aside = angle * np.stack([np.sin(way), np.cos(way)], axis=1)
    aside[0] = 0.0
    flown = fly((Ascent(),), aside)[0]
    channels = tuple(Channel(w, True, (bias, bias, CLOCK_S, LAG_SIGMA), "infrared", (0.0, 0.0)) for w in eyes)
    lag = rng.random() - 0.5
    parts = [_seen(k, c, flown, lag, sigma, rng) for k, c in enumerate(channels)]
    last = np.array([p.t[-1] for p in parts])
    frames, seen = np.full(len(parts), FRAME_S), np.full(len(parts), 0.5 * sum(DETECTION))
    out = plume_end(last, frames, seen, float(last.max()) + WAIT_S, MISSES)
    assert out is not None
    return SeenBoost(flown, in_order(joined(parts)), channels, out)


def _seen(
    number: int,
    channel: Channel,
    flown: Flown,
    lag: float,
    sigma: float,
    rng: np.random.Generator,
    spread: Spread = SPREAD,
) -> Looks:
    """One telescope's looks, stamped by a clock that is late."""
    late = spread.clock_s * rng.uniform(-1.0, 1.0)
    t = noticed(np.arange(rng.random(), float(flown.t[-1]), FRAME_S), rng)
    t, x = above_clouds(t, states_at(flown, t))
    h, _, columns = expected(channel, x[:, :3], x[:, 3:], satellite_at(channel.name, t))
    shaken = Pointing(channel.bias_sigma[0], 0.0, 1.0, JITTER[0] * rng.random(), JITTER[1])
    z, width = np.zeros((len(t), 3)), np.ones((len(t), 3))
    z[:, :2] = h + columns[:, :, 3] * lag + draw(t, shaken, rng) + sigma * tailed(h.shape, rng, spread)
    width[:, :2] = sigma
    stamped = t + late
    place = satellite_at(channel.name, stamped)
    return Looks(stamped, np.full(len(t), number, dtype=np.int64), z, width, place)
