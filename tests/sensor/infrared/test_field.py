"""The field: the whole disc, or the band about the limb; by tangent heights found another way."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from tocsin.catalogue import network
from tocsin.earth.constants import R_EQ
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.infrared.field import behind_the_earth, draw_in_field, field_solid_angle, in_field
from tocsin.sensor.infrared.limb import limb, toward
from tocsin.sensor.measurement import line_of_sight
from tocsin.sensor.view import satellite_sees

OKO, ELEMENTS = network("1983-09-25", ("cosmos-1382",)).satellites[0]
DISC = replace(OKO, limb_depth_deg=None)
S = satellite_states(ELEMENTS, [ELEMENTS.epoch_t_tai])[0][0]


def least_height(u):
    """The least geodetic height (m) along a line of sight, by searching along it."""
    near = float(np.linalg.norm(S)) * np.array([0.8, 1.2])

    def height(k):
        return float(geodetic_from_ecef(S + k * u)[2])

    return minimize_scalar(height, bounds=near, method="bounded", options={"xatol": 1.0}).fun


@given(st.floats(0.0, 6.28), st.floats(-400e3, 900e3))
def test_above_the_limb_the_field_ends_at_its_height(azimuth, top):
    """A line that grazes a height of less than the greatest is in the field, one of more is not."""
    angle, r = limb(S, np.array([azimuth]), max(top, 1.0))
    u = toward(S, np.array([azimuth]), angle)[0]
    lowest = least_height(u)
    assert lowest == pytest.approx(max(top, 1.0), abs=3.0)
    inside = lowest < 1e3 * OKO.limb_top_km
    if abs(lowest - 1e3 * OKO.limb_top_km) > 100.0:
        assert in_field(OKO, S[None] + 5e7 * u, S[None]).tolist() == [inside]
    assert in_field(DISC, r, S[None]).tolist() == [True]


@given(st.floats(0.0, 6.28), st.floats(-2.0, 1.0))
def test_inside_the_limb_it_ends_at_its_depth(azimuth, off_deg):
    a = np.array([azimuth])
    u = toward(S, a, limb(S, a)[0] + math.radians(off_deg))
    if abs(off_deg + OKO.limb_depth_deg) > 1e-6 and off_deg < 0.5:
        assert in_field(OKO, S + 3e7 * u, S[None]).tolist() == [off_deg > -OKO.limb_depth_deg]


@pytest.mark.parametrize("satellite", [OKO, DISC])
def test_what_is_drawn_lies_in_the_field_and_is_even_over_it(satellite):
    n = 4000
    values = draw_in_field(satellite, np.tile(S, (n, 1)), np.random.default_rng(3))
    u = line_of_sight(values, np.tile(S, (n, 1)))
    assert in_field(satellite, S + 5e7 * u, np.tile(S, (n, 1))).all()
    angle = np.arccos(np.clip(-(u @ S) / np.linalg.norm(S), -1.0, 1.0))
    edge = np.arcsin(R_EQ / np.linalg.norm(S))
    # Half lies within this angle from nadir: 99.9 % of a binomial of 4,000, and 0.02 for the flattened limb.
    low = 0.0 if satellite is DISC else edge - math.radians(OKO.limb_depth_deg)
    high = edge if satellite is DISC else np.arcsin((R_EQ + 500e3) / np.linalg.norm(S))
    middle = math.sqrt(0.5 * (low**2 + high**2))
    assert abs(np.mean(angle < middle) - 0.5) < 3.3 * 0.5 / math.sqrt(n) + 0.02
    turn = np.arctan2(values[:, 1], values[:, 0])
    assert np.abs(np.mean(np.exp(1j * turn))) < 3.0 / math.sqrt(n)


def test_solid_angles():
    assert field_solid_angle(DISC) == pytest.approx(math.pi * 0.15**2)
    # A ring of the disc's girth, so wide as depth and height together.
    wide = math.radians(0.5) + 500e3 / 4e7
    assert field_solid_angle(OKO) == pytest.approx(2.0 * math.pi * 0.15 * wide, rel=0.02)


def test_the_earth_hides_what_lies_beyond_the_limb_and_low():
    a = np.array([0.3])
    _, touched = limb(S, a, 10e3)
    u = (touched - S) / np.linalg.norm(touched - S)
    # On along the grazing line nothing is between; a kilometre lower, 500 km on, the surface is.
    up = touched / np.linalg.norm(touched)
    on = touched + 500e3 * u
    assert behind_the_earth(on + 200.0 * up, S[None], 10e3).tolist() == [False]
    assert behind_the_earth(on - 5e3 * up, S[None], 10e3).tolist() == [True]
    assert behind_the_earth(touched - 300e3 * u, S[None], 10e3).tolist() == [False]
    assert behind_the_earth(-S[None], S[None], 0.0).tolist() == [True]


def test_a_limb_watcher_s_view_is_what_its_field_has():
    """Above the area of 1983 a plume comes into view as it rises over the limb; below the satellite never."""
    lat, lon = np.radians([47.5, -111.2])
    up = np.array([[np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]])
    heights = np.array([10e3, 20e3, 40e3, 100e3, 150e3, 300e3, 500e3])
    r = ecef_from_geodetic(lat, lon, heights)
    seen = satellite_sees(OKO, S, r, np.repeat(up, len(r), axis=0), heights)
    # 5 deg under the horizon: the line clears the clouds from about R (1 / cos 5 deg - 1) = 24 km on.
    assert seen.tolist() == [False, False, True, True, True, True, True]
    lat, lon, _ = geodetic_from_ecef(S)
    below = ecef_from_geodetic(lat, lon, 100e3)[None]
    down = S[None] / np.linalg.norm(S)
    assert satellite_sees(OKO, S, below, down, np.array(100e3)).tolist() == [False]
    assert satellite_sees(DISC, S, below, down, np.array(100e3)).tolist() == [True]
    assert satellite_sees(OKO, 0.4 * S, r, np.repeat(up, len(r), axis=0), heights).sum() == 0
