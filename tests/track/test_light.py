"""Radar looks at a body that decays: an arc of a light body, where that of a missile explains none."""

import numpy as np
import pytest

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse, geodetic_from_ecef
from tocsin.estimate.looks import Channel
from tocsin.estimate.predict import predict_fall
from tocsin.motion.ballistic import impact, propagate
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.study.accuracy.looks import radar_looks
from tocsin.study.accuracy.reference import GRADES, LEAST_ELEVATION
from tocsin.track.air import LIGHT, light_drag
from tocsin.track.arc import arc_of_radars
from tocsin.track.boost import Bank

BANK = Bank((), 1.0 / 9000.0)
GRADE = GRADES["VHF"]
CHANNEL = Channel("near", False, GRADE.bias, "VHF", (0.0, 0.0))


def falling(beta, from_km):
    """Where it begins, and looks from below at what falls from this height on a flat way."""
    r = ecef_from_geodetic(0.9, 0.4, from_km * 1e3)
    up = r / np.linalg.norm(r)
    east = np.cross([0.0, 0.0, 1.0], up) / np.linalg.norm(np.cross([0.0, 0.0, 1.0], up))
    x = np.concatenate([r, 7300.0 * (np.cos(0.05) * east - np.sin(0.05) * up)])
    t = np.arange(0.0, 150.0, GRADE.revisit_s)
    path = propagate(0.0, x, 1.0 / beta, t)
    place = np.asarray(ecef_from_geodetic(0.92, 0.49, 0.0))
    values = range_azimuth_elevation(path[:, :3], path[:, 3:], np.tile(place, (len(t), 1)))[0]
    seen = values[:, 2] >= LEAST_ELEVATION
    rng = np.random.default_rng(5)
    return x, radar_looks(0, CHANNEL, place, GRADE, t[seen], path[seen], rng)


@pytest.mark.parametrize("beta", [70.0, 150.0, 350.0])
def test_a_decaying_body_is_on_an_arc_and_its_drag_is_told(beta):
    x, looks = falling(beta, 95.0)
    found = arc_of_radars(looks, (CHANNEL,), BANK, None, None, ())
    assert found.phase == "ballistic"
    assert found.drag == LIGHT
    body = found.learnt
    assert body is not None
    assert abs(np.log(1.0 / body.inv_beta / beta)) < 4.0 * body.sigma_ln_beta + 0.01
    region, end = predict_fall(body), impact(0.0, x, 1.0 / beta)
    lat, lon, _ = geodetic_from_ecef(end.x[:3])
    off = geodesic_inverse(region.lat, region.lon, float(lat), float(lon))[0]
    assert off < 4.0 * np.sqrt(np.linalg.eigvalsh(region.P)[-1]) + 500.0


def test_a_missiles_arc_is_told_as_before():
    _, looks = falling(9000.0, 95.0)
    found = arc_of_radars(looks, (CHANNEL,), BANK, None, None, ())
    assert found.phase == "ballistic"
    assert found.drag is None


def test_above_the_air_no_light_body_is_tried():
    _, high = falling(9000.0, 260.0)
    assert light_drag(high, BANK.inv_beta) == ()
    _, low = falling(9000.0, 118.0)
    assert light_drag(low, BANK.inv_beta) == (LIGHT,)
    assert light_drag(low, 0.0) == ()
