"""A good event file, and what is told of a file made from it."""

from pathlib import Path

from tocsin.catalogue import read_event
from tocsin.errors import TocsinError

GOOD = """\
name = "mine"
start_utc = "2025-07-15T00:00:00Z"
[[flight]]
vehicle = "icbm-liquid"
launch = { lat_deg = 40.0, lon_deg = 170.0 }
bearing_deg = 90.0
apogee_km = 1000.0
range_km = 6000.0
[network]
hypothetical = true
"""


def problems_of(file: Path) -> tuple[str, ...]:
    try:
        read_event(file)
    except TocsinError as error:
        return error.problems
    return ()


def told(folder: Path, text: str | bytes) -> list[str]:
    """The problems of a file with this content, without its path."""
    file = folder / "mine.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = problems_of(file)
    assert all(problem.startswith(f"{file}:") for problem in problems)
    return [problem.removeprefix(f"{file}:").strip() for problem in problems]
