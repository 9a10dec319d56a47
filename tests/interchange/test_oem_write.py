"""OEMs written: read again they are the same to the printed digits, and they are as the standard has them."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.made import T0, circle
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.oem import read_oem
from tocsin.interchange.oem_write import write_oem

CREATED = "2025-07-15T12:00:00Z"
S = np.array([0.0, 60.0, 120.5, 180.0, 180.25, 300.0])
ONE = Ephemeris("one", "1998-999A", T0 + S, *circle(S), T0 + 60.0, T0 + 180.0)

LEAP = tai_from_utc("2017-01-01")
BEGINNINGS = st.one_of(
    st.floats(tai_from_utc("1972-01-01"), tai_from_utc("2090-01-01")), st.floats(LEAP - 9.0, LEAP + 1.0)
)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@st.composite
def ephemerides(draw):
    steps = draw(st.lists(st.floats(10.0, 60.0), min_size=6, max_size=12))
    # And two samples close together, as at a burnout.
    steps.insert(draw(st.integers(0, len(steps))), draw(st.floats(1e-6, 60.0)))
    s = np.concatenate([[0.0], np.cumsum(steps)])
    r, v = circle(s + draw(st.floats(0.0, 6000.0)))
    t = draw(BEGINNINGS) + s
    first, last = sorted(draw(st.lists(st.integers(0, len(t) - 1), min_size=2, max_size=2)))
    return Ephemeris(draw(NAMES), draw(NAMES), t, r, v, t[first], t[last])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("oem") / "written.oem"


@settings(max_examples=20)
@given(
    st.lists(ephemerides(), min_size=1, max_size=3, unique_by=lambda one: re.sub(r"[_\s]+", " ", one.name))
)
def test_what_is_written_is_read_again_to_the_printed_digits(file, written):
    file.write_text(write_oem(written, CREATED), encoding="utf-8")
    for wrote, read in zip(written, read_oem(file), strict=True):
        assert (read.name, read.object_id) == (wrote.name, wrote.object_id)
        # Half a printed digit, and what a double resolves until 2034 (2.4e-7 s after).
        apart = 0.6e-7 + np.spacing(np.abs(wrote.t).max())
        np.testing.assert_allclose(read.t, wrote.t, rtol=0, atol=apart)
        np.testing.assert_allclose(read.r_ecef, wrote.r_ecef, rtol=0, atol=0.51e-3)
        np.testing.assert_allclose(read.v_ecef, wrote.v_ecef, rtol=0, atol=0.51e-6)
        assert read.useable_start == pytest.approx(wrote.useable_start, rel=0, abs=apart)
        assert read.useable_stop == pytest.approx(wrote.useable_stop, rel=0, abs=apart)


@settings(max_examples=10)
@given(ephemerides())
def test_what_is_read_and_written_again_is_the_same_text(file, one):
    text = write_oem([one], CREATED)
    file.write_text(text, encoding="utf-8")
    assert write_oem(read_oem(file), CREATED) == text


def test_the_keywords_stand_in_the_order_of_the_standard():
    text = write_oem([ONE], CREATED)
    keys = [line.split(" = ")[0] for line in text.splitlines() if not line[:1].isdigit()]
    # 502.0-B-3, tables 5-2 and 5-3, without what is optional and not written.
    assert keys == [
        "CCSDS_OEM_VERS",
        "CREATION_DATE",
        "ORIGINATOR",
        "",
        "META_START",
        "OBJECT_NAME",
        "OBJECT_ID",
        "CENTER_NAME",
        "REF_FRAME",
        "TIME_SYSTEM",
        "START_TIME",
        "USEABLE_START_TIME",
        "USEABLE_STOP_TIME",
        "STOP_TIME",
        "INTERPOLATION",
        "INTERPOLATION_DEGREE",
        "META_STOP",
    ]
    assert "CREATION_DATE = 2025-07-15T12:00:00\n" in text
    assert text.endswith("\n")
    assert all(len(line) <= 254 and line.isascii() for line in text.splitlines())


def test_a_row_has_utc_and_kilometres():
    rows = [line.split(" ") for line in write_oem([ONE], CREATED).splitlines() if line[:1].isdigit()]
    assert [len(row) for row in rows] == [7] * 6
    for s, row in zip(S, rows, strict=True):
        then = datetime.fromisoformat("2017-07-04T00:40:00") + timedelta(seconds=float(s))
        assert row[0] == then.isoformat(timespec="microseconds") + "0"
        r, v = circle(s)
        assert [float(x) for x in row[1:4]] == pytest.approx(r / 1e3, rel=0, abs=0.51e-6)
        assert [float(x) for x in row[4:]] == pytest.approx(v / 1e3, rel=0, abs=0.51e-9)
        # At most 16 digits, and one before the point at least (7.5.6).
        assert all(re.fullmatch(r"-?\d{1,7}\.\d{6}|-?\d{1,3}\.\d{9}", x) for x in row[1:])


def test_a_leap_second_is_written_as_second_60():
    t = LEAP + np.array([-2.0, -1.0, -0.5, 0.0])
    text = write_oem([replace(ONE, t=t, r_ecef=ONE.r_ecef[:4], v_ecef=ONE.v_ecef[:4])], CREATED)
    clocks = [line[:27] for line in text.splitlines() if line[:1].isdigit()]
    assert clocks == [
        "2016-12-31T23:59:59.0000000",
        "2016-12-31T23:59:60.0000000",
        "2016-12-31T23:59:60.5000000",
        "2017-01-01T00:00:00.0000000",
    ]


def test_the_days_when_utc_was_stretched_are_written_and_read(file):
    t = tai_from_utc("1965-03-18T07:00:00") + S
    file.write_text(write_oem([replace(ONE, t=t, useable_start=t[0], useable_stop=t[-1])], CREATED))
    np.testing.assert_allclose(read_oem(file)[0].t, t, rtol=0, atol=4e-7)


NAMELESS = r"object name .*: give one line of text, without a blank at either end"
NOT_FINITE = "one: a position or velocity is not finite; leave that sample out"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, NAMELESS),
        ({"name": "a\nMETA_STOP"}, NAMELESS),
        ({"name": " a"}, NAMELESS),
        ({"name": "a\u2028b"}, NAMELESS),
        ({"object_id": ""}, "object id '': give one line of text"),
        ({"r_ecef": np.where(S[:, None] == 60.0, np.nan, ONE.r_ecef)}, NOT_FINITE),
        ({"v_ecef": np.where(S[:, None] == 60.0, np.inf, ONE.v_ecef)}, NOT_FINITE),
        ({"t": ONE.t[::-1]}, "one: times must increase by 1e-7 s or more; leave samples out"),
        ({"t": np.append(ONE.t[:-1], ONE.t[-2])}, "one: times must increase by 1e-7 s or more"),
        ({"t": np.append(ONE.t[:-1], np.nan)}, "nan s is not a time"),
        ({"t": ONE.t + 1e12}, "is not a time that has a UTC date"),
        ({"useable_stop": np.nan}, "nan s is not a time"),
    ],
)
def test_what_cannot_be_written_is_refused(change, words):
    with pytest.raises(TocsinError, match=words):
        write_oem([replace(ONE, **change)], CREATED)


def test_nothing_is_not_written():
    with pytest.raises(TocsinError, match="an OEM needs an ephemeris: give one or more"):
        write_oem([], CREATED)


@pytest.mark.parametrize("created", ["", "today", "2025-07-15T12:00:00Z\nORIGINATOR = X"])
def test_a_date_of_creation_that_is_none_is_refused(created):
    with pytest.raises(TocsinError, match="is not a UTC time"):
        write_oem([ONE], created)
