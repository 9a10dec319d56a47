"""Samples: times that increase, places and velocities that can be, the first mistake with its line."""

import numpy as np
import pytest

from tocsin.errors import TocsinError
from tocsin.interchange.samples import refuse_disorder, refuse_haste, refuse_nowhere

LINE = np.array([11, 12, 14])


def told(check, values):
    with pytest.raises(TocsinError) as error:
        check("f", np.asarray(values, dtype=float), LINE)
    return str(error.value)


@pytest.mark.parametrize(
    "t", [[0.0, 1.0, 2.0], [5.5e8, 5.5e8 + 1.2e-7, 5.6e8], [-1e-7, 0.0, 1e-7], [-3e9, 0.0, 3e9]]
)
def test_times_that_increase_are_let_through(t):
    refuse_disorder("f", np.array(t), LINE)


@pytest.mark.parametrize(
    ("t", "what"),
    [
        (
            [0.0, 1.0, 1.0],
            "f:14: its time is the same as that of line 12; put the rows in order of time, each once",
        ),
        ([0.0, 0.0, 0.0], "f:12: its time is the same as that of line 11; put"),
        ([0.0, 1e-9, 1.0], "f:12: its time is the same as that of line 11; put"),
        ([0.0, 2.5, 1.0], "f:14: its time is 1.5 s before that of line 12; put"),
        ([5.5e8, 4.5e8, 3.5e8], "f:12: its time is 1e+08 s before that of line 11; put"),
    ],
)
def test_times_that_do_not_are_refused(t, what):
    assert told(refuse_disorder, t).startswith(what)


def test_places_from_the_deepest_trench_to_beyond_the_moon_are_let_through():
    refuse_nowhere("f", np.array([[0.0, 0.0, 6.3517e6], [0.0, 6.367e6, 0.0], [1.5e9, 0.0, 0.0]]), LINE)


@pytest.mark.parametrize("far", [0.0, 6.37e3, 6.0e6, 1.7e9, 6.4e9, 1e200, np.inf, np.nan])
def test_other_places_are_refused(far):
    what = told(refuse_nowhere, [[7e6, 0.0, 0.0], [0.0, far, 0.0], [0.0, 0.0, 0.0]])
    assert what.startswith("f:12: ")
    assert what.endswith("km from it, in the unit that the file states")


def test_the_speed_of_a_meteor_is_let_through():
    refuse_haste("f", np.array([[7.3e4, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, -1.9e5, 0.0]]), LINE)


@pytest.mark.parametrize("fast", [2e5, 7.8e6, 1e200, np.inf, np.nan])
def test_other_speeds_are_refused(fast):
    what = told(refuse_haste, [[7e3, 0.0, 0.0], [0.0, -fast, 0.0], [fast, 0.0, 0.0]])
    assert what.startswith("f:12: moves at ")
    assert what.endswith("; give less than 200 km/s, in the unit that the file states")
