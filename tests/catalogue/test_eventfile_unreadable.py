"""What a person is told of a file that is no event at all, and that nothing else is ever raised."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.eventfiles import GOOD, problems_of, told
from tests.catalogue.eventkinds import EVERY
from tocsin.catalogue import read_event
from tocsin.catalogue.plan import KINDS
from tocsin.errors import TocsinError


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name = \nflight = 1", "1: not TOML: invalid value; mend this line"),
        ('name = "a"\nname = "b"', "2: not TOML: cannot overwrite a value; mend this line"),
        ("a = 1\n\nb = [1,", "3: not TOML: "),
        (b"name = 1\n\x00", "2: not TOML: "),
        (b"name = 1\n\n\xff\xfe", "3: not text in UTF-8; give an event's TOML file"),
        (b"\x89PNG\r\n\x1a\n", "1: not text in UTF-8"),
        ("a = " + "[" * 20000, "not an event's TOML: a number too long or a list too deep; shorten it"),
        ("a = " + "1" * 9999, "not an event's TOML: a number too long or a list too deep; shorten it"),
        ("x" * 1_000_001, "is larger than 1000000 bytes; an event's TOML file is far smaller"),
        ("", "1: flight: is missing; add a [[flight]] table"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_not_an_event_at_all(tmp_path: Path, text: str | bytes, problem: str) -> None:
    assert told(tmp_path, text)[0].startswith(problem)


def test_windows_line_ends_keep_the_lines(tmp_path: Path) -> None:
    text = GOOD.replace("40.0", "95").replace("\n", "\r\n")
    assert told(tmp_path, text) == ["5: flight 1, launch.lat_deg: is 95; it must be at most 90"]


def test_a_file_that_is_not_there_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(TocsinError, match="no such file; give the path of an event's TOML file"):
        read_event(tmp_path / "none.toml")
    with pytest.raises(TocsinError, match="is not a file; give the path"):
        read_event(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "mine.toml").write_text(GOOD)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(TocsinError, match=r"cannot be read \(Permission denied\); give a file you may read"):
        read_event(tmp_path / "mine.toml")


@given(data=st.data())
def test_no_file_whatever_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = data.draw(st.sampled_from([GOOD, EVERY])).splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        value = data.draw(
            st.sampled_from(["1", "-1e999", "nan", '"x"', "[]", "{}", "true", "[{}]", "1979-05-27"])
        )
        pair, table = (
            f"{lines[at].split(' =')[0]} = {value}",
            f"[[{data.draw(st.sampled_from(list(KINDS)))}]]",
        )
        lines[at] = data.draw(
            st.sampled_from(["", pair, "[x]", table, f"a{at} = {value}"]) | st.text(max_size=12)
        )
    file = tmp_path_factory.getbasetemp() / "fuzz.toml"
    file.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert all(problem.startswith(str(file)) for problem in problems_of(file))
