"""A radar's truth that the estimator does not share: air, clock, tails and losses of another kind."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.catalogue.radar import radar_defaults
from tocsin.earth.constants import C_LIGHT
from tocsin.estimate.looks import Channel, Looks, with_rates
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import Forces
from tocsin.sensor.echo.air import Air, whole
from tocsin.sensor.echo.ionosphere import Ionosphere
from tocsin.sensor.echo.multipath import Ground, correlation_length, draw_multipath, multipath_sigma
from tocsin.sensor.echo.phase import excess_rate, phase_rates
from tocsin.sensor.echo.refraction import RefractionTable, height_of, refraction_of, refraction_table
from tocsin.sensor.echo.troposphere import Troposphere
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.rangerate import range_rate, seen_moving
from tocsin.study.accuracy.draw import Asked
from tocsin.study.accuracy.looks import radar_sigma
from tocsin.study.accuracy.reference import GRADES, channel, place

Array = NDArray[np.float64]

LOW_RAD = math.radians(5.0)  # below which the ground's image counts


@final
@dataclass(frozen=True, slots=True)
class Spread:
    """How far the truth goes from what the estimator knows; from and to where two figures are given."""

    degree: int = 24
    velocity: float = assumed(
        100.0, 0.0, 100.0, "m/s", "most that the body gains after burnout, any way", True
    )
    clock_s: float = assumed(0.1, 0.0, 0.1, "s", "most that a radar's clock is off", True)
    tec_known: float = assumed(
        0.5, 0.1, 1.0, "", "1 sigma of the content over the one corrected for, less one"
    )
    troposphere: float = assumed(0.1, 0.03, 0.15, "", "1 sigma of the surface refractivity, relative")
    tail_share: float = assumed(0.05, 0.0, 0.1, "", "share of the looks with a wide noise", True)
    tail_scale: float = assumed(3.0, 1.0, 5.0, "", "how much wider it is")

    def __post_init__(self) -> None:
        check_assumed(self)


SPREAD = Spread()
OTHER = Asked(
    nees=(0.0, 2.0), cep=1.5, region_90=(0.80, 0.97), converged=0.99, holds=False,
    bound="of the Gaussian sigmas and priors that the fit is told; another truth's errors are not those, and "
    "may be less or more",
)  # fmt: skip
"""What is asked where the truth is another: its tails may look like a push in one run of a hundred."""
TECU = (5.0, 100.0)
PEAK_M, SCALE_M = (250e3, 400e3), (50e3, 90e3)
DETECTION = (0.7, 0.95)
REFLECTION, SIDELOBES = (0.1, 0.9), (50.0, 1000.0)
PRIORS = (0.05, 0.1, 0.5)
"""What the estimator takes as 1 sigma of clock (s), troposphere and ionosphere left uncorrected."""


Start = tuple[float, Array]
"""A time, TAI s, and the state (6,) then."""


def pushed(start: Start, rng: np.random.Generator, spread: Spread = SPREAD) -> Start:
    """The same with a velocity change of any size up to the spread's, any way."""
    way = rng.standard_normal(3)
    gain = spread.velocity * rng.random() * way / np.linalg.norm(way)
    return start[0], start[1] + np.concatenate([np.zeros(3), gain])


def tailed(shape: tuple[int, ...], rng: np.random.Generator, spread: Spread = SPREAD) -> Array:
    """White noise of one sigma, a share of it so much wider."""
    wide = np.where(rng.random(shape) < spread.tail_share, spread.tail_scale, 1.0)
    return np.asarray(wide * rng.standard_normal(shape))


def noticed(t: Array, rng: np.random.Generator) -> Array:
    """The times at which a sensor of some chance of detection has looks."""
    return t[rng.random(len(t)) < rng.uniform(*DETECTION)]


