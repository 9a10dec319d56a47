"""Known objects overhead: whose look is whose, honest gates, and what is told of absence and manoeuvres."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from tests.track.overhead import (
    CONSTANT,
    DENSITY,
    FRAME,
    SITES,
    T0,
    channel,
    low_sky,
    seen_at,
    times,
)
from tocsin.catalogue.elementspread import ElementSpread
from tocsin.errors import TocsinError
from tocsin.motion.orbits import orbit_states
from tocsin.track.known import Known, known_step
from tocsin.track.known.innovation import innovation, squared
from tocsin.track.known.match import frame_of


def distances(sky, seed, seconds):
    """nu' S^-1 nu of every true look by its own object's prediction, and which look of the object it is."""
    known, rng, count, rows = sky.known(), np.random.default_rng(seed), {}, []
    nu, inverse = np.empty(3), np.empty((3, 3))
    for t in times(seconds):
        for c in range(len(sky.sites)):
            scan, identity = sky.scan(t + 2.0 * c, rng, c)
            frame, objects, entries = frame_of(known, scan, c, DENSITY)
            seen = frame.predicted(objects, entries.now)
            at = {int(o): i for i, o in enumerate(objects)}
            for j, o in enumerate(identity):
                i = at[int(o)]
                innovation(seen.z[i], seen.S[i], scan.values[j], scan.sigmas[j], nu, inverse)
                count[o] = count.get(o, 0) + 1
                rows.append((count[o], squared(nu, inverse), *nu / np.sqrt(1.0 / inverse.diagonal())))
            known, taken, _ = known_step(known, scan, c, DENSITY)
            assert (taken == identity).mean() > 0.98
    return np.array(rows)


@pytest.fixture(scope="module")
def runs():
    """Two radars that see the same sky, each with biases of its own, in three worlds."""
    return np.concatenate([distances(low_sky(700, s, ("LEK", "PEC")), s, 300.0) for s in range(3)])


@pytest.mark.parametrize(("first", "last"), [(1, 1), (2, 2), (3, 8), (9, 25), (26, 99)])
def test_normalised_innovations_are_chi_squared_from_the_first_look_to_the_last(runs, first, last):
    d2 = runs[(runs[:, 0] >= first) & (runs[:, 0] <= last), 1]
    # Looks of one radar share its biases, so that the band is wider than for so many independent ones.
    assert len(d2) > 100
    assert d2.mean() == pytest.approx(3.0, abs=0.15 + 5.0 * np.sqrt(6.0 / len(d2)))
    beyond = (d2 > stats.chi2.ppf(0.99, 3)).mean()
    assert beyond < 0.01 + 0.01 + 5.0 * np.sqrt(0.01 / len(d2))


def test_every_look_of_a_known_object_is_set_aside_and_nothing_else():
    sky, rng = low_sky(1200, 5), np.random.default_rng(5)
    known, right, of_known, wrong, false = sky.known(), 0, 0, 0, 0
    view = known.views[0].r
    for t in times(210.0):
        r = view * (1.0 + 2e6 * rng.random((3, 1)) / 6.4e6) + rng.normal(0.0, 8e5, (3, 3))
        scan, identity = sky.scan(t, rng, extra=(r, np.zeros((3, 3))))
        known, taken, reports = known_step(known, scan, 0, DENSITY)
        assert not reports
        right += int((taken == identity)[identity >= 0].sum())
        of_known += int((identity >= 0).sum())
        wrong += int((taken != identity)[taken >= 0].sum())
        false += int((identity < 0).sum())
    assert of_known > 300
    assert false > 10
    assert right / of_known > 0.999
    assert wrong <= 0.001 * of_known


def test_a_step_changes_nothing_that_it_was_given():
    sky, rng = low_sky(300, 6), np.random.default_rng(6)
    known = sky.known()
    scans = [sky.scan(t, rng)[0] for t in times(70.0)]
    for scan in scans[:-1]:
        known, _, _ = known_step(known, scan, 0, DENSITY)
    one, two = (known_step(known, scans[-1], 0, DENSITY) for _ in range(2))
    assert np.array_equal(one[1], two[1])
    rows = np.arange(len(known.working))
    assert np.array_equal(one[0].working.table.take(rows), two[0].working.table.take(rows))
    assert not np.array_equal(one[0].working.table.take(rows), known.working.table.take(rows))


def test_a_scan_that_comes_late_finds_its_objects():
    sky, rng = low_sky(300, 7), np.random.default_rng(7)
    order = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 8, 11, 12]
    scans = [sky.scan(t, rng) for t in times(91.0)]
    known = sky.known()
    for k in order:
        known, taken, _ = known_step(known, scans[k][0], 0, DENSITY)
        assert (taken == scans[k][1]).all()


def crossing(sky, one, t, velocity, ahead_m=0.0):
    """A body that is where an object is at t, or ahead of it, and flies at another velocity (m/s)."""
    r, v = orbit_states(sky.orbits, t)
    place = r[one] + ahead_m * v[one] / np.linalg.norm(v[one])
    return lambda at: ((place + velocity * (at - t))[None], velocity[None])


def test_a_missile_that_crosses_a_satellites_gate_is_not_swallowed():
    swallowed, own_after = [], []
    for seed in range(6):
        sky, rng = low_sky(300, 30 + seed), np.random.default_rng(seed)
        t_cross = T0 + 10 * FRAME
        one = int(np.intersect1d(seen_at(sky, T0 + 35.0), seen_at(sky, T0 + 140.0))[0])
        other = crossing(sky, one, t_cross, np.array([3000.0, -2500.0, 1500.0]))
        known, taken_of_it = sky.known(), 0
        for t in times(140.0):
            # At the worst moment the satellite gives no look, and the missile's lies in its gate.
            scan, identity = sky.scan(t, rng, gone=(one,) if abs(t - t_cross) < 1.0 else (), extra=other(t))
            known, taken, _ = known_step(known, scan, 0, DENSITY)
            taken_of_it += int((taken[identity < 0] >= 0).sum())
            if t > t_cross + 1.0:
                own_after.append((taken == one)[identity == one].all())
        swallowed.append(taken_of_it)
    assert max(swallowed) == 1
    assert np.mean(own_after) > 0.98


def test_a_look_that_was_set_aside_wrongly_is_released_by_the_next():
    sky, rng = low_sky(300, 50), np.random.default_rng(50)
    one = int(np.intersect1d(seen_at(sky, T0), seen_at(sky, T0 + 140.0))[0])
    # The first look that it seems to have is another's, as far off as its elements may be.
    other = crossing(sky, one, T0, np.array([2500.0, 2500.0, -2000.0]), 1800.0)
    known, told = sky.known(), []
    for t in times(70.0):
        scan, identity = sky.scan(t, rng, gone=(one,) if t < T0 + 1.0 else (), extra=other(t))
        known, taken, new = known_step(known, scan, 0, DENSITY)
        told += new
        if t < T0 + 1.0:
            assert taken[identity < 0] == one
            stray = int(np.flatnonzero(identity < 0)[0])
        else:
            assert (taken[identity < 0] < 0).all()
            assert (taken[identity == one] == one).all()
    mine = [r for r in told if r.known == one]
    assert [r.kind for r in mine] == ["released"]
    assert [(look.t, look.row) for look in mine[0].looks] == [(T0, stray)]


def test_a_missile_in_the_gate_of_a_satellite_that_is_gone_loses_a_look_or_two_at_most():
    sky, rng = low_sky(300, 40), np.random.default_rng(40)
    one = int(np.intersect1d(seen_at(sky, T0), seen_at(sky, T0 + 140.0))[0])
    other = crossing(sky, one, T0 + 2 * FRAME, np.array([-2000.0, 3500.0, 2500.0]))
    known, runs = sky.known(), []
    for t in times(140.0):
        scan, identity = sky.scan(t, rng, gone=(one,), extra=other(t))
        known, taken, _ = known_step(known, scan, 0, DENSITY)
        runs += (taken[identity < 0] >= 0).tolist()
    assert not any(a and b for a, b in pairwise(runs))
    assert sum(runs) <= 2


def test_what_a_track_of_the_trackers_explains_better_is_not_set_aside():
    sky, rng = low_sky(300, 41), np.random.default_rng(41)
    known = sky.known()
    scan, identity = sky.scan(T0, rng)
    rival = np.full(len(scan), -np.inf)
    rival[0] = 50.0
    _, taken, _ = known_step(known, scan, 0, DENSITY, rival)
    assert taken[0] == -1
    assert np.array_equal(taken[1:], identity[1:])


def test_a_range_rate_tells_what_a_place_alone_does_not():
    sky, rng = low_sky(300, 42), np.random.default_rng(42)
    scan, _ = sky.scan(T0, rng)
    frame, objects, entries = frame_of(sky.known(), scan, 0, DENSITY)
    seen = frame.predicted(objects, entries.now)
    _, taken, _ = known_step(sky.known(), scan, 0, DENSITY)
    rate = np.array([seen.rate[objects == o][0] for o in taken])
    rate[0] += 1500.0
    rated = replace(scan, rate=rate, rate_sigma=np.full(len(scan), 5.0))
    _, with_rates, _ = known_step(sky.known(), rated, 0, DENSITY)
    assert with_rates[0] == -1
    assert np.array_equal(with_rates[1:], taken[1:])


def test_a_telescope_knows_no_objects():
    sky, rng = low_sky(50, 43), np.random.default_rng(43)
    scan, _ = sky.scan(T0, rng)
    eye = replace(channel(SITES["LEK"]), name="EYE", telescope=True)
    known = Known.of(sky.elements, (*sky.channels, eye), sky.sites)
    same, taken, reports = known_step(known, scan, 1, DENSITY)
    assert same is known
    assert (taken == -1).all()
    assert not reports


def test_a_radar_that_is_no_channel_is_told():
    sky = low_sky(50, 44)
    with pytest.raises(TocsinError, match="radars PEC are no channels"):
        Known.of(sky.elements, sky.channels, (SITES["PEC"],))


def test_elements_worse_than_stated_are_found_out():
    """Three times the stated errors: the innovations say so."""
    worse = ElementSpread(**{f: 3.0 * getattr(CONSTANT, f) for f in CONSTANT.__slots__})
    sky, rng = low_sky(700, 45, spread=worse), np.random.default_rng(45)
    scan, identity = sky.scan(T0, rng)
    frame, objects, entries = frame_of(sky.known(), scan, 0, DENSITY)
    seen = frame.predicted(objects, entries.now)
    at = {int(o): i for i, o in enumerate(objects)}
    rows = np.array([at[int(o)] for o in identity])
    off = (scan.values[:, 0] - seen.z[rows, 0]) / np.sqrt(seen.S[rows, 0, 0] + scan.sigmas[:, 0] ** 2)
    assert off.std() > 2.0
