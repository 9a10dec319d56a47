"""A population in orbit: as drawn, as a catalogue has it, and as paths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.catalogue.elementspread import ElementSpread
from tocsin.earth.constants import OMEGA
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.flight.catalogued import as_catalogued
from tocsin.flight.overhead import Dome, paths_overhead
from tocsin.flight.population import draw_population
from tocsin.flight.shells import KINDS, SHARES, SHELLS
from tocsin.motion.orbits import orbit_states, orbits_of, states_by_batch

T0 = tai_from_utc("2025-05-05T00:00:00Z")
DOME = Dome(np.radians(60.0), np.radians(30.0), 3e6, np.radians(10.0))


def drawn(n, seed=1):
    return draw_population(n, T0, np.random.default_rng(seed))


def test_shares_add_up():
    assert sum(SHARES.values()) == pytest.approx(1.0)
    for kind in KINDS:
        assert sum(s.share for s in SHELLS if s.kind == kind) == pytest.approx(1.0)


def test_kinds_come_in_their_shares():
    n = 30_000
    share = np.bincount(drawn(n).kind) / n
    expected = np.array([SHARES[k] for k in KINDS])
    assert np.abs(share - expected).max() < 5.0 * np.sqrt(0.25 / n)


@given(st.integers(0, 2**32 - 1))
def test_every_object_stays_up_for_a_day_and_none_is_smaller_than_the_rule_allows(seed):
    population = drawn(300, seed)
    assert population.rcs_m2.min() >= 0.1
    for t in (T0, T0 + 86400.0):
        r, _ = orbit_states(orbits_of(population.elements), t)
        assert np.isfinite(r).all()
        assert np.linalg.norm(r, axis=1).min() > 6.378e6 + 140e3


def test_one_seed_one_population():
    a, b = drawn(50), drawn(50)
    assert np.array_equal(a.elements.mean_anomaly, b.elements.mean_anomaly)
    assert np.array_equal(a.rcs_m2, b.rcs_m2)


def test_no_objects_are_no_population():
    with pytest.raises(TocsinError, match="give 1 or more"):
        drawn(0)


def test_what_a_catalogue_has_is_off_by_its_spread_along_up_and_across():
    population = drawn(20_000)
    low = (population.elements.eccentricity < 0.02) & (population.elements.mean_motion > 7e-4)
    truth = population.elements.where(low)
    spread = ElementSpread()
    wrong = as_catalogued(truth, spread, np.random.default_rng(2))
    r, v = orbit_states(orbits_of(truth), T0)
    off = orbit_states(orbits_of(wrong), T0)[0] - r
    v = v + np.cross([0.0, 0.0, OMEGA], r)
    along = v / np.linalg.norm(v, axis=1, keepdims=True)
    across = np.cross(r, v) / np.linalg.norm(np.cross(r, v), axis=1, keepdims=True)
    day = (T0 - truth.epoch_t) / 86400.0
    # The eccentricity's error goes twice along the track.
    sigma = np.sqrt(spread.along_m**2 + (spread.along_m_day * day) ** 2 + 4.0 * spread.radial_m**2)
    for direction, expected in (
        (along, sigma), (across, spread.cross_m), (np.cross(along, across), spread.radial_m)
    ):  # fmt: skip
        z = np.einsum("ni,ni->n", off, direction) / expected
        assert z.std() == pytest.approx(1.0, abs=0.03)
        assert abs(z.mean()) < 5.0 / np.sqrt(len(z))


def test_a_path_is_sgp4s_orbit_to_the_metre():
    population = drawn(200)
    low = population.where(
        (population.elements.eccentricity < 0.02) & (population.elements.mean_motion > 7e-4)
    )
    paths = paths_overhead(low, T0, T0 + 600.0)
    assert len(paths) == len(low)
    t = T0 + np.array([31.0, 299.0, 570.5])
    r = np.concatenate([part for _, part, _ in states_by_batch(orbits_of(low.elements), t)])
    assert np.array([p.position(t) for p in paths]) == pytest.approx(r, abs=1.0)


def test_none_that_comes_into_view_is_left_out():
    population = drawn(2000)
    paths = paths_overhead(population, T0, T0 + 900.0, (DOME,))
    names = {p.name.split()[-1] for p in paths}
    seen = np.zeros(len(population), dtype=bool)
    for t in np.arange(T0, T0 + 900.5, 5.0):
        seen |= DOME.holds(orbit_states(orbits_of(population.elements), t)[0])
    assert {str(n) for n in population.elements.norad[seen]} <= names
    assert seen.sum() > 30
    assert len(paths) < 3 * seen.sum()
    assert {p.name.rsplit(" ", 1)[0] for p in paths} <= set(KINDS)
