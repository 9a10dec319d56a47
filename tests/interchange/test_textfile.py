"""Text files of someone else's: every ending of lines, and what is no text, each with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.interchange import textfile
from tocsin.interchange.textfile import number, shown, text_lines

WHAT = "an OEM"


def lines_of(folder, data):
    file = folder / "file"
    file.write_bytes(data)
    return text_lines(file, WHAT)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_in_any_of_three_ways(tmp_path, end):
    assert lines_of(tmp_path, end.join([b"one", b"", b"three"])) == ["one", "", "three"]


def test_a_mark_of_byte_order_is_no_text(tmp_path):
    assert lines_of(tmp_path, b"\xef\xbb\xbfone") == ["one"]


def test_what_ends_no_line_in_an_editor_ends_none_here(tmp_path):
    assert lines_of(tmp_path, "a\fb\vc\x1cd\u2028e\x85f".encode()) == ["a\fb\vc\x1cd\u2028e\x85f"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\x00", 1),
        (b"one\ntwo\x00", 2),
        (b"one\r\ntwo\r\n\xff", 3),
        (b"one\rtwo\r\x80\r", 3),
        ("one\n".encode("utf-16"), 1),
        (b"\xcf\xc4\xc9\xce\n", 1),
        (b"\x89PNG\r\n\x1a\n\0", 1),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(tmp_path, data, line):
    with pytest.raises(TocsinError) as error:
        lines_of(tmp_path, data)
    assert str(error.value) == f"{tmp_path / 'file'}:{line}: not text in UTF-8; give an OEM"


def test_what_is_no_file_is_refused(tmp_path):
    for path, why in ((tmp_path / "none", "no such file"), (tmp_path, "is not a file")):
        with pytest.raises(TocsinError) as error:
            text_lines(path, WHAT)
        assert str(error.value) == f"{path}: {why}; give the path of an OEM"


def test_a_path_that_no_file_can_have_is_refused(tmp_path):
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(TocsinError):
            text_lines(tmp_path / name, WHAT)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("x")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(TocsinError, match=r"cannot be read \(Permission denied\); give a file you may read"):
        text_lines(file, WHAT)


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(textfile, "MAX_BYTES", 2_000_000)
    assert len(lines_of(tmp_path, b"x" * 2_000_000)[0]) == 2_000_000
    with pytest.raises(TocsinError, match="is larger than 2 MB; cut it"):
        lines_of(tmp_path, b"x" * 2_000_001)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_finite_number_is_read_as_python_writes_it(value):
    assert number(repr(value)) == value
    assert number(f"{value:.17e}") == value


@pytest.mark.parametrize(
    "text", ["", "nan", "NaN", "inf", "-Infinity", "1e999", "1_000", "1,5", "0x1", "1 2", "\u0661"]
)
def test_what_is_no_finite_number_is_none(text):
    assert number(text) is None


@given(st.text())
def test_what_is_shown_of_a_text_is_short_and_printable(text):
    told = shown(text)
    assert told.isprintable()
    assert len(told) <= 40
    assert told == text or not text.isprintable() or (told.endswith("...") and text.startswith(told[:-3]))
