"""What the fits are tried on: the reference flight seen by radars, and an ascent seen by two telescopes."""

import math

import numpy as np

from tocsin.catalogue import vehicle
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.estimate.boost.template import template_of
from tocsin.estimate.looks import Channel, Looks, in_order, joined
from tocsin.motion.ballistic import propagate
from tocsin.motion.thrust import ascend
from tocsin.sensor.measurement import focal_angles, range_azimuth_elevation

# Burnout of the reference flight, as the project's reference `bounds.md` prints it.
T_BURNOUT = 181.358
BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
INV_BETA = 1.0 / 9000.0


def place(lat_deg, lon_deg, height=0.0):
    return ecef_from_geodetic(math.radians(lat_deg), math.radians(lon_deg), height)


# Olenegorsk and Pechora with the VHF figures of `bounds.md`: sites, noise, priors of the fixed errors.
SITES = np.array([place(68.114, 33.91), place(65.21, 57.3)])
DEG = math.pi / 180.0
NOISE = (75.0, 0.2 * DEG)
RADARS = tuple(
    Channel(name, False, (150.0, 0.05 * DEG, 0.05 * DEG), "VHF", site)
    for name, site in (("OLE", (68.1, 33.9)), ("PEC", (65.2, 57.3)))
)


def truth(t):
    """States (n, 6) of the reference flight."""
    return propagate(T_BURNOUT, BURNOUT, INV_BETA, np.atleast_1d(np.asarray(t, float)))


def radar_looks(channel, t, rng, bias=None):
    """Looks of one radar with a fixed error drawn from its prior, and white noise."""
    x = truth(t)
    r_s = np.tile(SITES[channel], (len(t), 1))
    h, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], r_s)
    sigma = np.stack(
        [np.full(len(t), NOISE[0]), NOISE[1] / np.cos(h[:, 2]), np.full(len(t), NOISE[1])], axis=1
    )
    fixed = rng.normal(0.0, RADARS[channel].bias_sigma) if bias is None else np.asarray(bias)
    z = h + fixed + rng.standard_normal(h.shape) * sigma
    z[:, 1] %= 2.0 * math.pi
    return Looks(t, np.full(len(t), channel, dtype=np.int64), z, sigma, r_s)


# Two satellites at the apogees of the Molniya orbit of `bounds.md`, 59 deg apart as seen from 47 N 110 W.
SATELLITES = np.array([place(63.16, -28.0, 39.07e6), place(63.16, 152.0, 39.07e6)])
TELESCOPES = tuple(Channel(name, True, (20e-6, 20e-6), "infrared", (0.0, 0.0)) for name in ("A", "B"))
LAUNCH = (math.radians(47.0), math.radians(-110.0), 0.0)
LOOK_NOISE = 50e-6
KICK = math.radians(46.0)


def template(key="icbm-solid"):
    return template_of(vehicle(key))


def telescope_looks(states, t, rng, eyes=(0, 1)):
    """Looks of the telescopes at a burning body with these states (n, 6) at t (n,), above 10 km only."""
    high = geodetic_from_ecef(states[:, :3])[2] > 10e3
    parts = []
    for c in eyes:
        r_s = np.tile(SATELLITES[c], (int(high.sum()), 1))
        z = np.zeros((len(r_s), 3))
        sigma = np.ones((len(r_s), 3))
        z[:, :2] = focal_angles(states[high, :3], states[high, 3:], r_s)[0]
        z[:, :2] += rng.normal(0.0, TELESCOPES[c].bias_sigma) + rng.normal(0.0, LOOK_NOISE, (len(r_s), 2))
        sigma[:, :2] = LOOK_NOISE
        parts.append(Looks(t[high], np.full(len(r_s), c, dtype=np.int64), z, sigma, r_s))
    return in_order(joined(parts))


class Ascent:
    """An ascent drawn from the template's own model, and what two telescopes saw of it each second."""

    def __init__(self, seed, eyes=(0, 1), until=math.inf):
        rng = np.random.default_rng(seed)
        model = template()
        k = len(model.rocket.stages)
        self.body = model.rocket.scaled(
            1.0 + model.spread_thrust * rng.standard_normal(k),
            1.0 + model.spread_exhaust * rng.standard_normal(),
        )
        self.azimuth = rng.uniform(0.0, 2.0 * math.pi)
        self.kick = KICK * math.exp(0.05 * rng.standard_normal())
        self.t_launch = 1000.0
        self.cutoff = 172.0 + 4.0 * rng.random()
        t = self.t_launch + np.arange(rng.random(), min(self.cutoff, until), 1.0)
        self.looks = telescope_looks(self.states(t), t, rng, eyes)
        # As a tracker has it: the engine went out within the second after the last look.
        self.out = (float(self.looks.t[-1]) + 0.5, 1.0 / math.sqrt(12.0))

    def states(self, t):
        """States (n, 6) at times t (n,)."""
        t = np.atleast_1d(t) - self.t_launch
        return ascend(self.body, LAUNCH, self.azimuth, self.kick, self.cutoff, t, 0.25)

    def theta(self):
        """The true parameters, as the fit's own vector has them."""
        stages = self.body.stages / template().rocket.stages
        t = self.t_launch - float(self.looks.t[0])
        return np.array(
            [*LAUNCH[:2], t, self.azimuth, math.log(self.kick), self.cutoff, stages[0, 3], *stages[:, 2]]
        )


def nees(error, P):
    """error^T P^-1 error."""
    return float(error @ np.linalg.solve(P, error))
