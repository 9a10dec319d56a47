"""A sensor as somebody else may write it: an all-round radar, and what can be wrong with one."""

from dataclasses import replace

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.scan import Scan

PLACE = ecef_from_geodetic(1.05, 0.5, 0.0)


class Sound:
    """Range, azimuth and elevation with white noise of what is 5 deg high and 3,000 km away at the most.

    It takes a body as being where its path begins, which is enough for bodies at rest.
    """

    key = "MINE"
    frame_s = 4.0
    detection = 0.9
    false_density = 1e-8
    bias_sigma = np.array([100.0, 1e-3, 1e-3, 0.01])

    def draw_bias(self, rng):
        return rng.normal(0.0, self.bias_sigma)

    def scans(self, paths, t0, t1, bias, origin, rng):
        t = np.arange(t0 + self.frame_s * (1.0 - rng.random()), t1, self.frame_s)
        return tuple(self.scan(paths, float(now), bias, origin, rng) for now in t)

    def scan(self, paths, now, bias, origin, rng):
        there = np.array([p.r_ecef[0] for p in paths if self.is_there(p, now - bias[3])]).reshape(-1, 3)
        values, _ = range_azimuth_elevation(there, np.zeros_like(there), np.tile(PLACE, (len(there), 1)))
        values = values[self.in_view(values)]
        values = values + self.noise(values.shape, rng) * [50.0, 2e-3, 2e-3] + bias[:3]
        false = np.stack([rng.uniform(lo, hi, 2) for lo, hi in ((3e5, 3e6), (0.0, 6.0), (0.1, 1.4))], axis=-1)
        values = np.concatenate([values, false[: rng.poisson(0.5)]])
        values[:, 1] = self.round(values[:, 1])
        n = len(values)
        return Scan(
            self.key, "radar", origin, now, PLACE, np.full(n, now), values,
            np.tile([50.0, 2e-3, 2e-3], (n, 1)), np.full(n, 20.0),
        )  # fmt: skip

    def is_there(self, path, t):
        return path.t[0] <= t <= path.t[-1]

    def in_view(self, values):
        return (values[:, 2] > 0.09) & (values[:, 0] < 3e6)

    def noise(self, shape, rng):
        return rng.standard_normal(shape)

    def round(self, azimuth):
        return azimuth % (2 * np.pi)


class Changed(Sound):
    """Its scans changed afterwards by `change`, from a tuple of scans to another."""

    def __init__(self, change):
        self.change = change

    def scans(self, *given):
        return self.change(super().scans(*given))


def each(**changes):
    """A sensor with fields of every scan that has looks changed: each from the scan."""

    def change(scans):
        return tuple(replace(s, **{k: f(s) for k, f in changes.items()}) if len(s) else s for s in scans)

    return Changed(change)


class Rated(Changed):
    """Range rates of nought in every scan, with sigmas (n,) by `sigma` of how many looks there are."""

    def __init__(self, sigma):
        super().__init__(
            lambda scans: tuple(replace(s, rate=np.zeros(len(s)), rate_sigma=sigma(len(s))) for s in scans)
        )


class Shared(Sound):
    def noise(self, shape, rng):
        return np.random.standard_normal(shape)  # noqa: NPY002


class OwnGenerator(Sound):
    def noise(self, shape, rng):
        return np.random.default_rng().standard_normal(shape)


class Frozen(Sound):
    """The same draws whatever generator is passed."""

    def scans(self, paths, t0, t1, bias, origin, rng):
        return super().scans(paths, t0, t1, bias, origin, np.random.default_rng(7))


class Remembers(Sound):
    asked = 0

    def noise(self, shape, rng):
        self.asked += 1
        return rng.standard_normal(shape) + 1e-3 * self.asked


class Spoils(Sound):
    """Moves the paths that it was given."""

    def scans(self, paths, t0, t1, bias, origin, rng):
        out = super().scans(paths, t0, t1, bias, origin, rng)
        for p in paths:
            p.r_ecef[:] += 1.0
        return out


class SpoilsBias(Sound):
    def scans(self, paths, t0, t1, bias, origin, rng):
        out = super().scans(paths, t0, t1, bias, origin, rng)
        bias += 1.0
        return out


class Everlasting(Sound):
    """Sees a body after its path has ended."""

    def is_there(self, path, t):
        return True


class Underground(Sound):
    """Sees through the Earth."""

    def in_view(self, values):
        return values[:, 0] < 13e6


class Unbiased(Sound):
    def scans(self, paths, t0, t1, bias, origin, rng):
        return super().scans(paths, t0, t1, np.zeros(4), origin, rng)


class Twice(Sound):
    """Adds its fixed errors twice."""

    def scans(self, paths, t0, t1, bias, origin, rng):
        return super().scans(paths, t0, t1, 2.0 * bias, origin, rng)


class Swapped(Sound):
    """Adds the error of azimuth to elevation, and the other way round."""

    def scans(self, paths, t0, t1, bias, origin, rng):
        return super().scans(paths, t0, t1, bias[[0, 2, 1, 3]], origin, rng)


class NeedsPaths(Sound):
    def scans(self, paths, t0, t1, bias, origin, rng):
        np.stack([p.t for p in paths])
        return super().scans(paths, t0, t1, bias, origin, rng)


class Renamed(Sound):
    """Another name each time that it is asked."""

    count = 0

    @property
    def key(self):
        Renamed.count += 1
        return f"MINE-{Renamed.count}"


class Unwrapped(Sound):
    def round(self, azimuth):
        return (azimuth + np.pi) % (2 * np.pi) - np.pi


class Blindfold(Sound):
    def in_view(self, values):
        return np.zeros(len(values), dtype=bool)


class ShortBias(Sound):
    def draw_bias(self, rng):
        return rng.normal(0.0, self.bias_sigma)[:2]


class TooFewBiases(Sound):
    bias_sigma = np.array([100.0, 1e-3])

    def draw_bias(self, rng):
        return rng.normal(0.0, self.bias_sigma)

    def scans(self, paths, t0, t1, bias, origin, rng):
        return super().scans(paths, t0, t1, np.concatenate([bias, [0.0, 0.0]]), origin, rng)


class FixedBias(Sound):
    def draw_bias(self, rng):
        return self.bias_sigma.copy()
