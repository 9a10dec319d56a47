"""An OEM with anything done to it is read, or refused with its line; nothing else happens."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.made import COVARIANCE, HEADER, VALID, clock, part
from tocsin.errors import TocsinError
from tocsin.interchange.gaps import refined
from tocsin.interchange.oem import read_oem

WHOLE = (
    HEADER
    + part(0, 6, USEABLE_START_TIME=clock(60.0), USEABLE_STOP_TIME=clock(240.0))
    + COVARIANCE
    + part(2, 8, USEABLE_START_TIME=clock(300.0), REF_FRAME="ITRF97")
)
LINES = WHOLE.split("\n")
WORDS = sorted(
    {*re.findall(r"\S+", WHOLE + COVARIANCE)} | {"TEME", "EME2000", "GPS", "TAI", "NaN", "-inf", "1e308"}
)
ODD = [
    "",
    "\0",
    "\x1b",
    "=",
    "META_START",
    "COVARIANCE_START",
    "EPOCH =",
    "COMMENT",
    "9999-366T23:59:60",
    "\ud7ff",
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("oem") / "given.oem"


def what_becomes_of(file, data):
    """The ephemerides, as sound as they are promised to be, or None where the file is refused."""
    file.write_bytes(data)
    try:
        found = read_oem(file)
    except TocsinError as error:
        problems = error.problems
    else:
        for one in found:
            assert_is_sound(one)
        return found
    for problem in problems:
        assert re.match(rf"{file}:(\d+): \S.*[;:] \S", problem), problem
        line = int(problem.removeprefix(f"{file}:").split(":")[0])
        assert 1 <= line <= 1 + len(re.split(rb"\r\n|\r|\n", data))
        assert problem.isprintable()
    return None


def assert_is_sound(one):
    n = len(one.t)
    assert n >= 4
    assert one.r_ecef.shape == one.v_ecef.shape == (n, 3)
    assert np.isfinite(one.t).all()
    assert np.isfinite(one.r_ecef).all()
    assert np.isfinite(one.v_ecef).all()
    assert (np.diff(one.t) > 0.0).all()
    assert one.t[0] <= one.useable_start <= one.useable_stop <= one.t[-1]
    assert np.isfinite(refined(one).r_ecef).all()


def same(found, others):
    return len(found) == len(others) and all(
        np.array_equal(getattr(one, key), getattr(other, key))
        for one, other in zip(found, others, strict=True)
        for key in ("t", "r_ecef", "v_ecef", "useable_start", "useable_stop")
    )


def test_the_whole_file_is_read(file):
    (one,) = what_becomes_of(file, WHOLE.encode())
    assert len(one.t) == 9


@settings(max_examples=80)
@given(st.integers(0, len(WHOLE.encode()) - 1), st.binary(max_size=3), st.integers(0, 40))
def test_bytes_changed(file, at, new, gone):
    data = WHOLE.encode()
    what_becomes_of(file, data[:at] + new + data[at + gone :])


@settings(max_examples=60)
@given(st.integers(0, len(LINES) - 1), st.data())
def test_a_word_changed(file, line, data):
    words = LINES[line].split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = data.draw(
        st.sampled_from(WORDS) | st.sampled_from(ODD) | st.floats().map(repr) | st.text(max_size=9)
    )
    what_becomes_of(file, "\n".join([*LINES[:line], " ".join(words), *LINES[line + 1 :]]).encode())


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES))), min_size=1, max_size=3)
)
def test_lines_moved_repeated_and_left_out(file, moves):
    lines = [*LINES]
    for there, here in moves:
        taken = lines[there % len(lines)]
        lines = lines[:here] + [taken] * (here % 3) + lines[here + 1 :]
        lines = lines or [""]
    what_becomes_of(file, "\n".join(lines).encode())


@given(st.integers(0, VALID.rindex(" ") + 1))
def test_a_file_cut_off_is_refused(file, end):
    assert what_becomes_of(file, VALID[:end].encode()) is None


def read_whole(file):
    file.write_text(WHOLE)
    return read_oem(file)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES)), st.sampled_from(["", " ", "\t", "COMMENT", "COMMENT X = 1"])),
        max_size=6,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\n", "\n\n \n"]),
)
def test_blank_lines_comments_and_endings_change_nothing(file, added, ending, last):
    lines = [*LINES]
    for at, text in sorted(added, reverse=True):
        lines.insert(at, text)
    text = ending.join(lines) + last
    assert same(what_becomes_of(file, text.encode()), read_whole(file))


@settings(max_examples=40)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode()))
def test_what_was_no_oem_ever_is_refused(file, data):
    assert what_becomes_of(file, data) is None


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_text_after_a_sound_file_is_read_or_refused(file, text):
    what_becomes_of(file, (VALID + text).encode("utf-8", "surrogatepass"))
