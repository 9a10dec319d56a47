"""Pushes flown: of arcs that a radar's looks hold, as many are still to come as is told."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, NOISE, RADARS, T_BURNOUT, template
from tocsin.assess.buses import bus_ahead
from tocsin.assess.case import NO_TIMES, Case
from tocsin.assess.classify import CLASSES
from tocsin.assess.ladder.grounds import Grounds
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.boost import Mixture
from tocsin.estimate.boost.mixture import Component
from tocsin.estimate.looks import Looks
from tocsin.motion.ballistic import propagate
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.track.arc import arc_from_boost
from tocsin.track.boost import Bank, BoostEstimate
from tocsin.track.post_boost import POST_BOOST

ICBM, PUSH = CLASSES.index("icbm-solid"), 100.0
BANK = Bank((template("icbm-solid"),), INV_BETA, (PUSH,))
P = np.diag([300.0, 300.0, 300.0, 5.0, 5.0, 5.0]) ** 2
FLIGHTS, FIRST_S = 120, 10.0
ASKED_S = (40.0, 60.0, 80.0)
LAT, LON, _ = geodetic_from_ecef(BURNOUT[:3])
RADAR = np.asarray(ecef_from_geodetic(LAT + math.radians(4.0), LON + math.radians(6.0), 0.0))


def flown(t, push_t, gained):
    """States (n, 6) at t (n,) of the body, pushed at push_t."""
    at = propagate(T_BURNOUT, BURNOUT, INV_BETA, [push_t])[0]
    free = propagate(T_BURNOUT, BURNOUT, INV_BETA, t)
    pushed = propagate(push_t, at + np.concatenate([np.zeros(3), gained]), INV_BETA, t)
    return np.where((t < push_t)[:, None], free, pushed)


def told(rng):
    """Of one flight, at each time asked for that its arc holds: whether its push is to come; its chance."""
    push_t = T_BURNOUT + POST_BOOST.within_s * rng.random()
    t = T_BURNOUT + np.arange(FIRST_S, ASKED_S[-1] + 1.0, 5.0)
    x = flown(t, push_t, PUSH * rng.standard_normal(3))
    h, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], np.tile(RADAR, (len(t), 1)))
    sigma = np.tile([NOISE[0], NOISE[1], NOISE[1]], (len(t), 1))
    sigma[:, 1] /= np.cos(h[:, 2])
    z = h + rng.normal(0.0, RADARS[0].bias_sigma) + rng.standard_normal(h.shape) * sigma
    z[:, 1] %= 2.0 * np.pi
    looks = Looks(t, np.zeros(len(t), dtype=np.int64), z, sigma, np.tile(RADAR, (len(t), 1)))
    state = Gaussian(T_BURNOUT, rng.multivariate_normal(BURNOUT, P), P)
    mixture = Mixture("converged", (), (), None, 0.0, state, (Component(1.0, state, "icbm-solid"),), None, 90)
    boost = BoostEstimate((), (), state, "template icbm-solid", 90, T_BURNOUT, mixture)
    case = Case("t-1", "alone", T_BURNOUT, None, Grounds(1, 40, (), True, True, True))
    found, out = None, {}
    for after in (20.0, *ASKED_S):
        now = T_BURNOUT + after
        found = arc_from_boost(looks.where(t <= now), RADARS, BANK, boost, found, ())
        if after in ASKED_S and found.phase == "ballistic" and not found.prior_rejected:
            times = {**NO_TIMES, "burnout_t": T_BURNOUT}
            asked = replace(case, now=now, solution=found, milestones=times)
            out[after] = (push_t > now, bus_ahead(asked, None)[ICBM])
    return out


def test_as_many_pushes_are_to_come_as_is_told():
    """Within 0.12, the error of 100 flights and of one `SHOWS_S` for every radar and size of push."""
    flights = [told(np.random.default_rng(seed)) for seed in range(FLIGHTS)]
    shares = []
    for after in ASKED_S:
        came, chance = np.mean([f[after] for f in flights if after in f], axis=0)
        assert came == pytest.approx(chance, abs=0.12), after
        shares.append(chance)
    assert shares[0] > shares[1] > shares[2] > 0.2