def other_radar(
    key: str,
    grade: str,
    start: Start,
    field: Forces,
    span: tuple[float, float],
    rng: np.random.Generator,
    spread: Spread = SPREAD,
) -> tuple[Looks, Channel]:
    """One radar's looks, from and to, at a body that falls from `start` in `field`, as they might really be.

    A clock off by up to 100 ms, rays traced through an air of its own of 5 to 100 TECU of which the
    correction knows so much, images in the ground below 5 deg, 5 % of the noise three times as wide, a look
    lost now and then; biases from their priors. The fit is told the grade's sigmas and PRIORS.
    """
    g = GRADES[grade]
    t = noticed(np.arange(span[0] + g.revisit_s * rng.random(), span[1] + 1e-6, g.revisit_s), rng)
    late = spread.clock_s * rng.uniform(-1.0, 1.0)
    x = propagate(*start, 0.0, t - late, field)
    r_s = np.tile(place(key), (len(t), 1))
    h = range_azimuth_elevation(x[:, :3], x[:, 3:], r_s)[0]
    band = radar_defaults(grade[:3])
    left, told, air = _refraction(h, band["frequency_hz"], rng, spread)
    sigma = radar_sigma(g, h[:, 2])
    z = h + left + sigma * tailed(h.shape, rng, spread)
    z[:, 2] += _image(h[:, 2], band, rng)
    z += rng.normal(0.0, g.bias)
    z[:, 1] %= 2.0 * math.pi
    known = replace(channel(key, (*g.bias, *PRIORS)), air=told)
    looks = Looks(t, np.zeros(len(t), dtype=np.int64), z, sigma, r_s)
    if g.rate is not None:
        off = _rate_left(x, r_s, air, told) + g.rate * tailed((len(t),), rng, spread)
        rate = range_rate(x[:, :3], x[:, 3:], r_s)[0] + off
        looks = with_rates(looks, rate, np.full(len(t), g.rate))
    return looks, known


def _rate_left(x: Array, r_s: Array, air: RefractionTable, told: Air) -> Array:
    """What the air leaves in range rates (n,) m/s of bodies at x (n, 6) after the correction."""
    far, elevation, *motion = seen_moving(x[:, :3], x[:, 3:], r_s)
    corrected = phase_rates(told, far, elevation, *motion).sum(axis=1)
    return np.asarray(excess_rate(air, height_of(elevation, far), elevation, *motion) - corrected)


def _refraction(
    h: Array, frequency_hz: float, rng: np.random.Generator, spread: Spread
) -> tuple[Array, Air, RefractionTable]:
    """What refraction is left (n, 3) after the correction, the air it was made for, and the true rays."""
    tecu = rng.uniform(*TECU)
    scale = -1.0
    while scale <= -1.0 or not TECU[0] <= tecu / (1.0 + scale) <= TECU[1]:
        scale = spread.tec_known * rng.standard_normal()
    surface = 315.0 * float(np.clip(1.0 + spread.troposphere * rng.standard_normal(), 0.8, 1.25))
    layer = Ionosphere(tecu, rng.uniform(*PEAK_M), rng.uniform(*SCALE_M))
    table = refraction_table(frequency_hz, Troposphere(surface), layer)
    true = refraction_of(table, h[:, 2], height_of(h[:, 2], h[:, 0]))
    told = Air(frequency_hz, 315.0, float(round(tecu / (1.0 + scale))))
    lower, upper = whole(told, h)
    left = np.zeros_like(h)
    left[:, 0] = true.range_m - lower[:, 0] - upper[:, 0]
    left[:, 2] = true.elevation - lower[:, 1] - upper[:, 1]
    return left, told, table


def _image(elevation: Array, band: dict[str, float], rng: np.random.Generator) -> Array:
    """Elevation errors (n,) rad from the echo's image in a ground drawn anew, correlated over elevation."""
    ground = Ground(rng.uniform(*REFLECTION), rng.uniform(*SIDELOBES))
    length = correlation_length(C_LIGHT / band["frequency_hz"], ground)
    low = np.clip(elevation, 0.0, LOW_RAD)
    unit = draw_multipath(1, length, rng).unit_error(low[None])[0]
    size = multipath_sigma(low, math.radians(band["beamwidth_deg"]), ground)
    return np.where(elevation < LOW_RAD, unit * size, 0.0)
