"""The line of each key of a TOML text, checked against the standard parser."""

import tomllib
from typing import Any

import pytest

from tocsin.catalogue.figures import DATA
from tocsin.catalogue.keylines import Path, key_lines, line_of

TEXT = '''\
# a comment with key = 1
name = "x"
notes = [
    "a",
]
story = """
fake = 1
[fake]
"""
"quoted key".'inner' = 3

[network]  # header = comment
radars = ["MIS1"]

[[flight]]
vehicle = "srbm"
launch.lat_deg = 1.0
[flight.impact]
lat_deg = 2.0

[[flight]]
vehicle = "mrbm"
launch = { lat_deg = 1.0, lon_deg = 2.0 }
[[flight.tag]]
a = 1
[[flight.tag]]
a = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("notes",), 3),
        (("notes", 0), 3),
        (("story",), 6),
        (("quoted key", "inner"), 10),
        (("network",), 12),
        (("network", "radars", 0), 13),
        (("flight", 0), 15),
        (("flight", 0, "vehicle"), 16),
        (("flight", 0, "launch", "lat_deg"), 17),
        (("flight", 0, "impact", "lat_deg"), 19),
        (("flight", 1), 21),
        (("flight", 1, "launch", "lon_deg"), 23),
        (("flight", 1, "tag", 0, "a"), 25),
        (("flight", 1, "tag", 1, "a"), 27),
        (("flight", 1, "loft"), 21),
        (("nowhere",), 1),
    ],
)
def test_lines(path: Path, line: int) -> None:
    assert line_of(path, key_lines(TEXT)) == line


def test_nothing_inside_a_text_is_a_key() -> None:
    assert not [path for path in key_lines(TEXT) if "fake" in path]


def leaves(value: Any, path: Path = ()) -> list[Path]:
    if isinstance(value, dict):
        return [p for key, inner in value.items() for p in leaves(inner, (*path, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [p for number, inner in enumerate(value) for p in leaves(inner, (*path, number))]
    return [path]


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.toml")), ids=lambda f: f.name)
def test_every_key_of_our_own_files_is_found_on_a_line_that_holds_it(file: Any) -> None:
    text = file.read_text(encoding="utf-8")
    rows, found = text.splitlines(), key_lines(text)
    for path in leaves(tomllib.loads(text)):
        line = rows[line_of(path, found) - 1]
        assert any(str(part) in line for part in path[-2:]) or "stages" in path, (path, line)
