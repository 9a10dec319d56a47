"""Rows of an OEM: what is no row, no order, no path or of another unit is refused with its line."""

import re

import numpy as np
import pytest

from tests.interchange.made import (
    FIRST_ROW,
    HEADER,
    LINES,
    ROW,
    STEP_S,
    changed,
    circle,
    clock,
    part,
    refusal,
    row,
    rows,
    segment,
)
from tocsin.interchange.oem import read_oem


def refused(folder, text):
    return refusal(read_oem, folder / "given.oem", text)


ROW_HAS = "give epoch x y z vx vy vz, then three accelerations or none"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ROW.rsplit(" ", 1)[0], f"not 7 or 10 columns but 6; {ROW_HAS}"),
        (ROW.split(" ", 1)[1], f"not 7 or 10 columns but 6; {ROW_HAS}"),
        (ROW + " 0.1", f"not 7 or 10 columns but 8; {ROW_HAS}"),
        (ROW + " 0.1 0.2", f"not 7 or 10 columns but 9; {ROW_HAS}"),
        (ROW + " 0.1 0.2 0.3 0.4", f"not 7 or 10 columns but 11; {ROW_HAS}"),
        (ROW.replace(" ", ","), f"not 7 or 10 columns but 1; {ROW_HAS}"),
        (ROW + " 0.1 0.2 nan", f"'nan' is not a finite number; {ROW_HAS}"),
        (re.sub(r" 7000\S+", " NaN", ROW), f"'NaN' is not a finite number; {ROW_HAS}"),
        (re.sub(r" 7000\S+", " inf", ROW), f"'inf' is not a finite number; {ROW_HAS}"),
        (re.sub(r" 7000\S+", " 7d3", ROW), f"'7d3' is not a finite number; {ROW_HAS}"),
        (re.sub(r" 7000\S+", " 7,000.0", ROW), f"'7,000.0' is not a finite number; {ROW_HAS}"),
        (re.sub(r" 7000\S+", " 7000.0[km]", ROW), f"'7000.0[km]' is not a finite number; {ROW_HAS}"),
        (re.sub(r" 7000\S+", " " + 99 * "x", ROW), f"'{37 * 'x'}...' is not a finite number; {ROW_HAS}"),
        (
            ROW.replace("T00:40", "T00:60"),
            "'2017-07-04T00:60:00.000' is not an epoch: no such day or time of day",
        ),
        (ROW.replace("T00:40", " 00:40"), f"not 7 or 10 columns but 8; {ROW_HAS}"),
        (ROW.replace("2017-07-04T", "X"), "'X00:40:00.000' is not an epoch: write it as"),
        (
            re.sub(r" 7000\S+", " 6000.0", ROW),
            "6000 km from the Earth's centre; give places between 6340 and",
        ),
        (
            re.sub(r" 7000\S+", " 7000000.0", ROW),
            "7e+06 km from the Earth's centre; give places between 6340 and",
        ),
        (re.sub(r" 7000\S+", " 1e300", ROW), "inf km from the Earth's centre; give places between 6340 and"),
        (re.sub(r" \S+$", " 4550", ROW), "moves at 4550 km/s; give less than 200 km/s, in the unit"),
        (re.sub(r" \S+$", " 1e200", ROW), "moves at inf km/s; give less than 200 km/s, in the unit"),
        ("< intervening data records omitted here >", f"'intervening' is not a finite number; {ROW_HAS}"),
        (
            "REF_FRAME = ITRF97",
            "'REF_FRAME = ITRF97' does not belong here; rows of epoch, position and velocity",
        ),
        ("META_STOP", "META_STOP is out of its order; rows of epoch, position and velocity must follow"),
        ("EPOCH = 2017-07-04T00:40:00", "'EPOCH = 2017-07-04T00:40:00' does not belong here; rows of epoch"),
    ],
)
def test_a_row_that_is_none_is_refused(tmp_path, text, told):
    assert refused(tmp_path, changed(FIRST_ROW, text)).startswith(f"{FIRST_ROW}: {told}")


def test_rows_out_of_order_are_refused(tmp_path):
    swapped = [*LINES]
    swapped[15], swapped[16] = swapped[16], swapped[15]
    told = refused(tmp_path, "\n".join(swapped))
    assert told == "17: its time is 60 s before that of line 16; put the rows in order of time, each once"
    told = refused(tmp_path, changed(16, f"{LINES[15]}\n{LINES[15]}"))
    assert told == "17: its time is the same as that of line 16; put the rows in order of time, each once"
    nearly = LINES[15].replace("00:42:00.000", "00:42:00.00000000001")
    assert refused(tmp_path, changed(16, f"{LINES[15]}\n{nearly}")) == told


def test_a_gap_is_refused_at_the_row_after_it(tmp_path):
    whole = part(0, 40).split("\n")
    told = refused(tmp_path, HEADER + "\n".join([*whole[:20], *whole[40:]]))
    assert re.match(r"25: a gap of 1260 s before this sample: what lies between is open by \d+ (k?)m", told)
    assert told.endswith("(at most 30 m); give the samples in between, or correct a wrong figure here")


def test_a_wrong_figure_is_refused_where_it_stands(tmp_path):
    long = (HEADER + part(0, 20)).split("\n")
    cells = long[24 - 1].split()
    cells[2] = f"{float(cells[2]) + 1.0:.6f}"
    long[24 - 1] = " ".join(cells)
    told = refused(tmp_path, "\n".join(long))
    assert told.startswith("24: a gap of 60 s before this sample: what lies between is open by")


@pytest.mark.parametrize(
    "scale",
    [
        # m and m/s for km and km/s, either or both.
        (1e3, 1e3),
        (1e3, 1.0),
        (1.0, 1e3),
        (1e-3, 1e-3),
        (1.0, 1e-3),
    ],
)
def test_another_unit_is_refused(tmp_path, scale):
    s = STEP_S * np.arange(6)
    r, v = circle(s)
    text = segment(rows(s, (scale[0] * r, scale[1] * v)), clock(0.0), clock(s[-1]))
    told = refused(tmp_path, HEADER + text)
    assert "the unit that the file states" in told or "in the same frame and unit" in told


def test_velocities_of_another_frame_are_refused(tmp_path):
    s = STEP_S * np.arange(6)
    r, v = circle(s)
    inertial = v + np.cross([0.0, 0.0, 7.292115e-5], r)
    told = refused(tmp_path, HEADER + segment(rows(s, (r, inertial)), clock(0.0), clock(s[-1])))
    assert told.startswith("15: 60 s after the sample before, what lies between is open by")
    assert "as between 5 of 5 pairs; give velocities that are the positions' rate in the same frame" in told


def test_a_few_rows_are_refused(tmp_path):
    for n in (1, 2, 3):
        told = refused(tmp_path, HEADER + part(0, n - 1))
        assert told.startswith(f"{FIRST_ROW + n - 1}: too few samples ({n}); give 4 or more")


def test_a_row_of_the_helper_is_a_row(tmp_path):
    r, v = circle([0.0])
    assert row(clock(0.0), r[0], v[0]) == ROW
