"""A published re-entry case: a flight known from a distant radar, and a near one that sees it fall.

Source: computed independently of this project for the reference flight (the project's reference bounds,
section 2c). Prior: the bound of 300 s of a VHF radar, and 0.6 of ln beta; then a UHF-class radar "150 km from
impact" at 1 Hz. What the words leave open was settled by the figures: the radar stands beyond the impact, and
looks from 2 deg up with its lasting errors. Their air is not told; 9,500 kg/m2 in US 1976 has their 4.1 s.
"""

import math
from functools import cache

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Drag, Gaussian
from tocsin.estimate.looks import Channel
from tocsin.motion.ballistic import impact, propagate
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.study.accuracy.bounds import radar_bound
from tocsin.study.accuracy.looks import radar_looks
from tocsin.study.accuracy.reference import GRADES, burnout

DRAG = Drag(1.0 / 9500.0, 0.6)
FIRST_OF_VHF = 817.0
UHF = GRADES["UHF"]
NEAR = Channel("near", False, UHF.bias, "UHF", (0.0, 0.0))

# Looks down to this height, km (none: before the first): impact CEP km, its time s, ln beta.
PRINTED = {
    None: (11.2, 4.1, 0.6),
    60: (0.37, 3.9, None),
    40: (0.22, 2.2, 0.33),
    30: (0.13, 0.63, 0.10),
    20: (0.11, 0.17, None),
}


@cache
def known():
    """State at burnout with the bound of 300 s of Olenegorsk."""
    t0, x0 = burnout()
    return Gaussian(t0, x0, radar_bound((("OLE", "VHF"),), FIRST_OF_VHF + 300.0).P)


@cache
def site():
    """150 km beyond the impact, along the way that it comes."""
    end = impact(known().t, known().x, DRAG.inv_beta)
    lat, lon, _ = geodetic_from_ecef(end.x[:3])
    v = enu_from_ecef(float(lat), float(lon)) @ end.x[3:]
    way, far = math.atan2(v[0], v[1]), 150e3 / 6371e3
    there = math.asin(math.sin(lat) * math.cos(far) + math.cos(lat) * math.sin(far) * math.cos(way))
    turn = math.atan2(
        math.sin(way) * math.sin(far) * math.cos(lat), math.cos(far) - math.sin(lat) * math.sin(there)
    )
    return ecef_from_geodetic(there, lon + turn, 0.0)


def falling(low_km, start, inv_beta, rng=None, every_s=1.0):
    """Looks at a body from (t, x) on, one each second, the last of them at that height; none without one."""
    fine = np.arange(start.t + 1000.0, impact(start.t, start.x, inv_beta).t, 0.02)
    h = geodetic_from_ecef(propagate(start.t, start.x, inv_beta, fine)[:, :3])[2]
    last = fine[np.flatnonzero(h >= 1e3 * low_km)[-1]]
    t = last - every_s * np.arange(700.0)[::-1]
    x = propagate(start.t, start.x, inv_beta, t)
    high = range_azimuth_elevation(x[:, :3], x[:, 3:], np.tile(site(), (len(t), 1)))[0][:, 2]
    seen = high > math.radians(2.0)
    return radar_looks(0, NEAR, site(), UHF, t[seen], x[seen], rng)
