"""What the package says of itself is what pyproject.toml says of it."""

import tomllib
from importlib import import_module
from pathlib import Path

import tocsin

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGE = ROOT / "src" / "tocsin"


def test_package_and_pyproject_give_the_same_version() -> None:
    assert tocsin.__version__ == PYPROJECT["project"]["version"]


def test_every_room_says_what_it_knows() -> None:
    rooms = [f"tocsin.{p.parent.name}" for p in PACKAGE.glob("*/__init__.py")]
    assert len(rooms) == 16
    assert [room for room in rooms if not import_module(room).__doc__] == []


def test_the_package_is_marked_as_typed() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_every_file_is_short_enough_to_hold_one_idea() -> None:
    python = [
        p for folder in ("src", "workshop", "tests", "benchmarks") for p in (ROOT / folder).rglob("*.py")
    ]
    assert [p.name for p in python if len(p.read_text(encoding="utf-8").splitlines()) > 250] == []
