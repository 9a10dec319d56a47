"""Segments of one object in an OEM: they are joined where they agree, and refused where they do not."""

import numpy as np
import pytest

from tests.interchange.made import (
    HEADER,
    STEP_S,
    T0,
    assert_is_the_circle,
    circle,
    clock,
    part,
    refusal,
    rows,
    segment,
)
from tocsin.interchange.oem import read_oem


def joined(folder, *parts):
    file = folder / "given.oem"
    file.write_text(HEADER + "".join(parts))
    (one,) = read_oem(file)
    return one


def refused(folder, *parts):
    return refusal(read_oem, folder / "given.oem", HEADER + "".join(parts))


def moved(dr=0.0, dv=0.0, since=0.0):
    """The circle, off by a vector and by a velocity since a time."""

    def states(s):
        r, v = circle(s)
        along, more = np.array([0.0, dr, 0.0]), np.array([0.0, 0.0, dv])
        return r + along + (s - since)[:, None] * more, v + more

    return states


@pytest.mark.parametrize(
    "parts",
    [
        (part(0, 4), part(4, 8)),
        (part(0, 4), part(5, 8)),
        (part(0, 2), part(2, 5), part(5, 8)),
        (part(0, 4), part(4, 4), part(4, 8)),
        (part(0, 4), part(5, 8, REF_FRAME="ITRF97")),
        (part(0, 6, USEABLE_STOP_TIME=clock(240.0)), part(2, 8, USEABLE_START_TIME=clock(240.0))),
        (part(0, 6, USEABLE_STOP_TIME=clock(250.0)), part(2, 8, USEABLE_START_TIME=clock(270.0))),
        # A millisecond of rounding in START_TIME and STOP_TIME leaves no row out.
        (part(0, 4, STOP_TIME=clock(239.9995)), part(5, 8, START_TIME=clock(300.0005))),
    ],
)
def test_segments_that_agree_are_one_series(tmp_path, parts):
    one = joined(tmp_path, *parts)
    s = STEP_S * np.arange(9)
    assert_is_the_circle(one, s)
    assert (one.useable_start, one.useable_stop) == (one.t[0], one.t[-1])


def test_of_joined_segments_the_outer_ends_of_the_useable_spans_count(tmp_path):
    first = part(0, 4, USEABLE_START_TIME=clock(60.0))
    last = part(4, 8, USEABLE_STOP_TIME=clock(420.0))
    one = joined(tmp_path, first, last)
    assert len(one.t) == 9
    assert (one.useable_start, one.useable_stop) == (T0 + 60.0, T0 + 420.0)


def test_rows_out_of_the_useable_spans_do_not_come_between(tmp_path):
    def wild(s):
        r, v = circle(s)
        return r + 1e5 * (s < 300.0)[:, None], v

    first = part(0, 6, USEABLE_STOP_TIME=clock(240.0))
    one = joined(tmp_path, first, part(2, 8, wild, USEABLE_START_TIME=clock(300.0)))
    np.testing.assert_allclose(one.r_ecef, circle(STEP_S * np.arange(9))[0], rtol=0, atol=6e-4)
    assert "overlaps the one before" in refused(tmp_path, first, part(2, 8, wild))


def test_a_small_jump_at_a_shared_time_leaves_the_later_segment_s_row(tmp_path):
    one = joined(tmp_path, part(0, 4), part(4, 8, moved(dr=1.0)))
    np.testing.assert_allclose(one.r_ecef[4] - circle([240.0])[0][0], [0.0, 1.0, 0.0], rtol=0, atol=6e-4)


# The first segment ends with line 18, META_START of the second is line 19 and its rows begin with line 28.
@pytest.mark.parametrize(
    ("parts", "line", "words"),
    [
        (
            (part(0, 4), part(3, 8)),
            25,
            "this segment of OSPREY 5 overlaps the one before by 60 s; give segments",
        ),
        ((part(4, 8), part(0, 3)), 25, "overlaps the one before by 480 s"),
        ((part(0, 4), part(0, 4)), 25, "overlaps the one before by 240 s"),
        (
            (part(0, 4), part(4, 8, moved(dr=40.0))),
            28,
            "begins 40 m and 0 m/s from where the one before ends;",
        ),
        (
            (part(0, 4), part(4, 8, moved(dv=5.0, since=240.0))),
            28,
            "m and 5 m/s from where the one before ends;",
        ),
        ((part(0, 4), part(20, 24)), 28, "a gap of 960 s before this sample: what lies between is open by"),
    ],
)
def test_segments_that_do_not_agree_are_refused(tmp_path, parts, line, words):
    told = refused(tmp_path, *parts)
    assert told.startswith(f"{line}: ")
    assert words in told


def test_useable_spans_that_overlap_are_refused_where_the_later_begins(tmp_path):
    later = part(4, 8, USEABLE_START_TIME=clock(250.0))
    told = refused(tmp_path, part(0, 5, USEABLE_STOP_TIME=clock(260.0)), later)
    # Six rows and one key more than above.
    assert told.startswith("29: this segment of OSPREY 5 overlaps the one before by 10 s; give segments")


def test_a_burn_between_two_segments_is_refused_as_a_gap(tmp_path):
    burnt = moved(dv=100.0, since=270.0)
    assert "what lies between is open by" in refused(tmp_path, part(0, 4), part(5, 9, burnt))


def test_a_segment_without_a_useable_row_is_refused(tmp_path):
    none = {"USEABLE_START_TIME": clock(250.0), "USEABLE_STOP_TIME": clock(290.0)}
    told = refused(tmp_path, part(0, 8, **none))
    assert told == "13: no row of this segment is useable; correct USEABLE_START_TIME and USEABLE_STOP_TIME"
    assert refused(tmp_path, part(0, 4), part(4, 8, **none)).startswith(
        "27: no row of this segment is useable"
    )
    # Nor where rows end short of the useable second.
    late = segment(rows([0.0, 60.0, 120.0]), clock(0.0), clock(120.9), USEABLE_START_TIME=clock(120.5))
    assert refused(tmp_path, late).startswith("13: no row of this segment is useable")


def test_an_object_of_a_few_rows_is_refused_at_the_last_of_them(tmp_path):
    told = refused(tmp_path, part(0, 4, OBJECT_NAME="LONG"), part(0, 2))
    assert told.startswith("30: too few samples (3); give 4 or more")
