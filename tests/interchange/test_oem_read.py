"""OEMs read: times, positions and velocities to the printed digits, however the file is laid out."""

import re

import numpy as np
import pytest

from tests.interchange.made import (
    EPOCH,
    EXAMPLE,
    HEADER,
    ROWS,
    STEP_S,
    T0,
    VALID,
    assert_is_the_circle,
    circle,
    clock,
    part,
    rows,
    segment,
)
from tocsin.interchange.oem import read_oem

S = STEP_S * np.arange(ROWS)


def read(folder, text):
    file = folder / "given.oem"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_oem(file)


def only(folder, text):
    (one,) = read(folder, text)
    return one


def test_a_file_is_read(tmp_path):
    one = only(tmp_path, VALID)
    assert (one.name, one.object_id) == ("OSPREY 5", "1998-999A")
    assert_is_the_circle(one, S)
    assert (one.useable_start, one.useable_stop) == (one.t[0], one.t[-1])


# Laid out in another way that the standard (502.0-B-3, 5.2 and 7) allows, or that does no harm.
@pytest.mark.parametrize(
    "other",
    [
        VALID.replace("\n", "\r\n"),
        VALID.replace("\n", "\r"),
        "\ufeff" + VALID,
        VALID.rstrip("\n"),
        "\n\n" + VALID + "\n\n",
        VALID.replace("\n", "\nCOMMENT META_START = 1\n\n"),
        VALID.replace("\n", "  \n\t "),
        VALID.replace(" = ", "="),
        VALID.replace(" = ", "\t  = "),
        VALID.replace("EARTH", "earth").replace("ITRF2000", "itrf2000").replace("= UTC", "= utc"),
        VALID.replace("VERS = 2.0", "VERS = 1.0"),
        VALID.replace("VERS = 2.0", "VERS = 3.0\nCLASSIFICATION = SBU").replace(
            "JAXA", "JAXA\nMESSAGE_ID = 7"
        ),
        VALID.replace("META_STOP", "INTERPOLATION = LAGRANGE\nINTERPOLATION_DEGREE = 5\nMETA_STOP"),
        VALID.replace("ITRF2000", "ITRF2000\nREF_FRAME_EPOCH = 2000-01-01T00:00:00"),
        re.sub(r"(\d{9})$", r"\1 0.1 -0.2 1e-3", VALID, flags=re.M),
        re.sub(r"(2017-07-04T[\d:.]+)", r"\1Z", VALID),
        VALID.replace("2017-07-04", "2017-185"),
        re.sub(r"^(2017.*) (\S+) (\S+)$", r" \1   \2\t\3", VALID, flags=re.M),
        VALID.replace("START_TIME = 2017-07-04T00:40:00.000", "START_TIME = 2017-07-04T00:39:59.001"),
        VALID.replace("STOP_TIME = 2017-07-04T00:45:00.000", "STOP_TIME = 2017-07-04T00:45:00.999"),
        VALID.replace("STOP_TIME = 2017-07-04T00:45:00.000", "STOP_TIME = 2017-07-04T00:44:59.9995"),
    ],
)
def test_another_layout_tells_the_same(tmp_path, other):
    assert other != VALID
    one, same = only(tmp_path, other), only(tmp_path, VALID)
    assert (one.name, one.object_id) == (same.name, same.object_id)
    for key in ("t", "r_ecef", "v_ecef"):
        np.testing.assert_array_equal(getattr(one, key), getattr(same, key))
    assert (one.useable_start, one.useable_stop) == (same.useable_start, same.useable_stop)


# Seconds ahead of UTC in July 2017.
@pytest.mark.parametrize(("system", "ahead"), [("UTC", 0.0), ("TAI", 37.0), ("TT", 69.184), ("GPS", 18.0)])
def test_each_time_system_tells_the_same_times(tmp_path, system, ahead):
    lines = rows(S, ahead=ahead)
    text = segment(lines, clock(S[0], ahead=ahead), clock(S[-1], ahead=ahead), TIME_SYSTEM=system)
    assert_is_the_circle(only(tmp_path, HEADER + text), S)


def test_rows_through_a_leap_second_are_a_second_apart(tmp_path):
    times = [f"2016-12-31T23:59:{s}" for s in (57, 58, 59, 60)] + [f"2017-001T00:00:0{s}" for s in (0, 1)]
    lines = [time + line[23:] for time, line in zip(times, rows(np.arange(6.0)), strict=True)]
    one = only(tmp_path, HEADER + segment(lines, times[0], times[-1]))
    np.testing.assert_array_equal(np.diff(one.t), np.ones(5))


@pytest.mark.parametrize("frame", ["ITRF2000", "EME2000", "TEME"])
@pytest.mark.parametrize("epoch", ["1957-10-04T19:28:34", "1961-04-12T06:07:00", "9000-01-01T00:00:00"])
def test_times_without_an_earth_orientation_are_read(tmp_path, epoch, frame):
    text = segment(rows(S, epoch=epoch), clock(0.0, epoch), clock(S[-1], epoch), REF_FRAME=frame)
    one = only(tmp_path, HEADER + text)
    np.testing.assert_allclose(np.diff(one.t), STEP_S, rtol=0, atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(one.r_ecef, axis=1), 7e6, rtol=0, atol=0.01)


def test_rows_out_of_the_useable_span_serve_interpolation_only(tmp_path):
    start, stop = T0 + 90.0, T0 + 240.0
    text = part(0, 5, USEABLE_START_TIME=clock(90.0), USEABLE_STOP_TIME=clock(240.0))
    one = only(tmp_path, HEADER + text)
    assert_is_the_circle(one, S)
    assert (one.useable_start, one.useable_stop) == (start, stop)


def test_one_end_of_the_useable_span_may_be_given_alone(tmp_path):
    one = only(tmp_path, HEADER + part(0, 5, USEABLE_STOP_TIME=clock(240.0)))
    assert (one.useable_start, one.useable_stop) == (T0, T0 + 240.0)


def test_segments_of_several_objects_are_told_apart(tmp_path):
    text = HEADER + part(0, 3) + part(0, 4, OBJECT_NAME="OTHER") + part(3, 6) + part(0, 5, OBJECT_ID="7")
    found = read(tmp_path, text)
    assert [(one.name, one.object_id, len(one.t)) for one in found] == [
        ("OSPREY 5", "1998-999A", 7),
        ("OTHER", "1998-999A", 5),
        ("OSPREY 5", "7", 6),
    ]


def test_an_underscore_is_a_blank_in_names(tmp_path):
    text = HEADER + part(0, 3) + part(3, 6, OBJECT_NAME="OSPREY_5") + part(6, 9, OBJECT_NAME="OSPREY   5")
    assert_is_the_circle(only(tmp_path, text), STEP_S * np.arange(10))


def test_the_example_of_the_standard_is_read_with_rows_of_the_earth(tmp_path):
    one = only(tmp_path, EXAMPLE + "\n".join(rows(S, epoch="2019-12-18T12:00:00.331")))
    # TAI is 37 s ahead of UTC, and 2000-01-01T12:00:00 was 7,291 days before.
    assert one.t[0] == pytest.approx(7291 * 86400.0 + 37.331, abs=2e-7)
    assert (one.useable_start, one.useable_stop) == (one.t[1], one.t[-2])
    assert one.name == "MARS GLOBAL SURVEYOR"
    np.testing.assert_allclose(one.r_ecef, circle(S)[0], rtol=0, atol=6e-4)


def test_the_epoch_of_these_tests_is_what_they_say():
    assert (EPOCH, T0) == ("2017-07-04T00:40:00", 552400837.0)
