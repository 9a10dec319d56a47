"""The bound of the whole tracker: all frames due, each by the share of its information that is left."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.bound import midcourse_bound
from tocsin.estimate.looks import Looks, in_order, joined
from tocsin.estimate.posterior import powered_bound
from tocsin.motion.ballistic import propagate
from tocsin.study.accuracy.ascent import states_at
from tocsin.study.accuracy.bounds import powered_path
from tocsin.study.accuracy.looks import SIGMA, above_clouds, telescope_looks
from tocsin.study.accuracy.reference import ascent, burnout
from tocsin.study.tracker.reduction import information_reduction
from tocsin.study.tracker.world import FRAME_S, INV_BETA, PUSH_M_S, Plan, World
from tocsin.track.post_boost import with_post_boost

Array = NDArray[np.float64]


def shares(plan: Plan, detection: float, looks: Looks) -> Array:
    """The information reduction factor (n,) of each look, by its channel, its noise and the false looks."""
    out = np.empty(len(looks))
    for c, told in enumerate(plan.channels):
        mine = looks.channel == c
        if mine.any():
            n = 2 if told.telescope else 3
            # Azimuth's noise grows with elevation: the middle of what there is.
            size = float(np.median(np.prod(looks.sigma[mine, :n], axis=1)))
            clutter = float(f"{plan.density[c] * size:.3g}")
            out[mine] = information_reduction(detection, clutter, n)
    return out


def thinned(looks: Looks, share: Array) -> Looks:
    """The looks with sigmas by which each tells that share (n,) of what it told."""
    return replace(looks, sigma=looks.sigma / np.sqrt(share)[:, None])


@cache
def boost_limit(plan: Plan, detection: float) -> Gaussian:
    """The posterior bound at burnout of a vehicle in no bank, seen by the telescopes."""
    t0, x0 = burnout()
    t = np.arange(0.5 * FRAME_S, t0, FRAME_S)
    t, x = above_clouds(t, states_at(ascent(), t))
    eyes = [(c, told) for c, told in enumerate(plan.channels) if told.telescope]
    looks = in_order(joined([telescope_looks(c, told, SIGMA, t, x) for c, told in eyes]))
    seen = thinned(looks, shares(plan, detection, looks))
    return Gaussian(t0, x0, powered_bound(powered_path(ascent(), seen.t), seen, plan.channels))


def limit_at(plan: Plan, world: World, boost: Gaussian, looks: Looks, t: float) -> Gaussian:
    """The bound at t of what these looks (their sigmas count, not their values) and the boost can tell.

    The boost's state is widened by the push that the body may have had since, as in the tracker.
    """
    x = propagate(*world.start, INV_BETA, np.array([t]))[0]
    radar = looks.of(plan.channels, False)
    radar = radar.where(radar.t <= t)
    prior = with_post_boost(boost, PUSH_M_S, float(radar.t[0]) if len(radar) else None)
    return midcourse_bound(radar, plan.channels, (t, x), INV_BETA, (prior,))
