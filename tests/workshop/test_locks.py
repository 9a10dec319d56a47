"""The lock files pin everything by hash, name no place to fetch it from, and agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest

from workshop.installer import entry_of, package_names

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[\w.-]+==[^\\\n]+", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_its_hash(lock: str) -> None:
    line = re.compile(r"[\w.-]+==[\w.+]+( ; [\w'. <>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [text for text in (ROOT / lock).read_text().splitlines() if not line.fullmatch(text)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert text.count("==") > 30
    assert [name for name in package_names(text) if "--hash=sha256:" not in entry_of(name, text)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_named(lock: str) -> None:
    assert not re.search(r"://|@|--index|--find-links|#", (ROOT / lock).read_text())


def test_the_dev_lock_holds_the_runtime_lock() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock") <= pins("requirements-bench.lock")


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PYPROJECT["dependency-groups"]["dev"]),
        ("requirements-bench.lock", PYPROJECT["dependency-groups"]["bench"]),
    ],
)
def test_every_dependency_is_locked(lock: str, wanted: list[str]) -> None:
    names = [re.split(r"[<>=~!;\[ ]", requirement)[0] for requirement in wanted]
    assert set(names) <= set(package_names((ROOT / lock).read_text()))


def test_scipy_is_not_needed_at_run_time() -> None:
    assert "scipy" not in package_names((ROOT / "requirements.lock").read_text())
