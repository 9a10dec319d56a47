"""Times as people write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tocsin.catalogue.dates import normal_utc, text_of
from tocsin.errors import TocsinError


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("2017-07-04T00:40:00Z", "2017-07-04T00:40:00Z"),
        ("2017-07-04T00:40:00.25Z", "2017-07-04T00:40:00.25Z"),
        ("2017-07-04T00:40:00", "2017-07-04T00:40:00Z"),
        ("2017-07-04T00:40Z", "2017-07-04T00:40:00Z"),
        (" 2017-07-04 ", "2017-07-04T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
    ],
)
def test_forms_that_are_taken(text: str, normal: str) -> None:
    assert normal_utc(text) == normal


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4 July 2017", "is not a UTC time"),
        ("2017-07-04T00:40:00+09:00", "is not a UTC time"),
        ("2017-02-29", "no such day"),
        ("2017-12-31T23:59:60Z", "has no second 60"),
        ("1959-12-31", "outside 1960-2099"),
        ("2100-01-01", "outside 1960-2099"),
    ],
)
def test_forms_that_are_not(text: str, says: str) -> None:
    with pytest.raises(TocsinError, match=says):
        normal_utc(text)


def test_toml_dates_in_utc_are_taken_and_others_kept_apart() -> None:
    assert text_of(datetime(2017, 7, 4, 0, 40, tzinfo=UTC)) == "2017-07-04T00:40:00Z"
    assert text_of(date(2017, 7, 4)) == "2017-07-04"
    assert (
        text_of(datetime(2017, 7, 4, 9, 40, tzinfo=timezone(timedelta(hours=9))))
        == "2017-07-04T09:40:00+09:00"
    )
    assert text_of(3) == 3
