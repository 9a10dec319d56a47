"""Time scales against published leap seconds, astropy, and each other."""

import pytest
from astropy.time import Time
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.time import tai_from_utc, utc_from_tai
from tocsin.errors import TocsinError


def test_the_epoch_is_noon_tai():
    # TAI-UTC was 32 s in 2000 (IERS Bulletin C).
    assert tai_from_utc("2000-01-01T11:59:28Z") == 0.0
    assert utc_from_tai(0.0) == "2000-01-01T11:59:28Z"


@pytest.mark.parametrize("last_day", ["1972-06-30", "1998-12-31", "2005-12-31", "2016-12-31"])
def test_a_leap_second_is_counted_and_written(last_day):
    t = tai_from_utc(f"{last_day}T23:59:59Z")
    assert tai_from_utc(f"{last_day}T23:59:60Z") == t + 1.0
    assert utc_from_tai(t + 1.0) == f"{last_day}T23:59:60Z"
    assert utc_from_tai(t + 1.25, 2) == f"{last_day}T23:59:60.25Z"
    assert utc_from_tai(t + 2.0).endswith("01T00:00:00Z")


def test_a_day_alone_is_its_midnight():
    assert (
        tai_from_utc("2017-07-04")
        == tai_from_utc("2017-07-04T00:00:00")
        == tai_from_utc("2017-07-04T00:00:00Z")
    )


@pytest.mark.parametrize(
    "iso", ["1965-03-01T02:03:04.5", "1983-09-26T00:15:00", "1995-01-25T06:24:00", "2026-11-23T20:00:00.125"]
)
def test_against_astropy(iso):
    then, epoch = Time(iso, scale="utc").tai, Time("2000-01-01T12:00:00", scale="tai")
    assert tai_from_utc(iso) == pytest.approx((then - epoch).sec, abs=2e-6)


@given(st.integers(-1_200_000_000_000, 1_500_000_000_000))
def test_there_and_back_to_the_millisecond(milliseconds):
    t = milliseconds / 1e3
    assert tai_from_utc(utc_from_tai(t, 3)) == pytest.approx(t, abs=0.6e-3)


def test_rounding_carries():
    assert utc_from_tai(tai_from_utc("2017-07-04T23:59:59.9996Z"), 3) == "2017-07-05T00:00:00.000Z"


@pytest.mark.parametrize(
    ("iso", "what"),
    [
        ("yesterday", "write it as"),
        ("2017-07-04T00:40Z", "write it as"),
        ("2017-07-04T00:40:00+09:00", "write it as"),
        ("2017-7-4", "write it as"),
        ("2017-13-01", "no such month"),
        ("2017-02-29", "no such day"),
        ("2017-02-20T25:00:00Z", "no such hour"),
        ("2017-02-20T23:61:00Z", "no such minute"),
        ("2017-02-20T23:10:61Z", "no second"),
        ("2015-12-31T23:59:60Z", "no second 60"),
        ("2016-12-31T22:59:60Z", "no second 60"),
        ("", "write it as"),
    ],
)
def test_what_is_no_time_says_why(iso, what):
    with pytest.raises(TocsinError, match=what) as caught:
        tai_from_utc(iso)
    assert f"'{iso}'" in caught.value.problems[0]


@pytest.mark.parametrize("t", [float("nan"), float("inf"), 1e12, 2.9e11, -1e11])
def test_what_has_no_date_says_so(t):
    with pytest.raises(TocsinError, match=r"date|year"):
        utc_from_tai(t)
