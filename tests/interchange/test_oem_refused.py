"""OEMs refused: each mistake with its line, and what to do."""

import re

import pytest

from tests.interchange.made import (
    EXAMPLE,
    LAST_ROW,
    LINES,
    VALID,
    changed,
    refusal,
    refusals,
)
from tocsin.interchange.oem import read_oem


def refused(folder, text):
    return refusal(read_oem, folder / "given.oem", text)


def test_the_lines_are_where_these_tests_look_for_them():
    keys = ["META_START", "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME"]
    assert [line.split()[0] for line in LINES[4:13]] == [*keys, "STOP_TIME", "META_STOP"]
    assert len(LINES) == LAST_ROW + 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: not an OEM in key-value notation: its first line must be CCSDS_OEM_VERS"),
        ("\n \n", "1: not an OEM in key-value notation: "),
        ("COMMENT none\n", "1: not an OEM in key-value notation: "),
        ('<?xml version="1.0"?>\n<oem/>\n', "1: not an OEM in key-value notation but in XML: its first line"),
        ('\n\n  <oem id="CCSDS_OEM_VERS" version="2.0">', "3: not an OEM in key-value notation but in XML: "),
        ("CCSDS_OPM_VERS = 2.0\n", "1: not an OEM in key-value notation: "),
        ("t_s,x_m,y_m,z_m\n0,1,2,3\n", "1: not an OEM in key-value notation: "),
        ('{"t": [0.0]}', "1: not an OEM in key-value notation: "),
        (VALID.replace("2.0", "4.0"), "1: CCSDS_OEM_VERS 4.0 is unknown; give one of 1.0, 2.0, 3.0"),
        (VALID.encode("utf-16"), "1: not text in UTF-8; give a CCSDS Orbit Ephemeris Message in key-value"),
        (VALID.encode() + b"\0\0\0\0", f"{LAST_ROW + 1}: not text in UTF-8; give"),
        (changed(8, "CENTER_NAME = EARTH\xe9").encode("latin-1"), "8: not text in UTF-8; give"),
    ],
)
def test_what_is_no_oem_is_refused(tmp_path, text, told):
    assert refused(tmp_path, text).startswith(told)


@pytest.mark.parametrize(
    ("line", "text", "told"),
    [
        (
            8,
            "CENTER_NAME = MARS BARYCENTER",
            "8: CENTER_NAME MARS BARYCENTER is foreign; give an ephemeris about",
        ),
        (8, "CENTER_NAME = EARTH BARYCENTER", "8: CENTER_NAME EARTH BARYCENTER is foreign; give"),
        (9, "REF_FRAME = TDR", "9: REF_FRAME TDR is foreign; give the ephemeris in one of ITRF (any"),
        (9, "REF_FRAME = RTN", "9: REF_FRAME RTN is foreign; give"),
        (
            9,
            "REF_FRAME = TEME\nREF_FRAME_EPOCH = 2017-07-04T00:00:00",
            "10: REF_FRAME_EPOCH makes TEME a frame",
        ),
        (
            10,
            "TIME_SYSTEM = TDB",
            "10: TIME_SYSTEM TDB is foreign; give the epochs in one of UTC, TAI, TT, GPS",
        ),
        (10, "TIME_SYSTEM = UT1", "10: TIME_SYSTEM UT1 is the Earth's turning, which no clock keeps; give"),
        (10, "TIME_SYSTEM = MET", "10: TIME_SYSTEM MET is foreign; give"),
    ],
)
def test_what_is_foreign_is_refused_by_name(tmp_path, line, text, told):
    assert refused(tmp_path, changed(line, text)).startswith(told)


def test_the_example_of_the_standard_is_about_mars(tmp_path):
    text = EXAMPLE.replace("= EARTH", "= MARS BARYCENTER").replace("ITRF2000", "EME2000")
    mars = "2019-12-18T12:00:00.331 2789.619 -280.045 -1746.755 4.73372 -2.49586 -1.04195\n"
    assert refused(tmp_path, text + mars).startswith("8: CENTER_NAME MARS BARYCENTER is foreign; give")
    text = EXAMPLE.replace("USEABLE_", "COMMENT ").replace("12:05:00.331", "12:00:00.331")
    told = refused(tmp_path, text + mars)
    assert told.startswith("21: 3303.26 km from the Earth's centre; give places between 6340 and 1600000 km")


@pytest.mark.parametrize("line", [2, 3, 6, 7, 8, 9, 10, 11, 12])
def test_a_keyword_that_is_missing_twice_there_or_empty_is_refused(tmp_path, line):
    key = LINES[line - 1].split()[0]
    block = 1 if line < 5 else 5
    assert refused(tmp_path, changed(line, None)) == f"{block}: {key} is missing; add {key} = ..."
    for again in (LINES[line - 1], f"{key} = other"):
        told = refused(tmp_path, changed(line, f"{LINES[line - 1]}\n\n{again}"))
        assert told == f"{line + 2}: {key} is given twice, first in line {line}; keep one"
    for empty in (key, f"{key} = ", f"{key}="):
        assert refused(tmp_path, changed(line, empty)) == f"{line}: {key} has no value; add it"


