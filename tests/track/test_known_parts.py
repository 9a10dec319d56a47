"""The parts of the correlation, each against its formula or SGP4 itself."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.track.overhead import SITES, T0, channel, low_sky
from tocsin.catalogue.elementspread import ELEMENT_SPREAD, ElementSpread
from tocsin.earth.constants import MU
from tocsin.earth.time import DAY
from tocsin.flight.population import draw_population
from tocsin.motion.orbits import BATCH, orbit_states, orbits_of, states_by_batch
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.view import within
from tocsin.track.known.ahead import Ahead
from tocsin.track.known.blocks import SIZE, blocks_of
from tocsin.track.known.entries import fresh, unpacked
from tocsin.track.known.equation import between, carry, displace, look_at
from tocsin.track.known.errorstate import prior, wandering
from tocsin.track.known.grid import STEP_S, grid_at
from tocsin.track.known.radarview import radar_view

SKY = low_sky(250, 1)
LEK = radar_view(SITES["LEK"], channel(SITES["LEK"]))


def elements_off(x):
    """The sky's elements, as if of T0, with each orbit off by x."""
    e = replace(SKY.truth.elements, epoch_t=np.full(250, T0))
    a = np.cbrt(MU / e.mean_motion**2)
    k, h = e.eccentricity * np.cos(e.argp) + x[2] / a, e.eccentricity * np.sin(e.argp) + x[3] / a
    argp, node = np.arctan2(h, k), x[5] / a / np.sin(e.inclination)
    latitude = e.argp + e.mean_anomaly + x[0] * e.mean_motion
    return replace(
        e,
        mean_motion=e.mean_motion * (1.0 + x[1]),
        eccentricity=np.hypot(k, h),
        inclination=e.inclination + x[4] / a,
        raan=e.raan + node,
        argp=argp,
        mean_anomaly=latitude - argp - node * np.cos(e.inclination),
    )


@pytest.mark.parametrize("which", range(6))
def test_an_offset_moves_the_place_as_sgp4_does(which):
    """Within a fiftieth, and a metre: the formula is that of small eccentricities."""
    x = np.zeros(6)
    x[which] = (0.5, 2e-6, 400.0, 400.0, 400.0, 400.0)[which]
    r, v = orbit_states(orbits_of(elements_off(np.zeros(6))), T0)
    moved, _ = orbit_states(orbits_of(elements_off(x)), T0)
    y, D = np.empty_like(r), np.empty((3, 6))
    for i in range(len(r)):
        displace(np.concatenate([r[i], v[i]]), x, y[i], D)
    off = np.linalg.norm(moved - r, axis=1)
    assert np.quantile(np.linalg.norm(moved - y, axis=1) - 0.02 * off, 0.95) < 1.0
    assert np.median(off) > 5.0


def test_the_slopes_of_a_look_are_its_differences():
    rng, r, v = np.random.default_rng(2), *orbit_states(SKY.orbits, T0)
    for i in rng.choice(len(r), 20):
        state, x = np.concatenate([r[i], v[i]]), rng.normal(0.0, [0.3, 1e-6, 300.0, 300.0, 300.0, 300.0])
        z, H, D, y = np.empty(3), np.empty((3, 6)), np.empty((3, 6)), np.empty(3)
        displace(state, x, y, D)
        look_at(y, LEK.r, LEK.axes, D, z, H)
        expected, _ = range_azimuth_elevation(y[None], np.zeros((1, 3)), LEK.r[None])
        assert z == pytest.approx(expected[0], rel=1e-12)
        for j, step in enumerate((1e-4, 1e-6, 0.1, 0.1, 0.1, 0.1)):
            ends = []
            for sign in (-1.0, 1.0):
                near, other = x.copy(), np.empty(3)
                near[j] += sign * step
                displace(state, near, y, np.empty((3, 6)))
                look_at(y, LEK.r, LEK.axes, D, other, np.empty((3, 6)))
                ends.append(other.copy())
            slope = (ends[1] - ends[0]) / (2.0 * step)
            scale = np.array([1.0, 1.0 / z[0], 1.0 / z[0]]) * np.linalg.norm(D[:, j])
            assert H[:, j] / scale == pytest.approx(slope / scale, abs=2e-4)


def test_between_nodes_a_place_is_sgp4s_to_the_metre():
    grid = grid_at(T0 + 130.0, SKY.orbits, (LEK,))
    assert grid.t[0] <= T0 + 130.0 <= grid.t[1] == grid.t[0] + STEP_S
    t = grid.t[0] + np.array([7.0, 30.0, 55.0])
    r = np.concatenate([part for _, part, _ in states_by_batch(SKY.orbits, t)])
    out = np.empty(6)
    for i in range(len(r)):
        for k, at in enumerate(t):
            s = (at - grid.t[0]) / STEP_S
            between(s, STEP_S, grid.r[0, i], grid.v[0, i], grid.r[1, i], grid.v[1, i], out)
            assert np.abs(out[:3] - r[i, k]).max() < 1.0


@pytest.mark.parametrize("key", ["LEK", "KOR", "OLED"])
def test_none_that_is_in_view_is_left_out_of_what_is_near(key):
    view = radar_view(SITES[key], channel(SITES[key]))
    sky = low_sky(900, 3)
    grid = grid_at(T0, sky.orbits, (view,))
    near = set(grid.near[0].tolist())
    count = 0
    for t in grid.t[0] + np.arange(0.0, STEP_S + 0.1, 4.0):
        r, _ = orbit_states(sky.orbits, t)
        z, _ = range_azimuth_elevation(r, np.zeros_like(r), np.broadcast_to(view.r, r.shape))
        inside = set(np.flatnonzero(within(SITES[key], *z.T)).tolist())
        assert inside <= set(grid.in_sight(t, 0, view).tolist()) <= near
        count += len(inside)
    assert count > 20
    assert len(near) < len(sky.truth)


