"""System tracks that ended long ago: gone from the picture, in whatever order the scans came."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.track.scenes import tracker_of, watched
from tests.track.test_window import said
from tocsin.track import tidy
from tocsin.track.accept import part
from tocsin.track.forget import EVERY_S, forgotten
from tocsin.track.picture import NOBODY, Members, Picture, Systems
from tocsin.track.sense import begun_at, first_number
from tocsin.track.setting import Rules
from tocsin.track.tracker import Tracker

OCEAN, LATENESS_S, LATER_S = "ocean-arc-2025-07-15", 10.0, 4200.0
RULES = Rules(forgotten_s=3600.0)
T0 = 1000.0 * EVERY_S


def shifted(scan, by_s):
    return replace(scan, t=scan.t + by_s, t_look=scan.t_look + by_s)


@pytest.fixture(scope="module")
def scans():
    """One telescope on a launch that it loses, silence of an hour, and the same launch again."""
    _, t0, plan, every = watched(OCEAN, "russia", 2)
    eye = next(s.sensor for s in every if s.kind == "telescope")
    own = [s for s in every if t0 + 20.0 < s.t < t0 + 110.0 and s.sensor == eye]
    frame = plan.frames[[c.name for c in plan.channels].index(eye)]
    empty = part(own[-1], np.empty(0, np.int64))
    own += [replace(empty, t=own[-1].t + k * frame) for k in range(1, 16)]
    return plan, own, [shifted(s, LATER_S) for s in own]


def tracker(plan, rules=RULES):
    return Tracker(
        plan.channels, plan.frames, plan.detection, plan.density, plan.bank, cells=plan.cells, rules=rules
    )


def run(made, scans):
    told = []
    for scan in scans:
        made.step(scan)
        told += made.settled()
    return made, [*told, *made.finish()]


def test_after_its_time_a_track_is_in_no_picture_and_asked_by_its_number_has_nothing(scans):
    plan, own, again = scans
    made, _ = run(tracker(plan), own)
    assert made.members_of(0)
    had = made.solution(0)
    run(made, again)
    assert len(made) == 2
    assert made.numbers == [1]
    assert len(made.picture.systems) == len(made.picture.solutions) == 1
    assert made.row(0) is None
    assert made.members_of(0) == ()
    assert made.merged_into(0) is None
    assert made.burnout(0) is None
    assert made.solution(0).state is None
    assert had.state is not None
    assert [len(parts) for parts in made.members] == [0, 1]
    # The same launch, with nothing of the first left: the same track but for its time.
    assert said(tracker_of(plan))[0] != said(made)[0]
    assert made.members_of(1)[0].hits == run(tracker(plan), own)[0].members_of(0)[0].hits


def test_a_track_is_kept_until_its_time(scans):
    plan, own, again = scans
    made, _ = run(tracker(plan, Rules()), [*own, *again])
    assert made.numbers == [0, 1]
    assert made.members_of(0)


@pytest.mark.parametrize("seed", range(2))
def test_in_any_order_within_the_lateness_the_same_is_left(scans, seed, monkeypatch):
    plan, own, again = scans
    plain, told = run(tracker(plan), [*own, *again])
    every = [*own, *again]
    delay = np.random.default_rng(seed).uniform(0.0, 0.95 * LATENESS_S, len(every))
    order = np.argsort([s.t for s in every] + delay, kind="stable")
    monkeypatch.setattr(tidy, "LEAST", 300)
    made, late = run(tracker(plan), [every[i] for i in order])
    assert late == told
    assert said(made) == said(plain)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_stays_keeps_its_parts_and_what_it_was_merged_into(data):
    n = data.draw(st.integers(1, 12))
    into = np.array([data.draw(st.integers(-1, k - 1)) for k in range(n)], dtype=np.int64)
    age = np.array(data.draw(st.lists(st.integers(0, 8000), min_size=n, max_size=n)), dtype=float)
    founder = np.array([first_number(T0 - a - 10.0 * k, 0) + k for k, a in enumerate(age)])
    root = np.arange(n)
    for k in range(n):
        root[k] = k if into[k] == NOBODY else root[into[k]]
    zero, reals = np.zeros(n, np.int64), np.zeros(n)
    live = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    members = Members(founder, zero, root, T0 - age, T0 - age, zero, reals, zero, live, reals)
    systems = Systems(founder, into, live, live, live, np.arange(n), reals, zero + 1)
    picture = replace(
        Picture.empty(tracker(watched(OCEAN, "russia", 2)[2])._setting, None),
        t=T0 - 1.0, members=members, systems=systems, solutions=tuple(range(n)),
    )  # fmt: skip
    assert forgotten(picture, T0 - 0.5, RULES) is picture
    left = forgotten(picture, T0, RULES)
    stays = live | (age <= 3600.0)
    young = {k for k in range(n) if (live[root == k] | (age[root == k] <= 3600.0)).any()}
    own = [k for k in range(n) if into[k] == NOBODY and k in young]
    merged = [k for k in range(n) if into[k] != NOBODY and root[k] in young]
    merged = [k for k in merged if begun_at(founder[k]) >= T0 - 3600.0]
    assert left.systems.founder.tolist() == founder[sorted(own + merged)].tolist()
    assert left.solutions == tuple(sorted(own + merged))
    assert (left.systems.solved_looks <= left.solutions).all()
    for founded, home in zip(left.systems.founder, left.systems.into, strict=True):
        k = int(np.flatnonzero(founder == founded)[0])
        while home != NOBODY and left.systems.into[home] != NOBODY:
            home = left.systems.into[home]
        assert home == NOBODY if into[k] == NOBODY else left.systems.founder[home] == founder[root[k]]
    parts = {
        int(f): int(left.systems.founder[r])
        for f, r in zip(left.members.local, left.members.system, strict=True)
    }
    assert parts == {int(founder[k]): int(founder[root[k]]) for k in range(n) if root[k] in own and stays[k]}
