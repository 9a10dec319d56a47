"""Coverage: heights and sectors, the grid against single points."""

from dataclasses import replace

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from tests.motion.arcs import BURNOUT_T
from tocsin.catalogue import Network, network, radars
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import forces
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.coverage import coverage_grid, seen_along, sensor_keys
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar
from tocsin.sensor.view import radar_sees, within

SITES = {r.key: r for r in radars()}
NETWORK = network("2025-07-15")
# The exact end of the reference ascent, as `bounds.md` prints it: the radar tables use it.
ASCENT = np.array([-1350140.0, -3973437.0, 5072100.0, 2266.50, 2305.49, 5686.07])


def alone(*sites) -> Network:
    """A network of these arrays and no satellite."""
    return Network("2025-07-15T00:00:00Z", NETWORK.t_tai, (), sites, ())


def _at(site, az_deg, el_deg, range_m) -> np.ndarray:
    """Points (n, 3) at azimuths, elevations and ranges of a site, by rotations of its own vertical."""
    lat, lon = np.radians([site.lat_deg, site.lon_deg])
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    north = np.cross(up, east)
    az, el = np.radians(np.asarray(az_deg, dtype=float)), np.radians(np.asarray(el_deg, dtype=float))
    line = (
        (np.cos(el) * np.sin(az))[..., None] * east
        + (np.cos(el) * np.cos(az))[..., None] * north
        + np.sin(el)[..., None] * up
    )
    return ecef_from_geodetic(lat, lon, site.height_m) + np.asarray(range_m)[..., None] * line


@pytest.mark.parametrize("refraction", [False, True])
@pytest.mark.parametrize(
    ("az_deg", "el_deg", "range_km", "seen"),
    [
        (300.0, 30.0, 2000.0, True),
        (244.0, 30.0, 2000.0, False),
        (246.0, 30.0, 2000.0, True),
        (354.0, 30.0, 2000.0, True),
        (356.0, 30.0, 2000.0, False),
        (120.0, 30.0, 2000.0, False),
        (300.0, 0.5, 2000.0, False),
        (300.0, 2.1, 2000.0, True),
        (300.0, 69.9, 2000.0, True),
        (300.0, 70.5, 2000.0, False),
        (300.0, 30.0, 249.0, False),
        (300.0, 30.0, 251.0, True),
        (300.0, 30.0, 5999.0, True),
        (300.0, 30.0, 6001.0, False),
    ],
)
def test_limits_of_a_sector(
    az_deg: float, el_deg: float, range_km: float, seen: bool, refraction: bool
) -> None:
    r = _at(SITES["LEK"], [az_deg], [el_deg], [range_km * 1e3])
    assert radar_sees(SITES["LEK"], r, refraction).tolist() == [seen]


@given(st.sampled_from(sorted(SITES)), st.integers(0, 2**32))
def test_a_radar_has_in_view_what_its_own_sensor_has(key: str, seed: int) -> None:
    """The assembled sensor's test of measured values, on random points of space."""
    draw = np.random.default_rng(seed)
    site = SITES[key]
    r = _at(site, draw.uniform(0.0, 360.0, 200), draw.uniform(-10.0, 90.0, 200), draw.uniform(1e5, 8e6, 200))
    radar = Radar(site)
    values, _ = range_azimuth_elevation(r, np.zeros((200, 3)), np.tile(radar.r_ecef, (200, 1)))
    np.testing.assert_array_equal(radar_sees(site, r), within(site, *values.T))


@pytest.mark.parametrize("refraction", [False, True])
def test_the_grid_is_the_single_points(refraction: bool) -> None:
    grid = coverage_grid(NETWORK, NETWORK.t_tai, 400e3, 5.0, refraction)
    assert grid.seen.shape == (len(NETWORK.satellites) + len(NETWORK.radars), 36, 72)
    assert grid.keys == sensor_keys(NETWORK)
    draw = np.random.default_rng(4)
    i, j = draw.integers(0, 36, 300), draw.integers(0, 72, 300)
    r = ecef_from_geodetic(np.radians(grid.lat_deg[i]), np.radians(grid.lon_deg[j]), 400e3)
    points = seen_along(NETWORK, np.full(300, NETWORK.t_tai), r, refraction)
    np.testing.assert_array_equal(points.seen, grid.seen[:, i, j])
    assert 100 < points.seen.sum() < points.seen.size / 2


def test_half_a_degree_is_360_by_720_cells() -> None:
    grid = coverage_grid(alone(SITES["YEN"]), NETWORK.t_tai, 200e3)
    assert grid.seen.shape == (1, 360, 720)
    assert (grid.lat_deg[0], grid.lat_deg[-1], grid.lon_deg[0]) == (-89.75, 89.75, -179.75)


def test_the_area_that_a_radar_covers_is_the_geometrys() -> None:
    """From the ground distance at which 2 deg meets 200 km, on a sphere: (1 - cos a) times the sector."""
    site = replace(SITES["YEN"], range_min_km=0.0, el_max_deg=90.0)
    grid = coverage_grid(alone(site), NETWORK.t_tai, 200e3)
    weight = np.cos(np.radians(grid.lat_deg))[:, None] * np.ones(720)
    share = (grid.seen[0] * weight).sum() / weight.sum()
    el, radius = np.radians(2.0), 6371e3
    arc = np.arccos(radius * np.cos(el) / (radius + 200e3)) - el
    assert share == pytest.approx(0.5 * (1.0 - np.cos(arc)) * 120.0 / 360.0, rel=0.01)


