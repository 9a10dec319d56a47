"""TDMs refused: each mistake with its line, its keyword and what to do."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.made import refusal
from tests.interchange.tdm_made import HEADER, LINES, RADAR, WHOLE, changed
from tocsin.errors import TocsinError
from tocsin.interchange.tdm import read_tdm


def test_the_lines_are_where_these_tests_look_for_them():
    assert [LINES[i - 1].split()[0] for i in (7, 8, 14, 15, 17, 18, 19, 20)] == [
        "META_START", "TIME_SYSTEM", "PATH", "TIMETAG_REF", "ANGLE_TYPE", "META_STOP", "DATA_START", "RANGE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: not a TDM in key-value notation: its first line must be CCSDS_TDM_VERS"),
        ('<?xml version="1.0"?>\n<tdm/>\n', "1: not a TDM in key-value notation but in XML: its first line"),
        ("CCSDS_OEM_VERS = 2.0\n", "1: not a TDM in key-value notation: "),
        (changed(1, "CCSDS_TDM_VERS = 3.0"), "1: CCSDS_TDM_VERS 3.0 is unknown; give one of 1.0, 2.0"),
        (changed(4, None), "1: ORIGINATOR is missing; add ORIGINATOR = ..."),
        (changed(7, None), "17: META_STOP is out of its order; a header"),
        (changed(8, None), "7: TIME_SYSTEM is missing; add"),
        (changed(8, "TIME_SYSTEM = UT1"), "8: TIME_SYSTEM: UT1 is foreign; give the epochs in one of UTC"),
        (changed(9, "START_TIME = soon"), "9: START_TIME: 'soon' is not an epoch: write it as"),
        (changed(9, "START_TIME = 2017-07-04T01:00:00"), "10: STOP_TIME: is before START_TIME; put the"),
        (changed(11, None), "7: PARTICIPANT_1 is missing; add"),
        (changed(14, "PATH = 1,3,1"), "14: PATH: is not a list of numbers of participants that are named;"),
        (changed(14, "PATH = 1-2"), "14: PATH: is not a list of numbers"),
        (changed(15, "TIMETAG_REF = BOUNCE"), "15: TIMETAG_REF: 'BOUNCE' is unknown; give one of RECEIVE, T"),
        (changed(16, "RANGE_MODULUS = -1"), "16: RANGE_MODULUS: -1 is below 0; correct it"),
        (changed(16, "CORRECTION_RANGE = 1"), "7: CORRECTIONS_APPLIED: is missing beside a correction; add"),
        (changed(16, "INTEGRATION_INTERVAL = x"), "16: INTEGRATION_INTERVAL: 'x' is not a finite number; co"),
        (changed(17, "ANGLE_TYPE = AZ"), "17: ANGLE_TYPE: 'AZ' is unknown; give one of AZEL, RADEC, XEYN, X"),
        (changed(17, "ANGLE_SORT = AZEL"), "17: ANGLE_SORT is no keyword here; remove or correct it"),
        (changed(18, None), "18: DATA_START is out of its order; lines of metadata"),
        (changed(20, "RANGE = 2017-07-04T00:40:00.000"), "20: RANGE: '2017-07-04T00:40:00.000' is not an ep"),
        (changed(20, "RANGE = 2017-07-04T00:40:00.000 nan"), "20: RANGE: '2017-07-04T00:40:00.000 nan' is n"),
        (changed(20, "RANGE = 2017-07-04T00:39:00 1"), "20: RANGE: its time is outside START_TIME to STOP_T"),
        (changed(20, "WIDTH = 2017-07-04T00:40:00 1"), "20: WIDTH: is no keyword of data; remove or correct"),
        (changed(20, "2017-07-04T00:40:00 1"), "20: '2017-07-04T00:40:00 1' does not belong here; records,"),
        (changed(24, "RANGE = 2017-07-04T00:40:00 1490"), "24: RANGE: its time does not come after that of"),
        (HEADER + RADAR.replace("DATA_STOP\n", ""), "26: the file ends after this line; records, KEY"),
        (HEADER + RADAR.split("RANGE = ")[0] + "DATA_STOP\n", "20: DATA_STOP: no record stands before it;"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path, text, told):
    assert refusal(read_tdm, tmp_path / "given.tdm", text).startswith(told)


def test_all_that_is_wrong_in_the_records_is_told_at_once(tmp_path):
    file = tmp_path / "a.tdm"
    file.write_text(WHOLE.replace("RANGE = ", "RANGE = x"))
    with pytest.raises(TocsinError) as error:
        read_tdm(file)
    assert [problem.split(":")[1] for problem in error.value.problems] == ["20", "24"]


@settings(max_examples=80)
@given(st.integers(0, len(WHOLE.encode()) - 1), st.binary(max_size=3), st.integers(0, 40))
def test_bytes_changed(tmp_path_factory, at, new, gone):
    file = tmp_path_factory.mktemp("tdm") / "given.tdm"
    data = WHOLE.encode()
    file.write_bytes(data[:at] + new + data[at + gone :])
    try:
        segments = read_tdm(file)
    except TocsinError as error:
        for problem in error.problems:
            assert re.match(rf"{file}:\d+: \S.*[;:] \S", problem), problem
            assert problem.isprintable()
    else:
        assert all(len(s.t) == len(s.value) > 0 for one in segments for s in one.series.values())
