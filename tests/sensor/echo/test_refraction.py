"""Refraction against the ray equation solved by SciPy, published bending, and what holds of any air."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp

from tocsin.errors import TocsinError
from tocsin.sensor.echo.ionosphere import (
    NO_IONOSPHERE,
    Ionosphere,
    electron_density,
    plasma_refractivity,
    zenith_group_delay,
)
from tocsin.sensor.echo.ray import EARTH_RADIUS, trace
from tocsin.sensor.echo.refraction import corrected, height_of, refraction_of, refraction_table
from tocsin.sensor.echo.troposphere import NO_TROPOSPHERE, Troposphere, air_refractivity, zenith_delay

DAY = Ionosphere(tecu=50.0)
AIR = Troposphere(surface_refractivity=313.0, scale_m=7000.0)
EL = np.radians([2.0, 5.0])


@pytest.fixture(scope="module")
def vhf():
    return refraction_table(155e6, ionosphere=DAY)


@pytest.fixture(scope="module")
def uhf():
    return refraction_table(435e6, ionosphere=DAY)


def test_the_anchors_of_the_design(vhf, uhf):
    # For a target above the layer: 2.4 km and 0.31 km at 2-5 deg, 0.35 and 0.19 deg at 2 deg.
    above = refraction_of(vhf, EL, 1e6, apparent=True)
    assert above.ionosphere_m == pytest.approx([2.5e3, 2.43e3], rel=0.01)
    assert refraction_of(uhf, EL, 1e6).ionosphere_m == pytest.approx([310.0, 303.0], rel=0.01)
    assert np.degrees(above.troposphere_elevation[0]) == pytest.approx(0.35, abs=0.005)
    assert np.degrees(above.ionosphere_elevation[0]) == pytest.approx(0.19, abs=0.006)
    # Where the geometric elevation is 2 deg the ray leaves higher: 0.30 deg of troposphere.
    geometric = refraction_of(vhf, EL[0], 1e6)
    assert np.degrees(geometric.troposphere_elevation) == pytest.approx(0.303, abs=0.003)
    assert np.degrees(geometric.ionosphere_elevation) == pytest.approx(0.195, abs=0.003)


@pytest.mark.parametrize("site_km", [0.0, 1.0])
def test_published_bending(site_km):
    # ITU-R P.834-7, equation (12), for n - 1 = 315e-6 exp(-0.1361 h); free-space elevations in deg, 0 to 10.
    el = np.array([0.0, 1.0, 2.0, 5.0])
    published = 1.0 / (
        1.728
        + 0.5411 * el
        + 0.03723 * el**2
        + site_km * (0.1815 + 0.06272 * el + 0.01380 * el**2)
        + site_km**2 * (0.01727 + 0.008288 * el)
    )
    air = Troposphere(315.0, 1e3 / 0.1361)
    found = refraction_of(refraction_table(435e6, air, NO_IONOSPHERE, 1e3 * site_km), np.radians(el), 4e8)
    # The formula is itself a fit, good to some 3 %.
    assert np.degrees(found.elevation) == pytest.approx(published, rel=0.04)


def index(height, frequency):
    """Phase index, its slope with height, and group index, written anew."""
    air = 313e-6 * np.exp(-height / 7000.0)
    z = (height - 350e3) / 70e3
    n_max = 50e16 / (70e3 * 4.132731354)
    plasma = 40.308 * n_max * np.exp(0.5 * (1.0 - z - np.exp(-z))) / frequency**2
    slope = -air / 7000.0 - plasma * 0.5 * (np.exp(-z) - 1.0) / 70e3
    return 1.0 + air - plasma, slope, 1.0 + air + plasma


def ray(elevation, top, frequency):
    """Group path and end of a ray by d(n t)/ds = grad n in the plane, from height 0 to `top`."""

    def along(_, y):
        r = np.hypot(y[0], y[1])
        n, slope, group = index(r - EARTH_RADIUS, frequency)
        return [y[2] / n, y[3] / n, slope * y[0] / r, slope * y[1] / r, group]

    def arrived(_, y):
        return np.hypot(y[0], y[1]) - EARTH_RADIUS - top

    arrived.terminal = True
    n0 = index(0.0, frequency)[0]
    start = [0.0, EARTH_RADIUS, n0 * np.cos(elevation), n0 * np.sin(elevation), 0.0]
    done = solve_ivp(along, (0.0, 3e7), start, "DOP853", events=arrived, rtol=1e-11, atol=1e-6, max_step=3e4)
    return done.y[4, -1], done.y[0, -1], done.y[1, -1] - EARTH_RADIUS


@pytest.mark.parametrize("frequency", [155e6, 435e6])
@pytest.mark.parametrize(("el_deg", "top"), [(0.5, 2e5), (2.0, 3.7e5), (2.0, 1.5e6), (8.0, 6e5), (40.0, 3e6)])
def test_against_the_ray_equation(el_deg, top, frequency):
    elevation = np.radians(el_deg)
    path, x, y = ray(elevation, top, frequency)
    straight, geometric = np.hypot(x, y), np.arctan2(y, x)
    table = refraction_table(frequency, AIR, DAY)
    seen = refraction_of(table, elevation, top, apparent=True)
    assert seen.range_m == pytest.approx(path - straight, rel=2e-4, abs=2e-3)
    assert seen.elevation == pytest.approx(elevation - geometric, rel=2e-4)
    true = refraction_of(table, geometric, height_of(geometric, straight))
    assert true.range_m == pytest.approx(path - straight, rel=2e-4, abs=2e-3)
    assert true.elevation == pytest.approx(elevation - geometric, rel=2e-4)


def test_straight_up_there_is_delay_and_no_bending(vhf):
    up = refraction_of(vhf, np.pi / 2, [350e3, 5e6, 4e8])
    assert up.ionosphere_m[1:] == pytest.approx(40.308 * 50e16 / 155e6**2, rel=1e-5)
    assert float(zenith_group_delay(155e6, DAY)) == pytest.approx(838.7, abs=0.2)
    below, _ = quad(lambda h: float(plasma_refractivity(h, 155e6, DAY)), 0.0, 350e3, epsabs=1e-6, limit=200)
    assert up.ionosphere_m[0] == pytest.approx(below, rel=1e-5)
    assert up.troposphere_m == pytest.approx(float(zenith_delay()), rel=1e-4)
    assert float(zenith_delay()) == pytest.approx(2.3, abs=0.05)
    assert np.abs(up.elevation).max() < 1e-9


def test_the_layer_holds_its_content():
    total, _ = quad(lambda h: float(electron_density(h, DAY)), -5e5, 4e6, points=[350e3], limit=400)
    assert total == pytest.approx(50e16, rel=1e-7)
    heights = np.linspace(1e5, 9e5, 8001)
    assert heights[np.argmax(electron_density(heights, DAY))] == pytest.approx(350e3, abs=100.0)


def test_ionospheric_bending_is_greatest_well_above_the_horizon(vhf):
    # Weisbrod and Colin (1960): for heights small beside the Earth's radius, at about 100 mrad.
    el = np.linspace(0.0, 0.5, 501)
    bending = refraction_of(vhf, el, 500e3, apparent=True).ionosphere_elevation
    assert 0.06 < el[np.argmax(bending)] < 0.14
    assert np.all(np.diff(refraction_of(vhf, el, 500e3, apparent=True).troposphere_elevation) < 0.0)


def test_the_ionosphere_falls_as_the_square_of_frequency_and_the_air_does_not(uhf):
    twice = refraction_of(refraction_table(870e6, ionosphere=DAY), 0.2, 1e6, apparent=True)
    once = refraction_of(uhf, 0.2, 1e6, apparent=True)
    assert once.ionosphere_m / twice.ionosphere_m == pytest.approx(4.0, rel=0.01)
    assert once.ionosphere_elevation / twice.ionosphere_elevation == pytest.approx(4.0, rel=0.01)
    assert once.troposphere_m == pytest.approx(twice.troposphere_m, rel=1e-9)


@given(st.floats(0.0, np.pi / 2), st.floats(3.0, 8.6), st.floats(0.0, 2000.0))
def test_the_table_is_what_was_traced(elevation, log_height, site):
    height = 10.0**log_height
    table = TABLES[site > 1000.0]
    nodes = np.append(np.geomspace(1.0, height, 60)[:-1], height)
    nodes = np.unique(np.concatenate([nodes, np.arange(2e4, min(height, 2e6), 2e4)]))
    excess, error = trace(np.array([elevation]), nodes, 155e6, table.troposphere, DAY, table.site_height_m)
    found = refraction_of(table, elevation, height + table.site_height_m, apparent=True)
    assert found.range_m == pytest.approx(excess[0, -1], rel=3e-3, abs=0.02)
    assert found.elevation == pytest.approx(error[0, -1], rel=3e-3, abs=3e-6)


TABLES = [
    refraction_table(155e6, ionosphere=DAY),
    refraction_table(155e6, ionosphere=DAY, site_height_m=1500.0),
]


@given(st.floats(0.0, 1.57), st.floats(2e5, 6e6))
def test_a_corrected_look_is_where_the_body_is(elevation, range_m):
    table = TABLES[0]
    air = refraction_of(table, elevation, height_of(elevation, range_m))
    measured = min(elevation + float(air.elevation), np.pi / 2)
    r, el, taken = corrected(table, range_m + air.range_m, measured)
    assert r == pytest.approx(range_m, abs=0.05)
    assert el == pytest.approx(elevation, abs=2e-7)
    assert taken.range_m == pytest.approx(air.range_m, abs=0.05)


def test_a_look_has_a_smooth_answer(vhf):
    # The third difference of a smooth function falls as the cube of the step; a kink's falls as the step.
    el = np.radians(np.linspace(1.0, 60.0, 4001))
    for part in (refraction_of(vhf, el, 7e5).range_m, refraction_of(vhf, el, 7e5).elevation):
        assert np.abs(np.diff(part, 3)).max() < 3e-7 * np.abs(part).max()


def test_below_horizon_and_site(vhf):
    low = refraction_of(vhf, [-0.5, -0.02], 5e5)
    level = refraction_of(vhf, 0.0, 5e5, apparent=True)
    assert low.range_m == pytest.approx(float(level.range_m))
    assert refraction_of(TABLES[1], 0.3, [1500.0, 0.0]).range_m == pytest.approx(0.0, abs=1e-9)
    # From a mountain there is less air above.
    assert float(air_refractivity(1500.0) / air_refractivity(0.0)) == pytest.approx(np.exp(-1500 / 7350))
    assert refraction_of(TABLES[1], 1.2, 1e6).troposphere_m < refraction_of(vhf, 1.2, 1e6).troposphere_m


def test_no_air_does_nothing():
    table = refraction_table(155e6, NO_TROPOSPHERE, NO_IONOSPHERE)
    nothing = refraction_of(table, [0.0, 0.3, 1.5], [1e5, 1e6, 1e8])
    assert np.abs(nothing.range_m).max() == np.abs(nothing.elevation).max() == 0.0


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: Troposphere(1200.0), "duct"),
        (lambda: Troposphere(-1.0), "surface_refractivity"),
        (lambda: Ionosphere(tecu=-5.0), "tecu"),
        (lambda: Ionosphere(scale_m=0.0), "scale_m"),
        (lambda: refraction_table(15e6, ionosphere=DAY), "turns back"),
        (lambda: refraction_table(-155e6), "frequency"),
        (lambda: refraction_of(TABLES[0], 2.0, 1e6), "elevation"),
        (lambda: refraction_of(TABLES[0], np.nan, 1e6), "elevation"),
        (lambda: refraction_of(TABLES[0], 0.1, 1e9), "beyond the table"),
        (lambda: refraction_of(TABLES[0], 0.1, np.inf), "height"),
        (lambda: corrected(TABLES[0], -1.0, 0.1), "range"),
    ],
)
def test_what_cannot_be_is_refused(ask, says):
    with pytest.raises(TocsinError, match=says):
        ask()
