"""Blocks of an OEM: out of their order, or cut off, they are refused with the line."""

import pytest

from tests.interchange.made import (
    COVARIANCE,
    FIRST_ROW,
    HEADER,
    LAST_ROW,
    LINES,
    ROW,
    VALID,
    changed,
    part,
    refusal,
)
from tocsin.interchange.oem import read_oem


def refused(folder, text):
    return refusal(read_oem, folder / "given.oem", text)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEADER + "META_STOP\n", 5, "META_STOP is out of its order; a header"),
        (HEADER + "COVARIANCE_START\n", 5, "COVARIANCE_START is out of its order; a header"),
        (HEADER + "1 2 3\n", 5, "'1 2 3' does not belong here; a header"),
        (HEADER, 3, "the file ends after this line; a header"),
        (changed(6, "META_START"), 6, "META_START is out of its order; lines of metadata"),
        (changed(6, "COVARIANCE_START"), 6, "COVARIANCE_START is out of its order; lines of metadata"),
        ("\n".join(LINES[:13]) + "\n" + part(0, 5), 14, "META_START is out of its order; rows of epoch"),
        (
            "\n".join(LINES[:13]) + "\n" + COVARIANCE,
            14,
            "COVARIANCE_START is out of its order; rows of epoch",
        ),
        ("\n".join(LINES[:13]) + "\nCOMMENT x", 13, "the file ends after this line; rows of epoch"),
        (
            VALID + COVARIANCE + ROW,
            LAST_ROW + 11,
            "does not belong here; META_START of another segment or the end",
        ),
        (
            VALID + COVARIANCE + "META_STOP",
            LAST_ROW + 11,
            "META_STOP is out of its order; META_START of another",
        ),
        (VALID + "COVARIANCE_STOP", LAST_ROW + 1, "COVARIANCE_STOP is out of its order; rows of epoch"),
        (
            VALID + "COVARIANCE_START\n" + part(0, 5),
            LAST_ROW + 2,
            "META_START is out of its order; EPOCH, COV_REF",
        ),
        (VALID + "META_START\n", LAST_ROW + 1, "the file ends after this line; lines of metadata"),
        (
            VALID + COVARIANCE[:-16],
            LAST_ROW + 9,
            "the file ends after this line; EPOCH, COV_REF_FRAME, rows of a cov",
        ),
    ],
)
def test_blocks_out_of_their_order_are_refused(tmp_path, text, line, words):
    told = refused(tmp_path, text)
    assert told.startswith(f"{line}: ")
    assert words in told


@pytest.mark.parametrize("end", range(1, LAST_ROW))
def test_a_file_that_ends_early_is_refused_with_its_last_line(tmp_path, end):
    text = "\n".join(LINES[:end])
    told = refused(tmp_path, text)
    line, what = told.split(": ", 1)
    if end < FIRST_ROW:
        assert int(line) == end - (end == 4)
        assert what.startswith("the file ends after this line; ")
        assert what.endswith(": get the whole file")
    else:
        assert (int(line), what[:23]) == (end, "the rows leave out " + f"{(LAST_ROW - end) * 60} s"[:4])
