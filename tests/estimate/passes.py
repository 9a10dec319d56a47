"""What calibration and the fit of an arc are tried on: passes of satellites over a radar of the catalogue."""

import math
from dataclasses import replace

import numpy as np

from tocsin.catalogue import Elements, radars
from tocsin.earth.time import tai_from_utc
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.errors import left_uncorrected, radar_columns
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar

UTC = "2025-07-15T00:00:00Z"
T0 = tai_from_utc(UTC)
MU = 3.986004418e14
RADAR = Radar(next(r for r in radars() if r.key == "OLE"))  # VHF, toward the north-west
CHANNEL = Channel("OLE", False, tuple(map(float, RADAR.bias_sigma)), "VHF", (68.1, 33.9), RADAR.air)
NOISE = (75.0, math.radians(0.2))  # the VHF figures of the project's reference `bounds.md`, assumed there


def elements(rng):
    """A satellite 700 to 1,500 km up, nearly polar, on a nearly circular orbit."""
    motion = 86_400.0 / (2.0 * math.pi) * math.sqrt(MU / (6378.137e3 + rng.uniform(700e3, 1500e3)) ** 3)
    raan, argp, anomaly = rng.uniform(0.0, 360.0, 3)
    return Elements(
        epoch_t_tai=T0,
        epoch_utc=UTC,
        mean_motion_rev_day=motion,
        eccentricity=rng.uniform(1e-4, 5e-3),
        inclination_deg=rng.uniform(65.0, 100.0),
        raan_deg=raan,
        argp_deg=argp,
        mean_anomaly_deg=anomaly,
        bstar=1e-5,
        ndot_rev_day2=0.0,
        norad=0,
        source="made for a test",
    )


def states(satellite, t):
    return np.concatenate(satellite_states(satellite, t), axis=1)


def seen(x):
    """What the radar should see, and its Jacobian."""
    return range_azimuth_elevation(x[:, :3], x[:, 3:], np.tile(RADAR.r_ecef, (len(x), 1)))


def a_pass(rng):
    """A satellite and the times, every revisit, of one pass of 3.5 to 10 minutes over the radar."""
    while True:
        satellite = elements(rng)
        coarse = T0 + np.arange(0.0, 43_200.0, 60.0)
        up = np.flatnonzero(RADAR.in_view(seen(states(satellite, coarse))[0]))
        if not len(up):
            continue
        start = coarse[rng.choice(up)]
        t = start + np.arange(-600.0, 600.0, RADAR.frame_s)
        view = RADAR.in_view(seen(states(satellite, t))[0])
        middle = len(t) // 2
        before = np.flatnonzero(~view[:middle])
        after = np.flatnonzero(~view[middle:])
        run = t[before[-1] + 1 if len(before) else 0 : middle + (after[0] if len(after) else len(t))]
        if len(run) >= 30:
            return satellite, run


def looks_at(x, t, error, rng):
    """Looks at states x (n, 6) received at t (n,), with fixed errors (6,) and noise."""
    h, jac = seen(x)
    sigma = np.stack(
        [np.full(len(t), NOISE[0]), NOISE[1] / np.cos(h[:, 2]), np.full(len(t), NOISE[1])], axis=1
    )
    lasting = radar_columns(jac, x[:, 3:], *left_uncorrected(RADAR.air, h))
    z = h + lasting @ error + rng.standard_normal(h.shape) * sigma
    z[:, 1] %= 2.0 * math.pi
    return Looks(t, np.zeros(len(t), np.int64), z, sigma, np.tile(RADAR.r_ecef, (len(t), 1)))


def published(satellite, rng, radial, along, across):
    """The elements as someone who knows them less well publishes them: off, 1 sigma, by so many metres.

    In mean anomaly, inclination, node and both components of eccentricity, so that the error is no constant
    of the pass and no line: it is what an orbit makes of it.
    """
    a = (MU * (86_400.0 / satellite.mean_motion_rev_day / (2.0 * math.pi)) ** 2) ** (1.0 / 3.0)
    w = math.radians(satellite.argp_deg)
    x, y = satellite.eccentricity * np.array([math.cos(w), math.sin(w)]) + rng.normal(0.0, radial / a, 2)
    argp = math.degrees(math.atan2(y, x)) % 360.0
    latitude = satellite.argp_deg + satellite.mean_anomaly_deg + math.degrees(rng.normal(0.0, along / a))
    tilt, node = np.degrees(rng.normal(0.0, across / a, 2))
    return replace(
        satellite,
        eccentricity=math.hypot(x, y),
        argp_deg=argp,
        mean_anomaly_deg=(latitude - argp) % 360.0,
        inclination_deg=satellite.inclination_deg + tilt,
        raan_deg=(satellite.raan_deg + node / math.sin(math.radians(satellite.inclination_deg))) % 360.0,
    )
