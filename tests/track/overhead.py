"""A made-up sky over a radar: true orbits, a catalogue of them with errors, and scans of what is in view."""

from dataclasses import dataclass, replace

import numpy as np

from tocsin.catalogue import radars
from tocsin.catalogue.elementspread import ElementSpread
from tocsin.earth.constants import MU
from tocsin.earth.time import tai_from_utc
from tocsin.estimate.looks import Channel
from tocsin.flight.catalogued import as_catalogued
from tocsin.flight.population import Population, draw_population
from tocsin.motion.elementsets import ElementSets
from tocsin.motion.orbits import Orbits, orbit_states, orbits_of
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan
from tocsin.sensor.view import within
from tocsin.track.known import Known, Plan

T0 = tai_from_utc("2025-05-05T00:00:00Z")
SITES = {site.key: site for site in radars()}
# Constant errors of the orbit are what `as_catalogued` draws; nothing wanders.
CONSTANT = ElementSpread(drag_m_day=0.0, wander_m_day=0.0)
DENSITY = 1e-9
EAGER = Plan(search=0.5)
FRAME = 7.0


@dataclass(frozen=True)
class Sky:
    """Objects as they fly and as the catalogue has them, radars with their errors, and how well they look."""

    truth: Population
    elements: ElementSets
    orbits: Orbits
    sites: tuple
    channels: tuple
    bias: np.ndarray
    detection: float = 0.9

    def known(self, plan=EAGER, spread=CONSTANT, **more):
        return Known.of(self.elements, self.channels, self.sites, spread=spread, plan=plan, **more)

    def scan(self, t, rng, radar=0, gone=(), pushed=None, extra=None):
        """A scan at t and whose look each is, -1 for others.

        gone: objects that are there no more; pushed: `Orbits` of all to fly in place of the true ones; extra:
        places and velocities (m, 3) of other bodies, always seen.
        """
        site, view = self.sites[radar], Radar(self.sites[radar])
        r, v = orbit_states(self.orbits if pushed is None else pushed, t)
        there = rng.random(len(r)) < self.detection
        there[list(gone)] = False
        identity = np.arange(len(r))
        if extra is not None:
            r, v = np.concatenate([r, extra[0]]), np.concatenate([v, extra[1]])
            more = np.ones(len(extra[0]), dtype=bool)
            there, identity = np.concatenate([there, more]), np.concatenate([identity, np.where(more, -1, 0)])
        z, _ = range_azimuth_elevation(r, v, np.broadcast_to(view.r_ecef, r.shape))
        rows = np.flatnonzero(there & within(site, *z.T))
        angle = np.radians(0.2 if site.band == "VHF" else 0.07)
        sigma = np.tile([75.0 if site.band == "VHF" else 30.0, angle, angle], (len(rows), 1))
        sigma[:, 1] /= np.cos(z[rows, 2])
        values = z[rows] + self.bias[radar] + rng.standard_normal(sigma.shape) * sigma
        values[:, 1] %= 2.0 * np.pi
        n = len(rows)
        scan = Scan(
            site.key, "radar", "simulated", t, view.r_ecef, np.full(n, t), values, sigma, np.full(n, 20.0)
        )
        return scan, identity[rows]


def channel(site):
    """The channel of a radar with biases alone."""
    sigma = tuple(Radar(site).bias_sigma[:3])
    return Channel(site.key, False, sigma, site.band, (site.lat_deg, site.lon_deg))


def low_sky(n, seed, keys=("LEK",), spread=CONSTANT):
    """n objects in low, nearly circular orbits."""
    rng = np.random.default_rng(seed)
    population = draw_population(4 * n + 40, T0, rng)
    e = population.elements
    low = np.flatnonzero((e.mean_motion > 7e-4) & (e.eccentricity < 0.02) & (e.inclination > 0.2))[:n]
    truth = population.where(low)
    sites = tuple(SITES[key] for key in keys)
    channels = tuple(channel(site) for site in sites)
    bias = np.array([rng.normal(0.0, c.bias_sigma) for c in channels])
    orbits = orbits_of(truth.elements)
    return Sky(truth, as_catalogued(truth.elements, spread, rng), orbits, sites, channels, bias)


def pushed(sky, which, dv_m_s, t):
    """The orbits of all when object `which` has changed its speed along its track by dv at t.

    From then on: n' = n (1 - 3 dv / v), and the place at t is kept; of the eccentricity, 2 dv / v is added so
    that the height at t is kept as well.
    """
    e = sky.truth.elements
    n, argp = e.mean_motion[which], e.argp[which]
    speed = np.cbrt(MU * n)
    ratio = dv_m_s / speed
    since = t - e.epoch_t[which]
    latitude = argp + e.mean_anomaly[which] + n * since
    k = e.eccentricity[which] * np.cos(argp) + 2.0 * ratio * np.cos(latitude)
    h = e.eccentricity[which] * np.sin(argp) + 2.0 * ratio * np.sin(latitude)
    changed = {name: getattr(e, name).copy() for name in ElementSets.__slots__}
    slower = n * (1.0 - 3.0 * ratio)
    changed["mean_motion"][which] = slower
    changed["eccentricity"][which] = np.hypot(k, h)
    changed["argp"][which] = np.arctan2(h, k) % (2.0 * np.pi)
    changed["mean_anomaly"][which] = (latitude - np.arctan2(h, k) - slower * since) % (2.0 * np.pi)
    return orbits_of(replace(e, **changed))


def times(seconds):
    return np.arange(T0, T0 + seconds, FRAME)


def seen_at(sky, t):
    """Objects in view at a time."""
    return replace(sky, detection=1.1).scan(t, np.random.default_rng(0))[1]
