"""The looks of a telescope: at what shines, and the false ones of noise and of sunlit cloud."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.bodies import sun_ecef
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path
from tocsin.sensor.infrared.bright_cloud import bright_cloud, draw_cloud_looks
from tocsin.sensor.infrared.centroid import seen_point
from tocsin.sensor.infrared.detector import draw_amplitude, draw_false_amplitude, line_noise
from tocsin.sensor.infrared.field import draw_in_field
from tocsin.sensor.infrared.glints import glints_in
from tocsin.sensor.infrared.hopeless import may_be_seen
from tocsin.sensor.infrared.pointing import draw
from tocsin.sensor.infrared.sunfield import sun_field
from tocsin.sensor.labels import NOBODY
from tocsin.sensor.light import bodies_of, seen_from
from tocsin.sensor.measurement import focal_values

if TYPE_CHECKING:
    from tocsin.sensor.telescope import Telescope

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

SUN_STEP_S = 300.0  # in which the Sun moves by a degree and a quarter: enough for what is lit


@final
@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """Looks in any order: frame (n,), values (n, 2) rad, amplitude signal-to-noise (n,).

    body (n,): the path that made each, -1 for none, which no scan tells.
    """

    frame: Ints
    values: Array
    amplitude: Array
    body: Ints


@final
@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The frames of a run: where the satellite was and what its pointing was off, in each.

    t (k,) TAI s as stamped, true_t when that was; r (k, 3) m the satellite; step (k,): which row of r_sun
    (m, 3) m is the Sun's; noise (k,): over that without the Sun, infinite where blind; off (k, 2) rad.
    """

    t: Array
    true_t: Array
    r: Array
    step: Ints
    r_sun: Array
    noise: Array
    off: Array

    def high(self, least_m: float) -> NDArray[np.bool_]:
        """In which frames (k,) the satellite is at an altitude or above, m."""
        return np.asarray(np.linalg.norm(self.r, axis=-1) - R_EQ >= least_m)


def frames_of(telescope: Telescope, t: Array, bias: Array, rng: np.random.Generator) -> Frames:
    """The frames at t (k,), with fixed errors bias (3,) and errors of pointing drawn for them."""
    true_t = t - bias[2]
    r, _ = satellite_states(telescope.elements, true_t)
    step = ((t - t[0]) / SUN_STEP_S).astype(np.int64)
    r_sun = sun_ecef(true_t[0] + SUN_STEP_S * np.arange(step[-1] + 1))
    noise = sun_field(r, r_sun[step], limits=telescope.sun_limits).noise
    off = bias[:2] + draw(t, replace(telescope.pointing, bias_rad=0.0), rng)
    return Frames(t, true_t, r, step, r_sun, noise, off)


def looks_at(telescope: Telescope, paths: tuple[Path, ...], at: Frames, rng: np.random.Generator) -> Looks:
    """The looks at what shines above the clouds and passes the threshold, each with its own noise."""
    high = at.high(telescope.satellite.min_altitude_m)
    paths = paths if high.any() else ()
    nearest = float(np.min(np.linalg.norm(at.r[high], axis=-1), initial=np.inf))
    hope = may_be_seen(bodies_of(paths), nearest, telescope.detector, telescope.absorbers)
    index = np.flatnonzero(hope)
    paths = tuple(paths[i] for i in index)
    light = seen_from(bodies_of(paths), at.true_t, at.r, glowing=True)
    k = light.frame
    amplitude = telescope.amplitude(light, at.r[k], at.r_sun[at.step[k]]) / at.noise[k]
    read = draw_amplitude(amplitude, rng)
    found = (read > telescope.detector.threshold) & (amplitude > 0.0)
    light, amplitude, k = light.where(found), amplitude[found], k[found]
    lag = np.array([p.lag for p in paths], dtype=np.float64)[light.body]
    middle = seen_point(light.r, light.v, geodetic_from_ecef(light.r)[2], lag, telescope.centroid)
    true = focal_values(middle, at.r[k])
    sigma = line_noise(amplitude, telescope.detector)
    noise = rng.standard_normal(true.shape) * sigma[:, None]
    return Looks(k, true + at.off[k] + noise, amplitude, index[light.body])


def noise_looks(telescope: Telescope, at: Frames, rng: np.random.Generator) -> Looks:
    """False looks that come of the detector's noise, even over the field where it is not blind."""
    count = rng.poisson(telescope.satellite.false_looks_per_frame, len(at.t)) * np.isfinite(at.noise)
    k = np.repeat(np.arange(len(at.t)), count)
    values = draw_in_field(telescope.satellite, at.r[k], rng)
    return Looks(k, values, draw_false_amplitude(len(k), rng, telescope.detector), _of_nothing(len(k)))


def cloud_looks(telescope: Telescope, at: Frames, rng: np.random.Generator) -> Looks:
    """False looks that come of sunlit high cloud, of which what is lit is asked once each SUN_STEP_S."""
    looks = telescope.sunlit
    some = [Looks(_of_nothing(0), np.empty((0, 2)), np.empty(0), _of_nothing(0))]
    high = at.high(telescope.satellite.min_altitude_m)
    for step, r_sun in enumerate(at.r_sun):
        rows = np.flatnonzero((at.step == step) & high & np.isfinite(at.noise))
        if looks is None or len(rows) == 0:
            continue
        middle = rows[len(rows) // 2]
        bright = bright_cloud(
            telescope.satellite,
            at.r[middle],
            r_sun,
            float(at.noise[middle]),
            looks,
            telescope.high_cloud,
            telescope.absorbers,
        )
        frame, values, brightness = draw_cloud_looks(bright, at.r[rows], rng, looks)
        k = rows[frame]
        strength = telescope.detector.threshold * brightness
        some.append(Looks(k, values + at.off[k], strength, _of_nothing(len(k))))
    return joined(*some)


def glint_looks(telescope: Telescope, at: Frames, rng: np.random.Generator) -> Looks:
    """The looks at bright cells of cloud that stand there for minutes, each with its own noise."""
    glints, threshold = telescope.glints, telescope.detector.threshold
    if glints is None:
        return Looks(_of_nothing(0), np.empty((0, 2)), np.empty(0), _of_nothing(0))
    k, which = glints_in(glints, telescope.satellite, at.true_t, at.r)
    amplitude = threshold * glints.brightness[which] / at.noise[k]
    high = at.high(telescope.satellite.min_altitude_m)[k]
    found = (draw_amplitude(amplitude, rng) > threshold) & high & (amplitude > 0.0)
    k, which, amplitude = k[found], which[found], amplitude[found]
    true = focal_values(glints.r_ecef[which], at.r[k])
    noise = rng.standard_normal(true.shape) * line_noise(amplitude, telescope.detector)[:, None]
    return Looks(k, true + at.off[k] + noise, amplitude, _of_nothing(len(k)))


def joined(*several: Looks) -> Looks:
    """All of several looks."""
    names = ("frame", "values", "amplitude", "body")
    return Looks(*(np.concatenate([getattr(x, n) for x in several]) for n in names))


def _of_nothing(n: int) -> Ints:
    return np.full(n, NOBODY, dtype=np.int64)
