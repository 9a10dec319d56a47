"""What is told of known objects: absent, manoeuvred, released; and by chance no more often than stated."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.track.overhead import DENSITY, EAGER, FRAME, T0, low_sky, pushed, seen_at, times
from tocsin.motion.orbits import orbit_states
from tocsin.track.known import Plan, known_step


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
