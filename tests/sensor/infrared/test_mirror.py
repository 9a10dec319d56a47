"""Level plates: Fresnel's reflection, energy, and the mirror point by Fermat's principle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.sensor.infrared.mirror import mirror_point, mirrored

N = 1.31


def reflection(incidence, n=N):
    """What `mirrored` takes for Fresnel's reflection, where its Gaussian is known."""
    return mirrored(np.array(incidence), np.array(0.0), 1.0, 0.1, n) / np.pi * 2.0 * np.pi * 0.1**2


def test_fresnel_at_the_angles_with_a_closed_form():
    assert reflection(0.0) == pytest.approx(((N - 1.0) / (N + 1.0)) ** 2, rel=1e-12)
    # Brewster's angle: only one polarisation is reflected.
    assert reflection(np.arctan(N)) == pytest.approx(0.5 * ((N**2 - 1.0) / (N**2 + 1.0)) ** 2, rel=1e-12)
    assert reflection(np.pi / 2) == pytest.approx(1.0, rel=1e-9)
    # 45 deg: R_p = R_s squared.
    rs = ((np.cos(np.pi / 4) - np.sqrt(N**2 - 0.5)) / (np.cos(np.pi / 4) + np.sqrt(N**2 - 0.5))) ** 2
    assert reflection(np.pi / 4) == pytest.approx(0.5 * (rs + rs**2), rel=1e-12)


@pytest.mark.parametrize("width", [0.005, 0.02])
def test_plates_under_an_overhead_sun_send_back_what_they_reflect(width):
    # A plate tilted by t turns light by 2 t from the vertical: the mean over the sphere is share R(0).
    def ring(off):
        return mirrored(np.array(off / 2.0), np.array(off / 2.0), 0.03, width, N) * np.sin(off)

    whole = quad(ring, 0.0, 20.0 * width, epsrel=1e-8)[0] * 2.0 * np.pi / (4.0 * np.pi)
    assert whole == pytest.approx(0.03 * ((N - 1.0) / (N + 1.0)) ** 2, rel=5e-3)


@given(st.floats(0.0, 1.5), st.floats(0.0, 1.5))
def test_the_mirror_fades_with_tilt(incidence, tilt):
    here, farther = (
        float(mirrored(np.array(incidence), np.array(t), 0.01, 0.02, N)) for t in (tilt, tilt + 0.05)
    )
    assert 0.0 <= farther <= here <= mirrored(np.array(incidence), np.array(0.0), 0.01, 0.02, N)


@given(
    st.floats(-1.3, 1.3),
    st.floats(-3.0, 3.0),
    st.floats(1e6, 40e6),
    st.floats(-0.4, 0.4),
    st.floats(0.0, 1.6),
)
@settings(max_examples=50)
def test_the_mirror_point_is_where_the_way_of_light_is_shortest(lat, lon, up, sun_lat, off):
    s = ecef_from_geodetic(lat, lon, up)
    sun = 1.496e11 * np.array(
        [np.cos(sun_lat) * np.cos(lon + off), np.cos(sun_lat) * np.sin(lon + off), np.sin(sun_lat)]
    )
    r = mirror_point(s[None], sun, 11e3)[0]
    if np.isnan(r).any():
        return
    at_lat, at_lon, h = geodetic_from_ecef(r)
    assert h == pytest.approx(11e3, abs=1e-6)

    # The Sun is so far that only the way's part along its direction counts: no digits are lost.
    u = sun / np.linalg.norm(sun)

    def way(x):
        p = ecef_from_geodetic(x[0], x[1], 11e3)
        return (np.linalg.norm(s - p) - p @ u) / 1e6

    found = minimize(way, [at_lat, at_lon], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-14})
    apart = np.linalg.norm(ecef_from_geodetic(*found.x, 11e3) - r)
    # The Sun's direction at the point and at the centre differ by 43 microradians at most.
    assert apart < 2e3


def test_no_mirror_point_where_the_sun_stands_behind_the_earth():
    s = ecef_from_geodetic(0.3, 0.0, 36e6)
    sun = -1.496e11 * s / np.linalg.norm(s)
    assert np.isnan(mirror_point(s[None], sun, 10e3)).all()


def test_the_mirror_point_of_1983():
    # The project's notes on the incident: 66 N 87 W.
    s = ecef_from_geodetic(np.radians(42.19), np.radians(39.62), 37438e3)
    sun = 1.5e11 * np.array(
        [np.cos(np.radians(-0.87)) * np.cos(np.radians(-125.83)),
         np.cos(np.radians(-0.87)) * np.sin(np.radians(-125.83)), np.sin(np.radians(-0.87))]
    )  # fmt: skip
    lat, lon, _ = geodetic_from_ecef(mirror_point(s[None], sun, 12e3)[0])
    assert np.degrees(lat) == pytest.approx(66.0, abs=0.5)
    assert np.degrees(lon) == pytest.approx(-87.0, abs=0.5)
