"""The schedule: what search finds is kept as long as there is room, and what there is no room for is told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.sensor.echo.schedule import Schedule, looked_at, searched

MISSES = 3


def rows(present):
    """Frames and bodies (n,) of a table (frames, bodies) of who is in view, in order of frames."""
    frame, body = np.nonzero(present)
    return frame, body


def keep(present, search, detected, capacity=10):
    """Tables (frames, bodies) of looks, and what each frame sheds."""
    frame, body = rows(present)
    look, shed = looked_at(
        frame, body, search[present], detected[present], len(present), present.shape[1], capacity, MISSES
    )
    table = np.zeros(present.shape, dtype=bool)
    table[frame[look], body[look]] = True
    return table, shed


@st.composite
def worlds(draw):
    """Who is in view, searched and detected, for some frames and bodies, and the room there is."""
    frames, bodies = draw(st.integers(1, 30)), draw(st.integers(1, 8))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    chance = draw(st.floats(0.1, 1.0))
    return *(rng.random((3, frames, bodies)) < chance), draw(st.integers(1, 6))


@given(worlds())
def test_never_more_in_track_than_there_is_room_for(world):
    present, search, detected, capacity = world
    look, shed = keep(present, search, detected, capacity)
    found = look & detected
    # A body is in track from a look that detected it until it was missed too often; no frame adds too many.
    held = np.zeros(present.shape[1], dtype=int) - 1
    for k in range(len(present)):
        held[(held >= 0) & (k - held > MISSES)] = -1
        held[found[k]] = k
        assert np.sum(held >= 0) <= capacity + MISSES * capacity
        assert np.sum(found[k]) <= capacity
    assert np.all(shed >= 0)
    assert np.all(shed <= np.sum(present & search & detected, axis=1))
    assert not np.any(look & ~present)


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


def test_what_cannot_be_is_refused():
    with pytest.raises(TocsinError, match=r"Schedule\.volume_s"):
        Schedule(volume_s=-1.0)
