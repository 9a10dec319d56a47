"""The schedule: what search finds is kept as long as there is room, and what there is no room for is told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.sensor.echo.schedule import Schedule, searched, time_line

MISSES = 3


def rows(present):
    """Frames and bodies (n,) of a table (frames, bodies) of who is in view, in order of frames."""
    frame, body = np.nonzero(present)
    return frame, body


def keep(present, search, detected, capacity=10):
    """Tables (frames, bodies) of looks, and what each frame sheds."""
    frame, body = rows(present)
    line = time_line(
        frame, body, search[present], detected[present], len(present), present.shape[1], capacity, MISSES
    )
    table = np.zeros(present.shape, dtype=bool)
    table[frame[line.look], body[line.look]] = True
    return table, line.shed


@st.composite
def worlds(draw):
    """Who is in view, searched and detected, for some frames and bodies, and the room there is."""
    frames, bodies = draw(st.integers(1, 30)), draw(st.integers(1, 8))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    chance = draw(st.floats(0.1, 1.0))
    return *(rng.random((3, frames, bodies)) < chance), draw(st.integers(1, 6))


def by_hand(present, search, detected, capacity, budget):
    """The rule in plain words, body by body: looks, put off, refused, in track, and what track looks took."""
    track = {}  # body: [misses in a row, frame looked at]
    in_view = {}
    table, counts = np.zeros(present.shape, dtype=bool), []
    for k in range(len(present)):
        for b in [b for b in track if k - in_view[b] > MISSES]:
            del track[b]
        here = np.flatnonzero(present[k])
        found = [b for b in here if b not in track and search[k, b] and detected[k, b]]
        free = [b for b in here if b in track and search[k, b]]
        asks = sorted((b for b in here if b in track and not search[k, b]), key=lambda b: (track[b][1], b))
        reserve = min(len(found), capacity - len(track)) if len(asks) + len(found) > budget else 0
        made = []
        for b in asks:
            if len(made) < budget - (0 if track[b][1] < k - 1 else reserve):
                made.append(b)
        for b in here:
            in_view[b] = k
        dropped = set()
        for b in free + made:
            table[k, b] = True
            track[b] = [0 if detected[k, b] else track[b][0] + 1, k]
            if track[b][0] > MISSES:
                del track[b]
                dropped.add(b)
        used, refused = len(made), 0
        for b in here:
            if b in track or b in dropped or not search[k, b]:
                continue
            if not detected[k, b]:
                table[k, b] |= len(track) < capacity
            elif len(track) < capacity and used < budget:
                table[k, b], track[b], used = True, [0, k], used + 1
            else:
                refused += 1
        counts.append((len(asks) - len(made), refused, len(track), used))
    return table, np.array(counts).T


@given(worlds(), st.integers(1, 8))
def test_it_is_the_rule_done_by_hand_within_capacity_and_budget(world, budget):
    present, search, detected, capacity = world
    table, (put_off, refused, held, used) = by_hand(present, search, detected, capacity, budget)
    assert held.max() <= capacity
    assert used.max() <= budget
    frame, body = rows(present)
    line = time_line(
        frame, body, search[present], detected[present], *present.shape, capacity, MISSES, budget
    )
    np.testing.assert_array_equal(line.look, table[present])
    np.testing.assert_array_equal(line.put_off, put_off)
    np.testing.assert_array_equal(line.refused, refused)
    np.testing.assert_array_equal(line.shed, put_off + refused)
    np.testing.assert_array_equal(np.bincount(frame[line.without], minlength=len(present)), line.shed)
    assert not np.any(line.without & (line.look | ~detected[present] & search[present]))


def found_at_once(frames, bodies, capacity, budget):
    """Bodies always in view and detected, searched for in the first frame only: looks and what is shed."""
    present = np.ones((frames, bodies), dtype=bool)
    frame, body = rows(present)
    line = time_line(frame, body, frame == 0, frame >= 0, frames, bodies, capacity, MISSES, budget)
    return line.look.reshape(frames, bodies), line


def test_twice_what_there_is_time_for_is_looked_at_half_as_often_each_as_often_as_the_other():
    # A first frame that could confirm all, then 40 frames with time for half of them.
    frames, bodies, budget = 41, 200, 100
    present = np.ones((frames, bodies), dtype=bool)
    frame, body = rows(present)
    search = (frame == 0) & (body < 100) | (frame == 1) & (body >= 100)
    line = time_line(frame, body, search, frame >= 0, frames, bodies, 500, MISSES, budget)
    look = line.look.reshape(frames, bodies)
    assert line.refused.sum() == 0
    assert look[2:].sum(axis=1).tolist() == [budget] * 39
    assert line.put_off[2:].tolist() == [bodies - budget] * 39
    per_body = look[1:].sum(axis=0)
    assert per_body.max() - per_body.min() <= 1
    for b in range(bodies):
        assert set(np.diff(np.flatnonzero(look[1:, b]))) == {2}


def test_with_time_for_all_each_is_looked_at_in_each_frame():
    look, line = found_at_once(20, 50, 60, 50)
    assert look.all()
    assert (line.put_off.sum(), line.refused.sum()) == (0, 0)


def test_what_is_found_without_time_to_confirm_it_is_refused():
    look, line = found_at_once(20, 50, 60, 30)
    assert line.refused.tolist() == [20] + [0] * 19
    assert np.all(look.sum(axis=1) == 30)


def test_a_find_is_confirmed_before_tracks_that_waited_no_longer_than_a_revisit():
    # Three in track, time for three looks; a fourth is found and takes one, which the next frames give back.
    present = np.ones((6, 4), dtype=bool)
    frame, body = rows(present)
    search = (frame == 0) & (body < 3) | (frame == 2) & (body == 3)
    line = time_line(frame, body, search, frame >= 0, 6, 4, 10, MISSES, 3)
    assert line.put_off.tolist() == [0, 0, 1, 1, 1, 1]
    look = line.look.reshape(6, 4)
    assert look[2].tolist() == [True, True, False, True]
    assert look[3].tolist()[2]
    assert line.refused.sum() == 0


def test_what_search_looks_at_takes_no_time_of_tracks():
    # Time for three: the 27 in the fence come in by threes, in turn with the three outside it.
    present = np.ones((40, 30), dtype=bool)
    frame, body = rows(present)
    search = (body >= 3) | (frame == 0)
    line = time_line(frame, body, search, frame >= 0, 40, 30, 100, MISSES, 3)
    assert line.refused[:4].tolist() == [27, 24, 24, 21]
    look = line.look.reshape(40, 30)
    assert look[:4, :3].all(axis=1).tolist() == [True, False, True, False]
    assert look[20:].all()
    assert (line.refused[20:].sum(), line.put_off[20:].sum()) == (0, 0)


@pytest.mark.parametrize(("frame_s", "looks"), [(7.0, 700), (5.0, 500), (0.01, 1)])
def test_the_time_that_search_leaves(frame_s, looks):
    assert Schedule().budget(frame_s) == looks


def test_a_slower_fence_passes_each_body_once_in_its_revisit():
    schedule = Schedule(fence_s=21.0)
    assert (Schedule().fence_every(7.0), schedule.fence_every(7.0), schedule.fence_every(100.0)) == (1, 3, 1)
    frame, body = np.tile(np.arange(60), 5), np.repeat(np.arange(5), 60)
    found = searched(frame, body, np.full(300, 0.05), 0.05, 0.03, 10**6, fence_every=3).reshape(5, 60)
    for b in range(5):
        assert set(np.diff(np.flatnonzero(found[b, 1:]))) == {3}
    assert found[:, 1:4].sum(axis=0).tolist() == [2, 1, 2]


@given(worlds())
def test_with_room_for_all_nothing_is_shed_and_every_search_is_a_look(world):
    present, search, detected, _ = world
    look, shed = keep(present, search, detected, capacity=100)
    assert shed.sum() == 0
    assert np.all(look[present & search])


def test_one_body_is_found_by_search_and_then_looked_at_each_frame():
    present = np.ones((20, 1), dtype=bool)
    search = np.zeros((20, 1), dtype=bool)
    search[[2, 5]] = True
    detected = np.ones((20, 1), dtype=bool)
    detected[2] = False
    look, _ = keep(present, search, detected)
    assert np.flatnonzero(look[:, 0]).tolist() == [2, *range(5, 20)]


def test_it_is_given_up_after_misses_in_a_row_and_found_again_by_search_alone():
    present, detected = np.ones((20, 1), dtype=bool), np.ones((20, 1), dtype=bool)
    search = np.zeros((20, 1), dtype=bool)
    search[[0, 15]] = True
    detected[4:12] = False
    look, _ = keep(present, search, detected)
    assert np.flatnonzero(look[:, 0]).tolist() == [*range(8), *range(15, 20)]


def test_one_that_leaves_the_view_makes_room():
    present, every = np.ones((20, 2), dtype=bool), np.ones((20, 2), dtype=bool)
    present[3:, 0] = False
    look, shed = keep(present, every, every, capacity=1)
    assert np.flatnonzero(look[:, 1])[0] == 2 + MISSES + 1
    assert shed.tolist() == [1] * (3 + MISSES) + [0] * (17 - MISSES)


def test_a_crowd_beyond_the_room_is_told_and_what_was_known_is_kept():
    present = np.ones((10, 800), dtype=bool)
    look, shed = keep(present, present, present, capacity=500)
    assert look.sum(axis=1).tolist() == [500] * 10
    assert np.all(look == look[0])
    assert shed.tolist() == [300] * 10


def test_search_looks_at_the_fence_at_what_enters_and_slowly_at_the_rest():
    frame, body = np.arange(40), np.zeros(40, dtype=np.int64)
    elevation = np.radians(np.linspace(2.0, 41.0, 40))
    found = searched(frame, body, elevation, np.radians(3.0), np.radians(2.0), 9)
    assert np.flatnonzero(found).tolist() == [0, 1, 2, 9, 18, 27, 36]
    # Out of view for a while and in again by the side: the rim is searched.
    later = np.where(frame >= 20, frame + 3, frame)
    assert searched(later, body, elevation, np.radians(3.0), np.radians(2.0), 1000)[20]
    # Another body begins where the first ends.
    assert searched(frame, (frame >= 20).astype(np.int64), elevation, 0.0, 0.01, 1000)[20]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"volume_s": -1.0}, r"Schedule\.volume_s"),
        ({"search_share": 1.0}, r"Schedule\.search_share"),
        ({"dwell_s": 0.0}, r"Schedule\.dwell_s"),
        ({"fence_s": np.nan}, r"Schedule\.fence_s"),
    ],
)
def test_what_cannot_be_is_refused(wrong, told):
    with pytest.raises(TocsinError, match=told):
        Schedule(**wrong)


def test_no_time_for_a_single_look_is_refused():
    with pytest.raises(TocsinError, match=r"no time for a track look"):
        Schedule(dwell_s=0.04).budget(0.05)
