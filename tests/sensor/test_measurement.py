"""The measurement equations: their Jacobians, their inverses, astropy's azimuth and elevation, light time."""

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import ITRS, AltAz, CartesianRepresentation, EarthLocation
from astropy.time import Time
from hypothesis import given
from hypothesis import strategies as st

from tests.sensor.scenes import COAST_X, coast, exact_two_way, retarded, unit
from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.motion.ballistic import propagate
from tocsin.sensor.measurement import (
    focal_angles,
    line_of_sight,
    position_from_radar,
    range_azimuth_elevation,
    site_axes,
)

lat_deg = st.floats(-85.0, 85.0)
lon_deg = st.floats(-180.0, 180.0)
speed = st.floats(-7e3, 7e3)


def geodetic(lat, lon, h):
    return ecef_from_geodetic(np.radians(lat), np.radians(lon), h)


def slopes(equation, r, v, r_sensor, step=20.0):
    """Central differences of a measurement equation in r."""
    ahead = np.stack([equation(r + step * e, v, r_sensor)[0][0] for e in np.eye(3)[:, None]], axis=1)
    behind = np.stack([equation(r - step * e, v, r_sensor)[0][0] for e in np.eye(3)[:, None]], axis=1)
    return (ahead - behind) / (2.0 * step)


@given(lat_deg, lon_deg, st.floats(15e6, 42e6), lat_deg, lon_deg, st.floats(0.0, 2000e3), speed, speed, speed)
def test_telescope_jacobian(lat_s, lon_s, h_s, lat, lon, h, vx, vy, vz):
    r_s, r = geodetic(lat_s, lon_s, h_s)[None], geodetic(lat, lon, h)[None]
    v = np.array([[vx, vy, vz]])
    _, jac = focal_angles(r, v, r_s)
    # The light time's own slope, v / c, is left out of the Jacobian.
    limit = 5e-5 * np.linalg.norm(jac[0], axis=1, keepdims=True)
    assert np.all(np.abs(slopes(focal_angles, r, v, r_s) - jac[0]) < limit)


radar_scene = (lat_deg, lon_deg, st.floats(300e3, 6e6), st.floats(0.5, 359.5), st.floats(1.0, 85.0))


def at_look(lat, lon, rng, az, el):
    r_s = geodetic(lat, lon, 0.0)[None]
    look = np.array([[rng, np.radians(az), np.radians(el)]])
    return r_s, look, position_from_radar(look, r_s)


@given(*radar_scene, speed, speed, speed)
def test_radar_jacobian(lat, lon, rng, az, el, vx, vy, vz):
    r_s, _, r = at_look(lat, lon, rng, az, el)
    v = np.array([[vx, vy, vz]])
    _, jac = range_azimuth_elevation(r, v, r_s)
    # Near the zenith the azimuth's slope is large and the body's own motion during the light time turns it.
    limit = 5e-5 * np.linalg.norm(jac[0], axis=1, keepdims=True) / np.cos(np.radians(el))
    assert np.all(np.abs(slopes(range_azimuth_elevation, r, v, r_s) - jac[0]) < limit)


@given(lat_deg, lon_deg, st.floats(15e6, 42e6), lat_deg, lon_deg, st.floats(0.0, 2000e3), speed, speed, speed)
def test_line_of_sight_inverts_the_focal_angles(lat_s, lon_s, h_s, lat, lon, h, vx, vy, vz):
    r_s, r, v = geodetic(lat_s, lon_s, h_s)[None], geodetic(lat, lon, h)[None], np.array([[vx, vy, vz]])
    tau = np.linalg.norm(r - r_s) / C_LIGHT
    c, s = np.cos(OMEGA * tau), np.sin(OMEGA * tau)
    seen = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]]) @ (r - v * tau)[0]
    line = line_of_sight(focal_angles(r, v, r_s)[0], r_s)[0]
    assert abs(np.linalg.norm(line) - 1.0) < 1e-12
    if (seen - r_s[0]) @ -r_s[0] > 0:  # the tangents know only the half space toward the Earth
        np.testing.assert_allclose(line, unit(seen - r_s[0]), rtol=0, atol=1e-9)


@given(*radar_scene)
def test_position_from_radar_inverts_range_azimuth_elevation(lat, lon, rng, az, el):
    r_s, look, r = at_look(lat, lon, rng, az, el)
    values, _ = range_azimuth_elevation(r, np.zeros((1, 3)), r_s)
    np.testing.assert_allclose(values, look, rtol=1e-12, atol=1e-11)


