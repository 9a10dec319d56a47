"""Epochs: astropy's clocks, Python's calendar, the published steps of UTC, and what is none."""

import math
from datetime import datetime

import pytest
from astropy.time import Time
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.interchange.epoch import TO_TAI, tai_from_epoch

NOON_2000 = datetime.fromisoformat("2000-01-01T12:00:00")
SINCE_1960 = st.datetimes(datetime.fromisoformat("1960-01-02"), datetime.fromisoformat("2026-01-01"))


@pytest.mark.parametrize("system", ["UTC", "TAI", "TT"])
@settings(max_examples=20)
@given(st.lists(SINCE_1960, min_size=1, max_size=50))
def test_an_epoch_is_where_astropy_has_it(system, times):
    texts = [then.isoformat(timespec="microseconds") for then in times]
    theirs = Time(texts, scale=system.lower()).tai - Time("2000-01-01T12:00:00", scale="tai")
    # A double of so many seconds resolves 2.4e-7 s.
    assert [tai_from_epoch(text, system) for text in texts] == pytest.approx(theirs.sec, rel=0, abs=3e-7)


def test_gps_and_utc_agree_at_the_start_of_gps_and_are_18_s_apart_since_2017():
    assert tai_from_epoch("1980-01-06T00:00:00", "GPS") == tai_from_epoch("1980-01-06T00:00:00", "UTC")
    assert tai_from_epoch("2017-01-01T00:00:18", "GPS") == tai_from_epoch("2017-01-01T00:00:00", "UTC")


# TAI-UTC as the USNO's tai-utc.dat prints it; before 1960 there was no UTC, and it is taken as TAI.
@pytest.mark.parametrize(
    ("day", "ahead"),
    [
        ("1957-10-04", 0.0),
        ("1961-01-01", 1.4228180),
        ("1962-01-01", 1.8458580),
        ("1968-02-01", 4.2131700 + (39887 - 39126) * 0.002592),
        ("1972-01-01", 10.0),
        ("1999-01-01", 32.0),
        ("2017-01-01", 37.0),
    ],
)
def test_utc_steps_where_it_was_published(day, ahead):
    tai = (datetime.fromisoformat(day) - NOON_2000).total_seconds()
    assert tai_from_epoch(f"{day}T00:00:00", "UTC") - tai == pytest.approx(ahead, abs=1e-6)


@given(st.datetimes(), st.sampled_from([*TO_TAI]))
def test_a_day_of_the_year_is_the_day_of_the_month(then, system):
    clock = f"{then:%H:%M:%S.%f}"
    by_month = f"{then.year:04d}-{then.month:02d}-{then.day:02d}T{clock}"
    by_year = f"{then.year:04d}-{then.timetuple().tm_yday:03d}T{clock}"
    assert tai_from_epoch(by_year, system) == tai_from_epoch(by_month, system)


# 502.0-B-3, tables 5-2 and 5-3.
@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("1996-12-18T14:28:15.1172", "1996-353T14:28:15.1172"),
        ("1996-277T07:22:54", "1996-10-03T07:22:54"),
        ("2002-204T15:56:23Z", "2002-07-23T15:56:23"),
        ("2001-11-06T11:17:33", "2001-11-06T11:17:33."),
    ],
)
def test_the_examples_of_the_standard(printed, same):
    assert tai_from_epoch(printed, "UTC") == tai_from_epoch(same, "UTC")


def test_a_leap_second_lies_between_its_neighbours_in_both_notations():
    for day in ("2016-12-31", "2016-366"):
        before, leap, half = (tai_from_epoch(f"{day}T23:59:{s}", "UTC") for s in ("59", "60", "60.5"))
        after = tai_from_epoch("2017-01-01T00:00:00", "UTC")
        assert (leap - before, half - leap, after - half) == (1.0, 0.5, 0.5)


@pytest.mark.parametrize("system", ["TAI", "TT", "GPS"])
def test_only_utc_has_leap_seconds_and_z(system):
    with pytest.raises(TocsinError, match="no such day or time of day; write it as"):
        tai_from_epoch("2016-12-31T23:59:60", system)
    with pytest.raises(TocsinError, match=f"ends in Z, which is UTC, but the time system is {system}: drop"):
        tai_from_epoch("2016-12-31T23:59:59Z", system)


@pytest.mark.parametrize("system", [*TO_TAI])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "2017-07-04",
        "2017-07-04 00:40:00",
        "2017-7-4T00:40:00",
        "2017-07-04T00:40",
        "2017-07-04T00:40:00+00:00",
        "2017-07-04t00:40:00",
        "17-07-04T00:40:00",
        "12017-07-04T00:40:00",
        "-2017-07-04T00:40:00",
        "٢٠١٧-07-04T00:40:00",
        "2017-07-04T00:40:00\n",
        "nan",
        "2017-13-04T00:40:00",
        "2017-00-04T00:40:00",
        "2017-02-29T00:40:00",
        "2017-07-00T00:40:00",
        "2017-07-04T24:00:00",
        "2017-07-04T00:60:00",
        "2017-07-04T00:40:60",
        "2017-07-04T00:40:61",
        "2016-12-31T23:59:61",
        "2017-000T00:40:00",
        "2017-366T00:40:00",
        "2016-367T00:40:00",
        "1900-366T00:40:00",
        "9999-366T00:40:00",
        "2017-999T00:40:00",
    ],
)
def test_what_is_no_epoch_is_refused_with_an_example(text, system):
    with pytest.raises(TocsinError, match=r"is not an epoch: .*write it as 2017-07-04T00:40:00") as error:
        tai_from_epoch(text, system)
    assert len(error.value.problems) == 1


def test_a_leap_year_has_its_last_day():
    assert tai_from_epoch("2000-366T00:00:00", "TAI") == tai_from_epoch("2000-12-31T00:00:00", "TAI")


@given(st.text(max_size=30), st.sampled_from([*TO_TAI]))
def test_any_text_is_an_epoch_or_a_tocsin_error(text, system):
    told = ""
    try:
        assert math.isfinite(tai_from_epoch(text, system))
    except TocsinError as error:
        told = str(error)
    assert len(told) < 200
