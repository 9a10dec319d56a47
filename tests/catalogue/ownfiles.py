"""What the tests of the user's own catalogue share: a radar, a satellite, an event."""

import dataclasses
from pathlib import Path

import pytest

from tocsin.catalogue.keeping import keep_radars
from tocsin.catalogue.tle import elements_of_tle
from tocsin.errors import TocsinError

RADAR = """\
[[radar]]
key = "MINE"
name = "A radar of mine"
centre = "russia"
band = "UHF"
lat_deg = 60
lon_deg = 30.5
az_start_deg = 300.0
az_end_deg = 60.0
source = "an exercise"
"""
# Cosmos 2563 as published, 31 July 2025.
SET = elements_of_tle(
    "1 54223U 22145A   25212.14688203 -.00000873  00000-0  00000-0 0  9993",
    "2 54223  63.5980 322.3565 7157437 269.0287  16.1450  2.00630709 20122",
)
SET = dataclasses.replace(SET, source="a friend")
EVENT = """\
name = "mine"
start_utc = "2025-07-20T00:00:00Z"

[[flight]]
vehicle = "icbm-solid"
launch = {{ lat_deg = 45.0, lon_deg = 166.0 }}
impact = {{ lat_deg = 67.0, lon_deg = 0.0 }}
loft = 1.0

[network]
satellites = [{satellites}]
radars = [{radars}]
"""


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "given.toml").write_text(text, encoding="utf-8")
    return tmp_path / "given.toml"


def refused(tmp_path: Path, text: str, source: str | None = None) -> list[str]:
    """What is told of a file of radars, without its path."""
    file = written(tmp_path, text)
    with pytest.raises(TocsinError) as told:
        keep_radars(file, source)
    assert all(p.startswith(f"{file}:") for p in told.value.problems)
    return [p.removeprefix(f"{file}:") for p in told.value.problems]