@pytest.mark.parametrize(
    ("site", "target"),
    [
        ((60.30, 30.55, 0.0), (64.0, 45.0, 700e3)),
        ((52.85, 103.25, 500.0), (40.0, 126.0, 900e3)),
        ((-33.0, -70.0, 1500.0), (-30.0, -60.0, 400e3)),
        ((2.0, 179.5, 0.0), (4.0, -175.0, 300e3)),
        ((46.6, 30.9, 0.0), (60.0, 30.0, 1200e3)),
    ],
)
def test_azimuth_and_elevation_as_astropy_gives_them(site, target):
    here = EarthLocation.from_geodetic(site[1] * u.deg, site[0] * u.deg, site[2] * u.m, ellipsoid="WGS84")
    there = EarthLocation.from_geodetic(
        target[1] * u.deg, target[0] * u.deg, target[2] * u.m, ellipsoid="WGS84"
    )
    r_s, r = (np.array([[p.x.to_value("m"), p.y.to_value("m"), p.z.to_value("m")]]) for p in (here, there))
    when = Time("2020-01-01T00:00:00")
    apart = ITRS(CartesianRepresentation((r - r_s)[0] * u.m), obstime=when, location=here)
    theirs = apart.transform_to(AltAz(obstime=when, location=here))
    ours = range_azimuth_elevation(r, np.zeros((1, 3)), r_s)[0][0]
    assert ours[0] == pytest.approx(theirs.distance.to_value("m"), abs=1e-6)
    assert ours[1] == pytest.approx(theirs.az.to_value("rad"), abs=1e-9)
    assert ours[2] == pytest.approx(theirs.alt.to_value("rad"), abs=1e-9)


def test_site_axes_are_a_rotation_with_up_along_the_normal():
    r = np.array(
        [geodetic(lat, lon, 10.0) for lat in (-80.0, -12.0, 0.0, 55.0) for lon in (-170.0, 3.0, 100.0)]
    )
    axes = site_axes(r)
    np.testing.assert_allclose(
        axes @ np.swapaxes(axes, 1, 2), np.broadcast_to(np.eye(3), axes.shape), atol=1e-12
    )
    np.testing.assert_allclose(np.linalg.det(axes), 1.0)
    lat, lon = (
        g.ravel() for g in np.meshgrid([-80.0, -12.0, 0.0, 55.0], [-170.0, 3.0, 100.0], indexing="ij")
    )
    above = geodetic(lat, lon, 1010.0)
    np.testing.assert_allclose(axes[:, 2], (above - r) / 1e3, atol=1e-6)


def test_telescope_light_time_of_a_coasting_body():
    path = coast()
    t = np.arange(1.0, 1585.0, 7.3)
    x = propagate(0.0, COAST_X, 0.0, t)
    for lat, lon, h in ((60.0, -28.0, 40e6), (63.0, 152.0, 38e6), (20.0, 100.0, 20e6)):
        r_s = np.tile(geodetic(lat, lon, h), (len(t), 1))
        line = line_of_sight(focal_angles(x[:, :3], x[:, 3:], r_s)[0], r_s)
        _, seen = retarded(path, t, r_s)
        assert np.linalg.norm(np.cross(line, unit(seen - r_s)), axis=1).max() < 0.2e-6
        # Without the light time the line would be some 20 microradians off: the test can tell.
        assert np.linalg.norm(np.cross(line, unit(x[:, :3] - r_s)), axis=1).max() > 5e-6


def test_radar_light_time_of_a_coasting_body():
    """The exact two-way echo in axes that do not turn: out from where the site was, back to where it is."""
    t = np.arange(1.0, 1585.0, 7.3)
    x = propagate(0.0, COAST_X, 0.0, t)
    for lat, lon in ((68.1, 33.9), (60.3, 30.5), (75.0, 0.0)):
        r_s = geodetic(lat, lon, 0.0)
        model, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], np.tile(r_s, (len(t), 1)))
        ranges, lines = exact_two_way(t, r_s)
        ok = (model[:, 0] < 6e6) & (model[:, 2] > 0.0)
        assert ok.sum() > 50
        assert np.abs(model[ok, 0] - ranges[ok]).max() < 1.0
        line = unit(position_from_radar(model, np.tile(r_s, (len(t), 1))) - r_s)
        # The turn of the axes within the light time is left out, as the docstring says.
        assert np.linalg.norm(np.cross(line[ok], lines[ok]), axis=1).max() < 1.5e-6
        apart = np.linalg.norm(x[:, :3] - r_s, axis=1)
        assert np.abs(apart[ok] - ranges[ok]).max() > 20.0
