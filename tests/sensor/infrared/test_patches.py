"""Patches of cloud: their places and their solid angles, against closed forms."""

import numpy as np
import pytest

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.limb import limb
from tocsin.sensor.infrared.patches import cone, globe, limb_ring
from tocsin.sensor.infrared.transmission import zenith_angle

S = ecef_from_geodetic(np.radians(42.2), np.radians(39.6), 37.4e6)


def apart(r, toward):
    a, b = r - S, toward - S
    return np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), a @ b)


def test_the_ring_touches_the_cloud_all_round():
    ring = limb_ring(S, 72, 12e3, 1.5e3)
    np.testing.assert_allclose(zenith_angle(ring.r, S), np.pi / 2, atol=1e-6)
    np.testing.assert_allclose(geodetic_from_ecef(ring.r)[2], 12e3, atol=1.0)
    # The strip between the limbs of the layer's base and top.
    azimuth = 2.0 * np.pi * np.arange(72) / 72
    strip = 2.0 * np.pi / 72 * (np.cos(limb(S, azimuth, 12e3)[0]) - np.cos(limb(S, azimuth, 13.5e3)[0]))
    np.testing.assert_allclose(ring.solid_angle, strip, rtol=0.03)
    assert geodetic_from_ecef(ring.r)[0][0] > geodetic_from_ecef(ring.r)[0][36]


def test_the_globe_adds_up_to_the_disc():
    patches = globe(S, 40_000, 12e3)
    rho = limb(S, 2.0 * np.pi * np.arange(360) / 360, 12e3)[0]
    disc = np.mean(2.0 * np.pi * (1.0 - np.cos(rho)))
    assert patches.solid_angle.sum() == pytest.approx(disc, rel=5e-3)
    assert np.all(zenith_angle(patches.r, S) < np.pi / 2)
    # Of a sphere's area the share 1/2 (1 - R / r) is in view.
    r = np.linalg.norm(S)
    assert len(patches.r) / 40_000 == pytest.approx(0.5 * (1.0 - 6.37e6 / r), rel=0.01)


def test_a_cone_inside_the_disc_shares_its_solid_angle_evenly():
    aim = ecef_from_geodetic(np.radians(50.0), np.radians(60.0), 0.0)
    patches = cone(S, aim, 0.01, 500, 10e3)
    assert len(patches.r) == 500
    assert patches.solid_angle.sum() == pytest.approx(2.0 * np.pi * (1.0 - np.cos(0.01)), rel=1e-12)
    off = apart(patches.r, aim)
    assert off.max() < 0.01
    # As many lie within the half-angle over sqrt 2 as beyond it, by solid angle.
    assert np.sum(off < 0.01 / np.sqrt(2.0)) == pytest.approx(250, abs=2)
    # And as many on either side, in each of eight directions: within a few of 500 / 8.
    d = (patches.r - S) / np.linalg.norm(patches.r - S, axis=-1)[:, None]
    axis = (aim - S) / np.linalg.norm(aim - S)
    east = np.cross([0.0, 0.0, 1.0], axis)
    turn = np.arctan2(d @ np.cross(axis, east), d @ east)
    assert np.all(np.abs(np.histogram(turn, 8, (-np.pi, np.pi))[0] - 62.5) < 10)


def test_a_cone_across_the_limb_leaves_out_what_passes_over():
    _, r = limb(S, np.array(0.0), 10e3)
    patches = cone(S, r, 0.005, 2000, 10e3)
    # The limb is nearly straight across the cone: about half.
    assert 0.45 < len(patches.r) / 2000 < 0.5
    above = cone(S, S * 2.0 + np.array([1.0, 2.0, 3.0]), 0.005, 50, 10e3)
    assert len(above.r) == len(above.solid_angle) == 0


@pytest.mark.parametrize("bad", [0.0, -0.1, 1.6, np.nan])
def test_a_cone_of_no_angle_is_refused(bad):
    with pytest.raises(TocsinError, match="half_angle"):
        cone(S, np.zeros(3), bad, 10, 10e3)


@pytest.mark.parametrize(
    "make",
    [lambda: limb_ring(S, 0, 1e4, 1e3), lambda: globe(S, 0, 1e4), lambda: cone(S, np.zeros(3), 0.1, 0, 1e4)],
)
def test_no_patches_are_refused(make):
    with pytest.raises(TocsinError, match="count: 0 patches are none"):
        make()
