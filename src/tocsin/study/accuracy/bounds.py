"""The bounds of the reference flight: radars in midcourse, telescopes in boost, and both fused."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.bound import (
    ImpactBound,
    half_circle,
    impact_bound,
    information,
    inverse,
    midcourse_bound,
)
from tocsin.estimate.looks import Looks, in_order, joined
from tocsin.estimate.posterior import GRAVITY_TURN, GravityTurn, PoweredPath, powered_bound
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import GATING
from tocsin.study.accuracy.ascent import STAGES, Ascent, Flown, fly, states_at, thrust_at
from tocsin.study.accuracy.looks import above_clouds, radar_looks, telescope, telescope_looks
from tocsin.study.accuracy.reference import (
    GRADES,
    PRINTED,
    T_BURNOUT,
    ascent,
    burnout,
    channel,
    first_seen,
    place,
)

Array = NDArray[np.float64]

AFTER_CUTOFF_S = 2.0
# Central differences of the template's unknowns, in the order of `Ascent`.
STEPS = (1e-6, 1e-6, 1e-2, 1e-4, 1e-4, 1e-2, 1e-4, 1e-4)
NO_BIAS = 1e-9  # rad: an azimuth that the reference bounds have without one


@final
@dataclass(frozen=True, slots=True)
class BoostBound:
    """What telescopes can tell at best: launch CEP m, azimuth's sigma rad (NaN without a template), state."""

    launch_cep_m: float
    azimuth: float
    state: Gaussian

    @property
    def impact(self) -> ImpactBound:
        """The state's Gaussian at impact, in vacuum."""
        return impact_bound(self.state, 0.0, GATING)


@final
@dataclass(frozen=True, slots=True)
class Spreads:
    """1-sigma priors of the template's engines and cut-off, relative and s: a cut-off within a 1 s frame."""

    thrust: float = 0.01
    exhaust: float = 0.005
    cutoff_s: float = 12.0**-0.5


SPREADS = Spreads()


def radar_track(key: str, grade: str, until: float) -> Looks:
    """The looks that a radar has had by `until` s after launch, from its first on, without errors."""
    start = burnout()
    g = GRADES[grade]
    t = np.arange(first_seen(key, start), until + 1e-6, g.revisit_s)
    x = propagate(start[0], start[1], 0.0, t, GATING)
    return radar_looks(0, channel(key, ()), place(key), g, t, x)


def radar_bound(
    tracks: tuple[tuple[str, str], ...], until: float, priors: tuple[Gaussian, ...] = ()
) -> Gaussian:
    """The bound at burnout of radars (key, grade) with all looks by `until`; biases in range, elevation."""
    channels = tuple(channel(key, (GRADES[g].bias[0], NO_BIAS, GRADES[g].bias[2])) for key, g in tracks)
    parts = [radar_track(key, g, until) for key, g in tracks]
    numbered = [replace(p, channel=np.full(len(p), k, dtype=np.int64)) for k, p in enumerate(parts)]
    return midcourse_bound(in_order(joined(numbered)), channels, burnout(), 0.0, priors, GATING)


@cache
def _template() -> tuple[Array, Array, Array, Array, Array]:
    """Look times, states there (n, 6) and slopes (n, 6, 8), and the state (6,) with its slope at the end."""
    nominal = Ascent()
    t = np.arange(0.0, nominal.cutoff)
    t, x = above_clouds(t, states_at(ascent(), t))
    names = [f.name for f in fields(Ascent)]
    moved = [
        replace(nominal, **{name: getattr(nominal, name) + sign * step})
        for name, step in zip(names, STEPS, strict=True)
        for sign in (1.0, -1.0)
    ]
    end = np.array([nominal.cutoff + AFTER_CUTOFF_S])
    seen, last = [], []
    for flown in fly(tuple(moved)):
        seen.append(states_at(flown, t))
        last.append(propagate(float(flown.t[-1]), flown.x[-1], 0.0, end, GATING)[0])
    width = 2.0 * np.array(STEPS)
    slope = np.stack([(a - b) for a, b in zip(seen[::2], seen[1::2], strict=True)], axis=2) / width
    at_end = np.stack([(a - b) for a, b in zip(last[::2], last[1::2], strict=True)], axis=1) / width
    # The impact is that of the printed state.
    return t, x, slope, propagate(T_BURNOUT, PRINTED, 0.0, end, GATING)[0], at_end


def template_bound(
    satellites: str, sigma: float, bias: float = 0.0, seconds: float = math.inf, spreads: Spreads = SPREADS
) -> BoostBound:
    """Template known: launch place, time, azimuth, pitch-over, cut-off, thrust and exhaust scale unknown.

    satellites: "A" or "AB"; sigma, bias: rad an axis; seconds: of looks after the first. Priors as in the
    reference bounds: launch time 3,600 s, azimuth 180 deg, pitch-over 30 deg, none of the place.
    """
    t, x, slope, end, at_end = _template()
    until = t <= t[0] + seconds
    channels = tuple(telescope(which, bias) for which in satellites)
    parts = [telescope_looks(k, c, sigma, t[until], x[until]) for k, c in enumerate(channels)]
    prior = np.diag(
        np.array(
            [
                math.inf,
                math.inf,
                3600.0,
                math.pi,
                math.radians(30.0),
                spreads.cutoff_s,
                spreads.thrust,
                spreads.exhaust,
            ]
        )
        ** -2.0
    )
    rows = [np.flatnonzero(until)] * len(parts)
    found = information(joined(parts), channels, x[np.concatenate(rows)], slope[np.concatenate(rows)])
    P = inverse(found + prior)
    nominal = Ascent()
    # Metres a radian of latitude and of longitude: the slope of the launch point itself.
    near = np.array([[nominal.lat + 1e-5, nominal.lon], [nominal.lat, nominal.lon + 1e-5]])
    here = ecef_from_geodetic(nominal.lat, nominal.lon, 0.0)
    ground = np.linalg.norm(ecef_from_geodetic(near[:, 0], near[:, 1], 0.0) - here, axis=1) / 1e-5
    level = P[:2, :2] * np.outer(ground, ground)
    state = Gaussian(nominal.cutoff + AFTER_CUTOFF_S, end, at_end @ P @ at_end.T)
    return BoostBound(half_circle(level), math.sqrt(P[3, 3]), state)


def gravity_turn_bound(
    satellites: str, sigma: float, bias: float = 0.0, model: GravityTurn = GRAVITY_TURN
) -> BoostBound:
    """No profile known: the posterior bound of the gravity-turn model along the nominal ascent."""
    t = _template()[0]
    x = states_at(ascent(), t)
    channels = tuple(telescope(which, bias) for which in satellites)
    looks = in_order(joined([telescope_looks(k, c, sigma, t, x) for k, c in enumerate(channels)]))
    P = powered_bound(powered_path(ascent(), looks.t), looks, channels, model)
    return BoostBound(math.nan, math.nan, Gaussian(T_BURNOUT, PRINTED, P))


def powered_path(flown: Flown, t_looks: Array) -> PoweredPath:
    """An ascent of the reference's engines, from the first look on, in quarter seconds and at all looks."""
    end = float(flown.t[-1])
    t = np.unique(np.concatenate([np.arange(t_looks.min(), end, 0.25), t_looks, [end]]))
    a, flow = thrust_at(t)
    k = np.searchsorted(t, np.cumsum([stage[2] for stage in STAGES])[:-1])
    return PoweredPath(t, states_at(flown, t), a, flow, np.isin(np.arange(len(t)), k))