def test_a_satellite_has_in_view_what_lies_within_85_deg_of_its_own_zenith() -> None:
    """The edge of the view lies on the geodesic circle at which the satellite stands 5 deg high."""
    satellite, elements = NETWORK.satellites[0]
    t = NETWORK.t_tai + np.arange(0.0, 43200.0, 600.0)
    r_s, _ = satellite_states(elements, t)
    k = int(np.argmax(np.linalg.norm(r_s, axis=1)))
    lat, lon, _ = (float(v) for v in geodetic_from_ecef(r_s[k]))
    far = np.linalg.norm(r_s[k])
    arc = np.degrees(np.arccos(6371e3 * np.cos(np.radians(5.0)) / far) - np.radians(5.0))
    lone = Network("", NETWORK.t_tai, ((satellite, elements),), (), ())
    for bearing in range(0, 360, 45):
        for degrees, seen in ((arc - 0.6, True), (arc + 0.6, False)):
            g = Geodesic.WGS84.ArcDirect(np.degrees(lat), np.degrees(lon), bearing, degrees)
            r = ecef_from_geodetic(*np.radians([g["lat2"], g["lon2"]]), 15e3)
            assert seen_along(lone, t[k : k + 1], r).seen.tolist() == [[seen]]


def test_below_the_cloud_tops_and_from_low_on_its_orbit_a_satellite_sees_nothing() -> None:
    satellite, elements = NETWORK.satellites[0]
    lone = Network("", NETWORK.t_tai, ((satellite, elements),), (), ())
    t = NETWORK.t_tai + np.arange(0.0, 86400.0, 300.0)
    r_s, _ = satellite_states(elements, t)
    high = np.linalg.norm(r_s, axis=1) - 6378137.0 >= 15e6
    lat, lon, _ = geodetic_from_ecef(r_s)
    below = ecef_from_geodetic(lat, lon, 20e3)
    np.testing.assert_array_equal(seen_along(lone, t, below).seen[0], high)
    assert 0 < high.sum() < len(t)
    assert not seen_along(lone, t, ecef_from_geodetic(lat, lon, 9e3)).seen.any()


def test_first_and_spans() -> None:
    t = np.arange(0.0, 1400.0)
    x = propagate(BURNOUT_T, ASCENT, 0.0, t, forces(2, 0))
    along = seen_along(alone(SITES["LEK"], SITES["BAR"]), t, x[:, :3])
    begin, end = along.spans("LEK")[0]
    assert along.first("LEK") == begin
    inside = (t >= begin) & (t <= end)
    assert along.seen[0][inside].all()
    assert along.seen[0].sum() == sum(b - a + 1.0 for a, b in along.spans("LEK"))
    assert along.first("BAR") is None
    assert along.spans("BAR").shape == (0, 2)


def test_no_sensors_at_all() -> None:
    assert coverage_grid(alone(), NETWORK.t_tai, 1e5, 10.0).seen.shape == (0, 18, 36)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: coverage_grid(NETWORK, NETWORK.t_tai, 2e5, 0.7),
            "a step of 0.7 deg does not divide 180 deg",
        ),
        (lambda: coverage_grid(NETWORK, NETWORK.t_tai, 2e5, 0.0), "step (deg): 0 is not possible"),
        (lambda: coverage_grid(NETWORK, NETWORK.t_tai, np.nan), "height (m): nan is not possible"),
        (lambda: coverage_grid(NETWORK, np.inf, 2e5), "time (TAI s): inf is not possible"),
        (lambda: seen_along(NETWORK, [0.0, 1.0], np.zeros((3, 3))), "(2,) times and (3, 3) positions"),
        (lambda: seen_along(NETWORK, [0.0], [1e7, np.nan, 0.0]), "position (m): nan is not possible"),
        (
            lambda: coverage_grid(NETWORK, NETWORK.t_tai, 2e5, min_elevation_deg=100.0),
            "least elevation (deg): 100 is not possible",
        ),
        (
            lambda: seen_along(NETWORK, [NETWORK.t_tai + 90 * 86400.0], [7e6, 0.0, 0.0]),
            "Cosmos 2541 (EKS-3) (cosmos-2541) has no elements for a time",
        ),
    ],
)
def test_what_cannot_be_is_refused(call, told: str) -> None:
    with pytest.raises(TocsinError) as refused:
        call()
    assert told in refused.value.problems[0]


def test_refraction_lowers_the_limit_by_the_bending_that_is_known() -> None:
    """A body 1,000 km high from a site at 2 deg, no ionosphere: 0.34 deg (ITU-R P.834's fit for such air).

    tau = 1 / (1.728 + 0.5411 el + 0.03723 el^2) deg of the elevation el that it has without the air.
    """
    site = replace(SITES["LEK"], tecu=0.0)
    bare = 2.0 - 0.35 + np.linspace(-0.1, 0.3, 401)
    r = _at(site, np.full(401, 300.0), bare, 3800e3)
    seen = radar_sees(site, r, refraction=True)
    assert not radar_sees(site, r[bare < 2.0]).any()
    limit = bare[np.argmax(seen)]
    assert limit == pytest.approx(2.0 - 1.0 / (1.728 + 0.5411 * limit + 0.03723 * limit**2), abs=0.03)
