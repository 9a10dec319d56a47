"""The error carries every problem, however they are given, and tells one a line."""

import pickle

import pytest

from tocsin.errors import TocsinError


@pytest.mark.parametrize(
    "given",
    [
        ("no such radar", "lat_deg is 95"),
        (["no such radar", "lat_deg is 95"],),
        (["no such radar"], "lat_deg is 95"),
    ],
)
def test_every_problem_is_told_on_its_own_line(given: tuple[object, ...]) -> None:
    error = TocsinError(*given)
    assert error.problems == ("no such radar", "lat_deg is 95")
    assert str(error) == "no such radar\nlat_deg is 95"


def test_one_string_is_one_problem() -> None:
    assert TocsinError("no such radar").problems == ("no such radar",)


def test_an_error_without_a_problem_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one problem"):
        TocsinError([])


def test_an_error_comes_back_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(TocsinError("a", "b")))
    assert isinstance(error, TocsinError)
    assert error.problems == ("a", "b")
