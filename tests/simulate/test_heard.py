"""What radars are supposed to hear: parts of paths by name, and nothing else."""

import numpy as np
import pytest

from tocsin.catalogue.event import Heard
from tocsin.errors import TocsinError
from tocsin.motion.path import Path
from tocsin.simulate.heard import heard

START = 1000.0


def path(name: str, first: float, last: float) -> Path:
    t = START + np.arange(first, last + 0.5)
    r = np.stack([t, 2.0 * t, 0.0 * t], axis=-1)
    return Path(name, t, r, np.tile([1.0, 2.0, 0.0], (len(t), 1)), np.full(len(t), 3.0), 5.0)


BODIES = (path("missile", 0.0, 100.0), path("stage 1", 40.0, 90.0))


def test_without_a_supposition_they_hear_all() -> None:
    assert heard(BODIES, (), START) == BODIES


def test_they_hear_the_named_body_in_its_time_alone() -> None:
    (one,) = heard(BODIES, (Heard("missile", 20.0, 30.0),), START)
    assert (one.name, one.rcs_m2) == ("missile", 5.0)
    np.testing.assert_array_equal(one.t - START, np.arange(20.0, 30.5))
    np.testing.assert_array_equal(one.r_ecef, BODIES[0].position(one.t))
    assert len(one.power) == len(one.v_ecef) == len(one.t)


def test_two_bodies_or_one_twice_are_there_once_for_each() -> None:
    rows = (Heard("missile", 0.0, 10.0), Heard("stage 1", 60.0, None), Heard("missile", 70.0, 80.0))
    parts = heard(BODIES, rows, START)
    assert [(p.name, p.t[0] - START, p.t[-1] - START) for p in parts] == [
        ("missile", 0.0, 10.0), ("stage 1", 60.0, 90.0), ("missile", 70.0, 80.0)
    ]  # fmt: skip


def test_bodies_that_do_not_fly_are_told_all_at_once() -> None:
    with pytest.raises(TocsinError) as refused:
        heard(BODIES, (Heard("bus", 0.0, None), Heard("missile", 0.0, None), Heard("decoy", 0.0, 1.0)), START)
    assert [p.split(";")[0] for p in refused.value.problems] == [
        "network.heard 1: no body 'bus' flies", "network.heard 3: no body 'decoy' flies"
    ]  # fmt: skip
    assert "there are: missile, stage 1" in refused.value.problems[0]


@pytest.mark.parametrize("times", [(91.0, None), (0.0, 30.0), (50.0, 45.0)])
def test_a_time_in_which_the_body_does_not_fly_is_refused(times: tuple[float, float | None]) -> None:
    with pytest.raises(TocsinError, match=r"network\.heard 1: 'stage 1' flies from 40 to 90 s"):
        heard(BODIES, (Heard("stage 1", *times),), START)
