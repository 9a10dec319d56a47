"""The geometry and the densities behind the classes: published arcs, and that each density is one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.classify.burning import TIMES, burning_density, seen_by
from tocsin.assess.classify.draws import FAMILIES, drawn
from tocsin.assess.classify.model import MODEL
from tocsin.assess.classify.surface import (
    crossing,
    energy_of,
    loft_of,
    range_and_apogee,
    reach_km,
    speed_of,
)
from tocsin.assess.classify.tables import (
    U_CELLS,
    U_STEP,
    climb_density,
    family_density,
    speed_density,
)
from tocsin.motion.minimum_energy import minimum_energy

MU, RADIUS = 398600.4418e9, 6371e3
# Range km and burnout speed km/s of impulsive least-energy arcs on a sphere of 6,371 km that does not rotate:
# the project's table `minimum_energy.csv`, after Bate, Mueller and White, chapter 6.
TABLE = (
    (300, 1.69648),
    (1000, 3.01612),
    (3000, 4.86500),
    (5500, 6.07524),
    (8000, 6.80463),
    (13000, 7.58773),
    (15000, 7.75099),
)


@pytest.mark.parametrize(("range_km", "speed_km_s"), TABLE)
def test_reach_and_energy_as_in_the_table(range_km, speed_km_s):
    energy = (speed_km_s * 1e3) ** 2 / 2.0 - MU / RADIUS
    assert reach_km(energy) == pytest.approx(range_km, rel=2e-5)
    assert energy_of(range_km) == pytest.approx(energy, abs=1e-5 * (speed_km_s * 1e3) ** 2)
    assert speed_of(range_km) == pytest.approx(speed_km_s * 1e3, rel=1e-5)


@given(st.floats(1.0, 20_000.0))
def test_one_is_the_inverse_of_the_other(range_km):
    assert reach_km(energy_of(range_km)) == pytest.approx(range_km, rel=1e-6)


def test_orbital_energy_reaches_everywhere():
    assert reach_km(-MU / RADIUS / 2.0 + 1.0) == math.inf
    assert reach_km(-MU / RADIUS) == 0.0


@given(st.floats(100.0, 15_000.0))
def test_the_least_energy_arc_is_neither_lofted_nor_depressed(range_km):
    speed, climb, apogee, _ = minimum_energy(range_km * 1e3)
    u, s = np.array([speed]), np.array([math.sin(climb)])
    psi, top = range_and_apogee(u, s)
    assert psi[0] * RADIUS == pytest.approx(range_km * 1e3, rel=1e-6)
    assert top[0] == pytest.approx(apogee, rel=1e-6)
    assert loft_of(u, s)[0] == pytest.approx(1.0, rel=1e-5)


@given(st.floats(800.0, 7800.0), st.floats(0.02, 0.98), st.floats(0.001, 0.01))
def test_a_steeper_arc_of_one_speed_is_more_lofted(speed, sine, more):
    u = np.array([speed, speed])
    low, high = loft_of(u, np.array([sine, sine + more]))
    assert low < high


def test_a_circular_orbit_crosses_the_sphere_nowhere():
    for height in (200e3, 35786e3):
        r = RADIUS + height
        _, s = crossing(np.array([-MU / (2 * r)]), np.array([math.sqrt(MU * r)]))
        assert s[0] < 0.0
        assert loft_of(np.array([7900.0]), s)[0] == 0.0


def test_every_density_is_one():
    u = (np.arange(100_000) + 0.5) * 2e-4
    np.testing.assert_allclose(speed_density(u).sum(axis=0) * 2e-4, 1.0, atol=2e-3)
    np.testing.assert_allclose(climb_density(MODEL.loft).sum(axis=1), 1.0)
    np.testing.assert_allclose(family_density().sum(axis=(1, 2)) * U_STEP, 1.0)
    assert family_density().min() > 0.0
    burning = burning_density(MODEL.seen_s, MODEL.seen_shape, MODEL.powers)
    still = 1.0 - seen_by(TIMES[:, None], MODEL).T
    np.testing.assert_allclose(burning.sum(axis=2) * U_STEP, still, rtol=1e-9)
    assert burning.shape[2] == U_CELLS


@pytest.mark.parametrize("name", FAMILIES)
def test_what_a_class_may_do_lies_where_it_should(name):
    u, s = drawn(name)
    assert np.isfinite(u).all()
    assert np.isfinite(s).all()
    if name == "satellite":
        assert (s < 0.0).all()
    if name in ("glide", "sounding-rocket"):
        assert (s > 0.0).all()
        assert (u < 7.9).all()
    if name == "meteor":
        assert np.quantile(u, 0.9) > 20.0
        assert u.max() <= 72.0
