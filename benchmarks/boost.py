"""The boost fit on one core: the template bank cold and one frame later, beside SciPy on the same looks."""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.optimize import least_squares

from tocsin.catalogue import vehicles
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.boost import Mixture, fit_boost, fit_gravity_turn, fit_template
from tocsin.estimate.boost.meeting import meeting
from tocsin.estimate.boost.sighting import sightings
from tocsin.estimate.boost.template import template_of
from tocsin.estimate.boost.template_fit import fit_seen, priors
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.estimate.residuals import residuals
from tocsin.motion.thrust import ascend
from tocsin.sensor.measurement import focal_angles

ROUNDS = 9
LOOKS = 140  # of each satellite, one a second
LAUNCH = (math.radians(47.0), math.radians(-110.0), 0.0)
EYES = [ecef_from_geodetic(math.radians(63.16), math.radians(lon), 39.07e6) for lon in (-28.0, 152.0)]
CHANNELS = tuple(Channel(name, True, (20e-6, 20e-6), "infrared", (0.0, 0.0)) for name in ("A", "B"))
BANK = tuple(template_of(v) for v in vehicles() if v.role == "missile")
OWN = next(t for t in BANK if t.name == "icbm-solid")


def ascent(rng: np.random.Generator) -> Looks:
    """What two satellites see of a class of the bank that burns on, from 10 km up."""
    k = len(OWN.rocket.stages)
    body = OWN.rocket.scaled(1.0 + OWN.spread_thrust * rng.standard_normal(k), 1.0)
    t = 40.0 + rng.random() + np.arange(float(LOOKS))
    x = ascend(body, LAUNCH, rng.uniform(0.0, 2 * math.pi), math.radians(46.0), 400.0, t, 0.25)
    parts = []
    for c, eye in enumerate(EYES):
        r_s = np.tile(eye, (len(t), 1))
        z, sigma = np.zeros((len(t), 3)), np.ones((len(t), 3))
        fixed = rng.normal(0.0, CHANNELS[c].bias_sigma)
        noise = rng.normal(0.0, 50e-6, (len(t), 2))
        z[:, :2] = focal_angles(x[:, :3], x[:, 3:], r_s)[0] + fixed + noise
        sigma[:, :2] = 50e-6
        parts.append(Looks(1000.0 + t, np.full(len(t), c, dtype=np.int64), z, sigma, r_s))
    return in_order(joined(parts))


def by_scipy(looks: Looks, start: np.ndarray) -> np.ndarray:
    """One template by SciPy's least squares with its own differences, on the common residuals."""
    seen = sightings(looks, CHANNELS)
    mean, prior = priors(OWN, seen, True)
    unique, back = np.unique(seen.t, return_inverse=True)
    free = np.arange(len(mean)) != 5

    def off(part: np.ndarray) -> np.ndarray:
        y = start.copy()
        y[free] = part
        body = OWN.rocket.scaled(y[7:10], y[6])
        x = ascend(body, (y[0], y[1], 0.0), y[3], math.exp(y[4]), y[5], unique - y[2], 0.5)
        e, _, _ = residuals(looks, CHANNELS, x[back], y[10:])
        return np.concatenate([e, np.sqrt(prior) * (y - mean)])

    y = start.copy()
    y[free] = least_squares(off, start[free], x_scale=np.maximum(1e-3, np.abs(start[free])), method="trf").x
    return y


def seconds(job: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """See that warm and cold and SciPy agree; then alternate the jobs round by round and print medians."""
    looks = ascent(np.random.default_rng(2026))
    earlier = looks.where(looks.t < looks.t[-1])
    seen, one_less = sightings(looks, CHANNELS), sightings(earlier, CHANNELS)
    before = {t.name: fit_seen(one_less, t, None, None) for t in BANK}
    mixture: Mixture = fit_boost(earlier, CHANNELS, BANK)
    alive = {f.template.name for f, w in zip(mixture.fits, mixture.weights, strict=True) if w > 1e-6}

    def bank_cold() -> object:
        path = meeting(seen)
        return [fit_seen(seen, t, None, None, path) for t in BANK]

    cold = fit_template(looks, CHANNELS, OWN)
    sigma = np.sqrt(np.diag(cold.covariance))
    known = np.arange(len(sigma)) != 5
    for name, y in (
        ("warm", fit_template(looks, CHANNELS, OWN, None, before[OWN.name]).y),
        ("SciPy", by_scipy(looks, cold.y + 0.3 * sigma * known)),
    ):
        apart = float(np.max(np.abs((y - cold.y) / sigma)[known]))
        print(f"{name} ends {apart:.4f} sigma from the cold fit at the most")
        assert apart < 0.1, name
    free = fit_gravity_turn(earlier, CHANNELS)
    off = replace(cold, modes=(cold.y + 0.3 * sigma * known,))
    jobs: dict[str, Callable[[], object]] = {
        "one template by SciPy, from 0.3 sigma off": lambda: by_scipy(looks, cold.y + 0.3 * sigma * known),
        "one template, from 0.3 sigma off": lambda: fit_seen(seen, OWN, None, off),
        "the bank of six, cold": bank_cold,
        "the bank of six, one frame more": lambda: [fit_seen(seen, t, None, before[t.name]) for t in BANK],
        f"those not hopeless ({len(alive)}), one frame more": lambda: [
            fit_seen(seen, t, None, before[t.name]) for t in BANK if t.name in alive
        ],
        "the free model, cold": lambda: fit_gravity_turn(looks, CHANNELS),
        "the free model, one frame more": lambda: fit_gravity_turn(looks, CHANNELS, None, free),
        "all of it weighed, cold": lambda: fit_boost(looks, CHANNELS, BANK),
        "all of it weighed, one frame more": lambda: fit_boost(looks, CHANNELS, BANK, None, mixture),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for number in range(ROUNDS):
        for name, job in list(jobs.items())[:: -1 if number % 2 else 1]:
            times[name].append(seconds(job))
    base = statistics.median(times["one template by SciPy, from 0.3 sigma off"])
    for name, taken in times.items():
        each = statistics.median(taken)
        print(f"{name:46}{each * 1e3:10.2f} ms{base / each:10.1f} times SciPy's one")


if __name__ == "__main__":
    main()