def test_blank_lines_before_the_header_are_counted(tmp_path):
    told = refused(tmp_path, "\n\nCOMMENT x\n" + changed(2, None))
    assert told == "4: CREATION_DATE is missing; add CREATION_DATE = ..."


@pytest.mark.parametrize(
    ("line", "text", "told"),
    [
        (
            6,
            "object_name = x",
            ["6: object_name is no keyword here; remove or correct it", "5: OBJECT_NAME is m"],
        ),
        (6, "OBJECT_NAME = x\nMASS = 3000", ["7: MASS is no keyword here; remove or correct it"]),
        (
            2,
            "CREATION_DATE = x\nOBJECT_NAME = x",
            ["3: OBJECT_NAME is no keyword here; remove or correct it"],
        ),
        (
            1,
            "CCSDS_OEM_VERS = 2.0\nCCSDS_OEM_VERS = 2.0",
            ["2: CCSDS_OEM_VERS is given twice, first in line 1;"],
        ),
        (
            8,
            "CENTER_NAME = MOON\nREF_FRAME = MCI",
            ["10: REF_FRAME is given twice, first in line 9; keep one"],
        ),
        (
            10,
            "TIME_SYSTEM = UTC\nMETA_START = x",
            ["11: META_START is no keyword here; remove or correct it"],
        ),
        (
            13,
            None,
            ["13: '2017-07-04T00:40:00.000 7000.000000 0...' does not belong here; lines of metadata"],
        ),
    ],
)
def test_what_does_not_belong_into_a_block_is_refused(tmp_path, line, text, told):
    found = refusals(read_oem, tmp_path / "given.oem", changed(line, text))
    assert len(found) == len(told)
    for one, start in zip(found, told, strict=True):
        assert one.startswith(start)


def test_mistakes_of_one_block_are_told_together(tmp_path):
    text = VALID.replace("EARTH", "MOON").replace("ITRF2000", "MCI").replace("= UTC", "= ET")
    found = refusals(read_oem, tmp_path / "given.oem", text)
    assert [one.split()[:2] for one in found] == [
        ["8:", "CENTER_NAME"],
        ["9:", "REF_FRAME"],
        ["10:", "TIME_SYSTEM"],
    ]


@pytest.mark.parametrize(
    ("line", "text", "told"),
    [
        (
            11,
            "START_TIME = yesterday",
            "11: START_TIME: 'yesterday' is not an epoch: write it as 2017-07-04T00:40",
        ),
        (
            12,
            "STOP_TIME = 2017-07-04T00:45",
            "12: STOP_TIME: '2017-07-04T00:45' is not an epoch: write it as",
        ),
        (
            12,
            "STOP_TIME = 2017-366T00:45:00",
            "12: STOP_TIME: '2017-366T00:45:00' is not an epoch: no such day",
        ),
        (12, "STOP_TIME = 2017-07-04T00:39:00", "12: STOP_TIME is before START_TIME; put the times in order"),
        (
            12,
            "STOP_TIME = 2017-07-04T00:45:00\nUSEABLE_START_TIME = 2017-07-04T00:39:00",
            "13: USEABLE_START_TIME is before START_TIME; put",
        ),
        (
            12,
            "STOP_TIME = 2017-07-04T00:45:00\nUSEABLE_STOP_TIME = 2017-07-04T00:46:00",
            "12: STOP_TIME is before USEABLE_STOP_TIME; put",
        ),
        (
            11,
            "START_TIME = 2017-07-04T00:40:00\nUSEABLE_START_TIME = 2017-07-04T00:43:00\n"
            "USEABLE_STOP_TIME = 2017-07-04T00:42:00",
            "13: USEABLE_STOP_TIME is before USEABLE_START_TIME; put",
        ),
        (
            11,
            "START_TIME = 2017-07-04T00:41:00",
            "14: its time is outside START_TIME to STOP_TIME; correct those,",
        ),
        (
            12,
            "STOP_TIME = 2017-07-04T00:44:00",
            "19: its time is outside START_TIME to STOP_TIME; correct those,",
        ),
        (
            12,
            "STOP_TIME = 2017-07-04T00:44:59.998",
            "19: its time is outside START_TIME to STOP_TIME; correct",
        ),
        (
            11,
            "START_TIME = 2017-07-04T00:39:58",
            "14: the rows leave out 2 s at START_TIME; get the whole file, or",
        ),
        (
            12,
            "STOP_TIME = 2017-07-04T01:00:00",
            "19: the rows leave out 900 s at STOP_TIME; get the whole file, or",
        ),
    ],
)
def test_times_of_a_block_are_checked(tmp_path, line, text, told):
    assert refused(tmp_path, changed(line, text)).startswith(told)


def test_epochs_in_another_system_than_they_say_are_refused(tmp_path):
    text = re.sub(r"^(2017\S+)", r"\1Z", VALID.replace("= UTC", "= TAI"), flags=re.M)
    told = "14: '2017-07-04T00:40:00.000Z' ends in Z, which is UTC, but the time system is TAI: drop the Z"
    assert refused(tmp_path, text) == told


def test_what_a_file_holds_does_not_reach_the_terminal_raw(tmp_path):
    told = refused(tmp_path, changed(8, "CENTER_NAME = \x1b[31mMARS" + 500 * "x"))
    assert told.isprintable()
    assert len(told) < 150