def test_a_new_grid_takes_the_node_that_it_shares():
    first = grid_at(T0 + 10.0, SKY.orbits, (LEK,))
    second = grid_at(T0 + 70.0, SKY.orbits, (LEK,), first)
    assert second.t[0] == first.t[1]
    assert np.array_equal(second.r[0], first.r[1])
    assert np.array_equal(second.r, grid_at(T0 + 70.0, SKY.orbits, (LEK,)).r)


@pytest.mark.parametrize("part", [0.0, 0.3, 1.0])
def test_a_node_worked_out_bit_by_bit_is_the_same(part):
    truth = draw_population(2 * BATCH + 10, T0, np.random.default_rng(5))
    orbits = orbits_of(truth.elements)
    first = grid_at(T0 + 10.0, orbits, (LEK,))
    ahead = Ahead(first.t[1] + STEP_S).worked(orbits, 0.2).worked(orbits, part)
    assert len(ahead.parts) == {0.0: 1, 0.3: 2, 1.0: 3}[part]
    second = grid_at(T0 + 70.0, orbits, (LEK,), first, ahead)
    assert np.array_equal(second.r[1], orbit_states(orbits, second.t[1])[0])
    assert np.array_equal(second.v[1], orbit_states(orbits, second.t[1])[1])


def test_what_is_known_grows_with_age_as_stated():
    e, spread = SKY.truth.elements, ElementSpread()
    state, wander = prior(e, spread), wandering(e, spread)
    speed = np.cbrt(MU * e.mean_motion)
    for i in range(5):
        x, P, cross = np.zeros(6), state.P[i].copy(), np.zeros((0, 6, 3))
        carry(2.0 * DAY, wander[i], x, P, cross)
        along = spread.along_m**2 + (2.0 * spread.along_m_day) ** 2 + 8.0 * spread.drag_m_day**2
        assert P[0, 0] * speed[i] ** 2 == pytest.approx(along)
        shape = spread.radial_m**2 + 2.0 * spread.wander_m_day**2
        assert P[2, 2] == pytest.approx(shape, rel=0.05)
        assert np.linalg.eigvalsh(P / np.sqrt(np.outer(P.diagonal(), P.diagonal()))).min() > 0.0


def test_to_carry_forth_and_back_loses_what_wanders_and_no_more():
    P = np.diag([1.0, 1e-10, 1.0, 1.0, 1.0, 1.0])
    x, cross = np.array([0.1, 1e-6, 1.0, 2.0, 3.0, 4.0]), np.ones((2, 6, 3))
    for dt in (300.0, -300.0):
        carry(dt, np.zeros(2), x, P, cross)
    assert x == pytest.approx([0.1, 1e-6, 1.0, 2.0, 3.0, 4.0])
    assert np.diag([1.0, 1e-10, 1.0, 1.0, 1.0, 1.0]) == pytest.approx(P, abs=1e-15)
    assert cross == pytest.approx(np.ones((2, 6, 3)))


@given(st.data())
@settings(max_examples=60)
def test_blocks_are_a_table(data):
    n = data.draw(st.integers(1, 3 * SIZE))
    table = np.random.default_rng(n).random((n, 3))
    blocks = blocks_of(table)
    for _ in range(3):
        rows = np.array(sorted(data.draw(st.sets(st.integers(0, n - 1)))), dtype=np.int64)
        values = np.random.default_rng(len(rows)).random((len(rows), 3))
        before, kept = blocks, table.copy()
        blocks, table = blocks.put(rows, values), table.copy()
        table[rows] = values
        assert np.array_equal(blocks.take(np.arange(n)), table)
        assert np.array_equal(blocks.take(rows), values)
        assert np.array_equal(before.take(np.arange(n)), kept)


def test_an_entry_is_unpacked_as_it_was_packed():
    rng = np.random.default_rng(4)
    entries = fresh(prior(SKY.elements, ELEMENT_SPREAD).where(np.arange(5)), 2)
    entries.now.cross[:], entries.now.tie[:, 0], entries.claimed[:] = (
        rng.random(entries.now.cross.shape),
        1,
        7.0,
    )
    again = unpacked(entries.packed(), 2)
    assert np.array_equal(again.packed(), entries.packed())
    assert np.array_equal(again.now.cross, entries.now.cross)
    assert np.array_equal(again.now.tie, entries.now.tie)
    assert again.claim(0).row == 7


def test_the_fourth_radar_takes_the_place_of_the_first():
    state = fresh(prior(SKY.elements, ELEMENT_SPREAD).where(np.arange(2)), 4).now
    for radar in (3, 0, 2):
        state, place = state.tied(radar)
        state.cross[np.arange(2), place] = radar + 1.0
    again, place = state.tied(0)
    assert (again.cross[np.arange(2), place] == 1.0).all()
    fourth, place = state.tied(1)
    assert (fourth.cross[np.arange(2), place] == 0.0).all()
    assert sorted(fourth.tie[0].tolist()) == [0, 1, 2]
    assert (fourth.cross[np.arange(2), fourth.tied(2)[1]] == 3.0).all()
