"""Brightness of sunlit cloud: phase function and paths by integration, geometry in cases that are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.mirror import mirror_point
from tocsin.sensor.infrared.patches import cone, globe, limb_ring
from tocsin.sensor.infrared.sunlit import HIGH_CLOUD, HighCloud, phase, slant, sunlit
from tocsin.sensor.infrared.transmission import MEAN_RADIUS, Absorbers, band_transmission

AU = 1.496e11
WITHOUT = HighCloud(plates=0.0)


def place(lat_deg, lon_deg, h):
    return ecef_from_geodetic(np.radians(lat_deg), np.radians(lon_deg), h)


@given(st.floats(0.5, 0.95), st.floats(0.0, 0.9), st.floats(0.5, 0.99))
@settings(max_examples=50)
def test_the_phase_function_has_mean_one_and_its_asymmetry(g1, g2, f):
    cloud = HighCloud(forward=g1, backward=g2, forward_share=f)
    mean = quad(lambda c: float(phase(np.array(c), cloud)), -1.0, 1.0, epsrel=1e-9, limit=500)[0] / 2.0
    cosine = quad(lambda c: c * float(phase(np.array(c), cloud)), -1.0, 1.0, epsrel=1e-9, limit=500)[0] / 2.0
    assert mean == pytest.approx(1.0, rel=1e-7)
    assert cosine == pytest.approx(f * g1 - (1.0 - f) * g2, abs=1e-7)


@given(st.floats(0.0, 1.0), st.floats(200.0, 5000.0))
def test_the_slant_path_is_where_the_line_leaves_the_layer(sine, thickness):
    top = MEAN_RADIUS + thickness

    def above(k):
        return MEAN_RADIUS**2 + 2.0 * MEAN_RADIUS * k * sine + k * k - top**2

    leaves = brentq(above, 0.0, 4e5, xtol=1e-6)
    assert slant(np.array(sine), thickness) * thickness == pytest.approx(leaves, rel=1e-7)


def test_the_slant_path_is_finite_at_the_horizon_and_flat_above():
    assert slant(np.array(0.0), 1e3) == pytest.approx(np.sqrt(1.0 + 2.0 * MEAN_RADIUS / 1e3))
    assert slant(np.array(-0.5), 1e3) == slant(np.array(0.0), 1e3)
    assert slant(np.array(0.5), 1e3) == pytest.approx(2.0, rel=1e-3)


def test_an_overhead_sun_and_satellite_give_one():
    out = place(10.0, 30.0, 36e6)
    found = sunlit(place(10.0, 30.0, 12e3)[None], out, out * AU / np.linalg.norm(out), WITHOUT)
    assert found.index == pytest.approx(1.0, abs=1e-4)
    # The ellipsoid's vertical is not quite the line to the centre.
    assert found.scattering == pytest.approx(np.pi, abs=0.003)
    assert found.sun == pytest.approx(np.pi / 2, abs=0.003)


@pytest.mark.parametrize("sun_deg", [-60.0, 0.0, 25.0, 70.0])
@pytest.mark.parametrize("view_deg", [-75.0, -10.0, 40.0, 80.0])
def test_on_the_equator_against_the_formula_of_flat_layers(sun_deg, view_deg):
    # Sun and satellite in the equator's plane, at these angles from the vertical of a patch at longitude 0.
    patch = place(0.0, 0.0, 12e3)

    def along(angle, far):
        return patch + far * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle)), 0.0])

    found = sunlit(patch[None], along(view_deg, 40e6), along(sun_deg, AU), WITHOUT)
    m, m0 = (1.0 / np.cos(np.radians(v)) for v in (view_deg, sun_deg))
    scattering = np.radians(180.0 - abs(sun_deg - view_deg))
    assert found.scattering[0] == pytest.approx(scattering, abs=1e-7)
    assert found.tilt[0] == pytest.approx(abs(np.radians(sun_deg + view_deg)) / 2.0, abs=1e-7)
    assert found.sun[0] == pytest.approx(np.pi / 2 - abs(np.radians(sun_deg)), abs=1e-7)
    air = np.prod([band_transmission(12e3, abs(np.radians(v))) for v in (view_deg, sun_deg)])
    layer = m / (m + m0) * (1.0 - np.exp(-0.5 * (m + m0)))
    straight = 0.5 * (1.0 - np.exp(-1.0)) * band_transmission(12e3, 0.0) ** 2
    expected = phase(np.cos(scattering)) / phase(np.array(-1.0)) * layer * air / straight
    assert found.spread[0] == pytest.approx(float(expected), rel=5e-3)


def test_single_scattering_by_integration_through_the_layer():
    # The same as a sum over thin sheets, each dimmed by what lies above it both ways.
    m, m0, depth = 3.0, 1.5, HIGH_CLOUD.depth
    whole = quad(lambda tau: m * np.exp(-tau * (m + m0)), 0.0, depth)[0]
    assert whole == pytest.approx(m / (m + m0) * (1.0 - np.exp(-depth * (m + m0))), rel=1e-10)
    patch = place(0.0, 0.0, 12e3)
    clear = Absorbers(water=1e-9, mixed=0.0)
    view, sun = (np.arccos(1.0 / v) for v in (m, m0))

    def along(angle, far):
        return patch + far * np.array([np.cos(angle), np.sin(angle), 0.0])

    found = sunlit(patch[None], along(view, 40e6), along(sun, AU), WITHOUT, clear)
    overhead = quad(lambda tau: np.exp(-2.0 * tau), 0.0, depth)[0]
    ratio = phase(-np.cos(view - sun)) / phase(np.array(-1.0)) * whole / overhead
    assert found.index[0] == pytest.approx(float(ratio), rel=2e-3)


def test_the_night_side_and_the_far_side_are_dark():
    sun = np.array([AU, 0.0, 0.0])
    s = place(0.0, 90.0, 36e6)
    found = sunlit(np.stack([place(0.0, lon, 12e3) for lon in (120.0, 45.0, -60.0)]), s, sun)
    assert found.index[0] == 0.0  # night
    assert found.index[1] > 0.1
    assert found.index[2] == 0.0  # lit, and behind the Earth


@given(st.floats(-1.5, 1.5), st.floats(-3.1, 3.1), st.floats(-0.41, 0.41), st.floats(-3.1, 3.1))
@settings(max_examples=50)
def test_brightness_is_finite_and_positive_everywhere(lat, lon, sun_lat, sun_lon):
    s = ecef_from_geodetic(lat, lon, 38e6)
    sun = ecef_from_geodetic(sun_lat, sun_lon, AU)
    for patches in (limb_ring(s, 36, 12e3, 1.5e3), globe(s, 400, 12e3)):
        found = sunlit(patches.r, s, sun)
        for values in (found.spread, found.mirror):
            assert np.all(np.isfinite(values))
            assert np.all(values >= 0.0)


def test_behind_the_limb_the_sunward_limb_is_the_brightest():
    # The Sun 150 deg from the satellite's zenith, to its north-east: light is scattered forward there.
    s = np.array([42e6, 0.0, 0.0])
    sun = AU * np.array([-np.cos(np.radians(30.0)), 0.354, 0.354])
    ring = limb_ring(s, 360, 14e3, 1.5e3)
    found = sunlit(ring.r, s, sun)
    assert np.argmax(found.index) == pytest.approx(45, abs=3)
    assert found.index.max() > 20.0 * found.index[225]
    assert np.argmin(found.scattering) == pytest.approx(45, abs=1)


def test_the_mirror_adds_its_light_only_about_the_mirror_point():
    s = place(42.19, 39.62, 37438e3)
    sun = place(-0.87, -125.83, AU)
    r = mirror_point(s[None], sun, 12e3)[0]
    assert sunlit(r[None], s, sun).tilt[0] < 1e-6
    around = cone(s, r, 0.01, 4000, 12e3)
    found = sunlit(around.r, s, sun)
    bright = found.mirror > 0.01 * found.mirror.max()
    assert np.all(found.tilt[bright] < np.arctan(HIGH_CLOUD.tilt * np.sqrt(2.0 * np.log(150.0))))
    assert found.mirror[found.tilt > 6.0 * HIGH_CLOUD.tilt].max() < 1e-6 * found.mirror.max()
    # Rougher plates make it wider and fainter.
    rough = sunlit(around.r, s, sun, HighCloud(tilt=0.05))
    assert rough.mirror.max() < found.mirror.max()
    assert np.sum(rough.mirror > 0.5 * rough.mirror.max()) > 2 * np.sum(
        found.mirror > 0.5 * found.mirror.max()
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"forward": 1.0}, "HighCloud.forward = 1 is impossible: give less than 1"),
        ({"height_m": -1.0}, "HighCloud.height_m = -1 is impossible"),
        ({"depth": np.nan}, "HighCloud.depth = nan is impossible"),
        ({"refraction": 1.0}, "mirrors nothing: set plates = 0"),
    ],
)
def test_impossible_clouds_are_refused(wrong, words):
    with pytest.raises(TocsinError, match=words):
        HighCloud(**wrong)


def test_positions_that_are_no_numbers_are_refused():
    with pytest.raises(TocsinError, match=r"Sun \(m\): nan"):
        sunlit(np.ones((1, 3)), np.zeros(3), np.full(3, np.nan))
    with pytest.raises(TocsinError, match="satellite: stands on a patch"):
        sunlit(np.ones((1, 3)), np.ones(3), np.zeros(3))
