"""Known objects overhead: whose look is whose, honest gates, and what is told of absence and manoeuvres."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from tests.track.overhead import CONSTANT, DENSITY, EAGER, SITES, T0, channel, low_sky, pushed
from tocsin.catalogue.elementspread import ElementSpread
from tocsin.errors import TocsinError
from tocsin.motion.orbits import orbit_states
from tocsin.track.known import Known, Plan, known_step
from tocsin.track.known.innovation import innovation, squared
from tocsin.track.known.match import frame_of

FRAME = 7.0


def times(seconds):
    return np.arange(T0, T0 + seconds, FRAME)


def seen_at(sky, t):
    """Objects in view at a time."""
    return replace(sky, detection=1.1).scan(t, np.random.default_rng(0))[1]


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


def test_what_is_gone_is_told_to_be_absent_once_and_nothing_else_is():
    sky, rng = low_sky(700, 8), np.random.default_rng(8)
    there = seen_at(sky, T0 + 60.0)
    still = np.intersect1d(there, seen_at(sky, T0 + 250.0))
    gone, known, reports = still[:6], sky.known(), []
    for t in times(250.0):
        scan, _ = sky.scan(t, rng, gone=gone if t > T0 + 60.0 else ())
        known, _, new = known_step(known, scan, 0, DENSITY)
        reports += new
    assert {r.kind for r in reports} == {"absent"}
    assert sorted(r.known for r in reports) == sorted(gone)
    # Five misses at 0.9, then at the chance of being found anew.
    assert min(r.t for r in reports) > T0 + 60.0 + 5 * FRAME
    assert known.absent[gone].all()


def test_an_absent_object_that_is_seen_again_is_there():
    sky, rng = low_sky(300, 9), np.random.default_rng(9)
    plan = replace(EAGER, false_absent=1e-3)
    one, known = int(np.intersect1d(seen_at(sky, T0), seen_at(sky, T0 + 150.0))[0]), sky.known(plan)
    told = []
    for t in times(150.0):
        scan, _ = sky.scan(t, rng, gone=(one,) if T0 + 30.0 < t < T0 + 100.0 else ())
        known, _, new = known_step(known, scan, 0, DENSITY)
        told += [r.known for r in new]
    assert told.count(one) == 1
    assert not known.absent[one]


def test_absence_is_told_by_chance_no_more_often_than_stated():
    rate, reports, chances = 0.01, 0, 0
    plan = Plan(false_absent=rate, search=0.5)
    for seed in range(3):
        sky, rng = replace(low_sky(1400, 20 + seed), detection=0.6), np.random.default_rng(seed)
        known = sky.known(replace(plan, detection=0.6))
        for t in times(250.0):
            scan, identity = sky.scan(t, rng)
            known, _, new = known_step(known, scan, 0, DENSITY)
            reports += sum(r.kind == "absent" for r in new)
            chances += len(identity) / 0.6
    assert chances > 3000
    assert 0 < reports <= stats.binom.ppf(0.9999, int(chances), rate)


def test_a_blind_scan_or_one_that_sheds_makes_nobody_absent():
    sky, rng = low_sky(300, 10), np.random.default_rng(10)
    plan = replace(EAGER, false_absent=1e-3)
    known = sky.known(plan)
    for t in times(35.0):
        known, _, _ = known_step(known, sky.scan(t, rng)[0], 0, DENSITY)
    empty = sky.scan(T0 + 35.0, rng, gone=range(300))[0]
    for changed in ({"blind": True}, {"shed": 5}):
        after = known
        for t in T0 + 35.0 + np.arange(0.0, 140.0, FRAME):
            after, _, new = known_step(after, replace(empty, t=t, **changed), 0, DENSITY)
            assert not new
        assert after.missed.max() == known.missed.max()


@pytest.mark.parametrize(("dv", "when"), [(3.0, -3000.0), (-2.0, -5000.0)])
def test_what_has_manoeuvred_is_told_with_its_own_looks(dv, when):
    sky, rng = low_sky(500, 11), np.random.default_rng(11)
    both = np.intersect1d(seen_at(sky, T0 + 35.0), seen_at(sky, T0 + 200.0))
    one = int(both[0])
    orbits, known, told, mine, after = pushed(sky, one, dv, T0 + when), sky.known(), [], {}, []
    for t in times(200.0):
        scan, identity = sky.scan(t, rng, pushed=orbits if t >= T0 + when else None)
        known, taken, new = known_step(known, scan, 0, DENSITY)
        told += new
        mine.update({(t, int(row)): True for row in np.flatnonzero(identity == one)})
        if any(r.kind == "manoeuvred" for r in told):
            after.append((taken == identity)[identity == one].all())
    moved = [r for r in told if r.kind == "manoeuvred"]
    assert [r.known for r in moved] == [one]
    assert len(moved[0].looks) >= EAGER.least_looks
    assert all((look.t, look.row) in mine for look in moved[0].looks)
    assert all(after)
    assert {r.kind for r in told} <= {"manoeuvred", "released"}


def test_a_push_in_view_is_told_from_looks_that_together_are_too_far_off():
    sky, told = low_sky(500, 11), []
    pushed_ones = np.intersect1d(seen_at(sky, T0 + 35.0), seen_at(sky, T0 + 200.0))[1:4]
    for one in pushed_ones.tolist():
        orbits, known, rng = pushed(sky, one, 40.0, T0 + 40.0), sky.known(), np.random.default_rng(11)
        for t in times(200.0):
            scan, _ = sky.scan(t, rng, pushed=orbits if t >= T0 + 40.0 else None)
            known, _, new = known_step(known, scan, 0, DENSITY)
            told += [(one, r.known, r.t) for r in new if r.kind == "manoeuvred"]
    assert {known for _, known, _ in told} == set(pushed_ones.tolist())
    assert all(one == known and t > T0 + 40.0 for one, known, t in told)


def test_stray_looks_make_no_manoeuvre():
    sky, rng = replace(low_sky(500, 12), detection=0.6), np.random.default_rng(12)
    known, kinds, begun = sky.known(), [], 0
    for t in times(300.0):
        # Forty looks a scan near objects' places, each on its own: many times any radar's false looks.
        r, _ = orbit_states(sky.orbits, t)
        near = r[rng.choice(seen_at(sky, t), 40)] + rng.normal(0.0, 4e4, (40, 3))
        scan, _ = sky.scan(t, rng, extra=(near, np.zeros((40, 3))))
        known, _, new = known_step(known, scan, 0, 40.0 / (1.9 * 1.2 * 5.7e6))
        kinds += [r.kind for r in new]
        begun += len(known.suspects)
    assert begun > 20
    assert "manoeuvred" not in kinds


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


def test_a_bias_of_three_sigma_makes_nobody_manoeuvre():
    sky, rng = low_sky(900, 46), np.random.default_rng(46)
    sky = replace(sky, bias=2.9 * np.array([sky.channels[0].bias_sigma]) * [1.0, -1.0, 1.0])
    known, looks = sky.known(replace(EAGER, false_manoeuvred=1e-6)), 0
    for t in times(250.0):
        scan, _ = sky.scan(t, rng)
        known, taken, new = known_step(known, scan, 0, DENSITY)
        looks += int((taken >= 0).sum())
        assert not [r for r in new if r.kind == "manoeuvred"]
    assert looks > 600
