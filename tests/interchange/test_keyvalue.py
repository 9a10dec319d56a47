"""Key-value notation: each line is a mark, a pair, a row or nothing, and keeps its number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.interchange.keyvalue import Entry, entries


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("META_START", "META_START", ""),
        ("  META_STOP\t", "META_STOP", ""),
        ("REF_FRAME = ITRF2000", "REF_FRAME", "ITRF2000"),
        ("REF_FRAME=ITRF2000", "REF_FRAME", "ITRF2000"),
        ("\tREF_FRAME\t=\tITRF2000 ", "REF_FRAME", "ITRF2000"),
        ("OBJECT_NAME = A = B", "OBJECT_NAME", "A = B"),
        ("OBJECT_NAME = COMMENT", "OBJECT_NAME", "COMMENT"),
        ("OBJECT_NAME =", "OBJECT_NAME", ""),
        ("object_name = x", "object_name", "x"),
        ("COMMENTS = x", "COMMENTS", "x"),
        ("2017-07-04T00:40:00 1 2 3 4 5 6", "", "2017-07-04T00:40:00 1 2 3 4 5 6"),
        ("-3.0e-04 4.6e-04", "", "-3.0e-04 4.6e-04"),
        ("2017 = x", "", "2017 = x"),
        ("TWO WORDS = x", "", "TWO WORDS = x"),
        ("OBJÉT = x", "", "OBJÉT = x"),
        ("<oem>", "", "<oem>"),
    ],
)
def test_a_line_is_a_mark_a_pair_or_a_row(line, key, value):
    assert list(entries([line])) == [Entry(1, key, value)]


@pytest.mark.parametrize("line", ["", "   ", "\t", "COMMENT", "COMMENT x = y", "  COMMENT META_START"])
def test_blank_lines_and_comments_are_left_out_and_counted(line):
    assert list(entries(["META_START", line, "META_STOP"])) == [
        Entry(1, "META_START", ""),
        Entry(3, "META_STOP", ""),
    ]


@settings(max_examples=50)
@given(st.lists(st.text(st.characters(exclude_characters="\n\r"))))
def test_no_line_is_lost_or_made_up(lines):
    told = list(entries(lines))
    assert [entry.line for entry in told] == sorted({entry.line for entry in told})
    for number, line in enumerate(lines, start=1):
        silent = not line.strip() or line.split()[0] == "COMMENT"
        assert silent == (number not in {entry.line for entry in told})
    for entry in told:
        assert entry.key in lines[entry.line - 1]
        assert entry.value in lines[entry.line - 1]
