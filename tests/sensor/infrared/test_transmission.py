"""The air between: columns against numerical integrals along the line, and what is let through."""

from itertools import pairwise

import erfa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from tocsin.errors import TocsinError
from tocsin.sensor.infrared.transmission import (
    ABSORBERS,
    MEAN_RADIUS,
    Absorbers,
    band_transmission,
    column,
    transmission,
    zenith_angle,
)

HEIGHTS = np.linspace(0.0, 100e3, 201)


def along_the_line(h, z, scale):
    """The integral of exp(-height / scale) ds / scale along a line, in pieces about its lowest point."""
    r = MEAN_RADIUS + h

    def density(s):
        s2 = s * s + 2.0 * r * s * np.cos(z)  # r(s)^2 - r^2
        return np.exp(-(h + s2 / (np.sqrt(r * r + s2) + r)) / scale) / scale

    lowest = max(-r * np.cos(z), 0.0)
    reach = np.sqrt(2.0 * MEAN_RADIUS * 60.0 * scale)
    cuts = np.unique(np.clip(lowest + reach * np.linspace(-1.0, 1.0, 41), 0.0, None))
    return sum(quad(density, a, b, epsabs=1e-300, epsrel=1e-9)[0] for a, b in pairwise(cuts))


@pytest.mark.parametrize("scale", [2e3, 7e3])
@pytest.mark.parametrize("z_deg", [0.0, 30.0, 60.0, 80.0, 87.0, 89.5, 90.0])
@pytest.mark.parametrize("h", [0.0, 8e3, 30e3])
def test_columns_upward_and_level(h, z_deg, scale):
    z = np.radians(z_deg)
    assert column(h, z, scale) == pytest.approx(along_the_line(h, z, scale), rel=1.5e-3)


@pytest.mark.parametrize("scale", [2e3, 7e3])
@pytest.mark.parametrize(
    ("h", "lowest"), [(200e3, 12e3), (200e3, 40e3), (30e3, 29.9e3), (90e3, 20e3), (2e6, 1e3)]
)
def test_columns_through_the_limb(h, lowest, scale):
    z = np.pi - np.arcsin((MEAN_RADIUS + lowest) / (MEAN_RADIUS + h))
    assert column(h, z, scale) == pytest.approx(along_the_line(h, z, scale), rel=1.5e-3)


@given(h=st.floats(0.0, 1e6), z=st.floats(0.0, np.pi))
def test_blocked_where_and_only_where_the_line_meets_the_ground(h, z):
    r = np.array([0.0, MEAN_RADIUS + h])
    u = np.array([np.sin(z), np.cos(z)])
    s = np.linspace(0.0, 8e6, 4001)
    low = np.linalg.norm(r + s[:, None] * u, axis=1).min() - MEAN_RADIUS
    passed = np.isfinite(column(h, z, 2e3))
    if low < -2.0:
        assert not passed
        assert band_transmission(h, z) == 0.0
    if low > 2.0 or z <= 0.5 * np.pi:
        assert passed


@given(z=st.floats(0.0, np.pi / 2), strong=st.booleans())
def test_more_gets_through_from_higher_up(z, strong):
    shares = band_transmission(HEIGHTS, z, Absorbers(strong=strong))
    assert np.all(np.diff(shares) >= 0.0)
    assert 0.0 <= shares[0] <= shares[-1] <= 1.0


@given(h=st.floats(0.0, 300e3))
def test_less_gets_through_lower_down(h):
    shares = band_transmission(h, np.linspace(0.0, np.pi, 721))
    assert np.all(np.diff(shares) <= 1e-12)


def test_black_at_the_ground_and_open_above_some_10_to_15_km():
    assert band_transmission(0.0, 0.0) < 1e-12
    assert band_transmission(5e3, 0.0) < 0.05
    assert band_transmission(8.2e3, 0.0) == pytest.approx(0.49, abs=0.01)
    assert band_transmission(12e3, 0.0) == pytest.approx(0.86, abs=0.01)
    assert band_transmission(15e3, np.radians(60.0)) > 0.85
    assert band_transmission(100e3, np.radians(90.0)) > 0.999


def test_the_two_laws_of_absorption():
    h, z = np.array([3e3, 9e3, 20e3]), np.radians(50.0)
    water, mixed = 38.0 * column(h, z, 2e3), 0.3 * column(h, z, 7e3)
    np.testing.assert_allclose(band_transmission(h, z), np.exp(-water - mixed), rtol=1e-12)
    strong = np.exp(-np.sqrt(water) - np.sqrt(mixed))
    np.testing.assert_allclose(band_transmission(h, z, Absorbers(strong=True)), strong, rtol=1e-12)
    np.testing.assert_allclose(band_transmission(h, z, Absorbers(mixed=0.0)), np.exp(-water), rtol=1e-12)
    assert band_transmission(1e3, np.pi, Absorbers(mixed=0.0)) == 0.0


def test_a_plume_is_hidden_below_the_cloud_top_and_at_it_is_not():
    got = transmission([9999.0, 10e3, 12e3], 0.3, 10e3)
    np.testing.assert_array_equal(got, [0.0, *band_transmission([10e3, 12e3], 0.3)])
    np.testing.assert_array_equal(transmission(8e3, 0.3, [7e3, 9e3]) > 0.0, [True, False])


def test_zenith_angles_are_from_the_geodetic_vertical():
    rng = np.random.default_rng(0)
    lat, lon = rng.uniform(-1.5, 1.5, 50), rng.uniform(-3.1, 3.1, 50)
    r = np.array(erfa.gd2gc(1, lon, lat, np.full(50, 30e3)))
    up = (np.array(erfa.gd2gc(1, lon, lat, np.full(50, 1.03e6))) - r) / 1e6
    sensor = rng.normal(0.0, 3e7, (50, 3))
    d = (sensor - r) / np.linalg.norm(sensor - r, axis=1)[:, None]
    np.testing.assert_allclose(zenith_angle(r, sensor), np.arccos(np.sum(up * d, axis=1)), atol=1e-8)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: column(np.nan, 0.0, 2e3), "height"),
        (lambda: column(0.0, [0.0, 3.2], 2e3), "zenith angle .* 3.2"),
        (lambda: column(0.0, -0.1, 2e3), "zenith angle"),
        (lambda: transmission(0.0, 0.0, -1.0), "cloud top"),
        (lambda: Absorbers(water=-1.0), "water = -1"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(TocsinError, match=said):
        call()
    assert ABSORBERS.water_m == 2e3


def test_a_top_of_nought_is_no_cloud_and_hides_nothing():
    """Rounding puts the ground a nanometre below the ellipsoid: it shines through where there is no cloud."""
    dry = Absorbers(water=0.1)
    assert transmission(-1e-9, 0.0, 0.0, dry) == pytest.approx(float(transmission(0.0, 0.0, 0.0, dry)))
    assert transmission(-1e-9, 0.0, 1.0, dry) == 0.0
