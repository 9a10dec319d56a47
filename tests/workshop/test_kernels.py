"""Compiled kernels are kept apart for each state of the source, so none answers for another."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tocsin import _kernels

PACKAGE = Path(_kernels.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package named tocsin: a kernel in one module, its constant in another."""
    folder = tmp_path / "src" / "tocsin"
    folder.mkdir(parents=True)
    for name in ("__init__.py", "_kernels.py"):
        shutil.copy(PACKAGE / name, folder / name)
    (folder / "constants.py").write_text("G = 9.0\n")
    (folder / "fall.py").write_text(
        "from numba import njit\n"
        "from tocsin.constants import G\n\n\n"
        "@njit('f8(f8)', cache=True)\n"
        "def speed(t):\n"
        "    return G * t\n"
    )
    return folder


def ask(package: Path, home: Path) -> list[str]:
    """The kernel's answer and its cache folder, in a process of its own."""
    ask = "import os; from tocsin.fall import speed; print(speed(2.0), os.environ['NUMBA_CACHE_DIR'])"
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(package.parent), "XDG_CACHE_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_changed_constant_is_not_answered_by_the_old_kernel(package: Path, tmp_path: Path) -> None:
    before = ask(package, tmp_path / "cache")
    # Of another length, for Python itself takes a file of the same size and second for unchanged.
    (package / "constants.py").write_text("G = 5.000\n")
    after = ask(package, tmp_path / "cache")
    assert (before[0], after[0]) == ("18.0", "10.0")
    assert before[1] != after[1]
    assert all(
        Path(folder).parent == tmp_path / "cache" / "tocsin" / "kernels" for _, folder in (before, after)
    )
    assert any(Path(after[1]).rglob("*.nbc"))


def test_the_key_follows_names_and_text_only(package: Path) -> None:
    key = _kernels.source_key(package)
    (package / "constants.py").touch()
    (package / "notes.txt").write_text("not code")
    (package / ".#constants.py").symlink_to("nowhere")
    assert _kernels.source_key(package) == key
    (package / "constants.py").rename(package / "numbers_.py")
    assert _kernels.source_key(package) != key


def test_what_no_kernel_can_hold_leaves_the_key_alone(package: Path) -> None:
    key = _kernels.source_key(package)
    (package / "faces.py").write_text("from tocsin.fall import speed\n")
    assert _kernels.source_key(package) == key
    (package / "far.py").write_text("FAR = 2.0\n")
    (package / "constants.py").write_text("from tocsin import (\n    far,\n)\nG = 9.0\n")
    after = _kernels.source_key(package)
    (package / "far.py").write_text("FAR = 3.0\n")
    assert len({key, after, _kernels.source_key(package)}) == 3


def test_the_kernels_of_this_package_are_all_found() -> None:
    sources = {p.relative_to(PACKAGE).as_posix() for p in _kernels.kernel_sources(PACKAGE)}
    assert sources >= {
        "earth/kernel.py",
        "earth/constants.py",
        "motion/fall.py",
        "motion/tableau.py",
        "track/assign.py",
    }
    assert not any(name.startswith(("cli/", "centre/", "exchange/")) for name in sources)


def test_a_folder_that_the_user_chose_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    _kernels.prepare()
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path)


def test_a_folder_that_another_source_chose_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "tocsin" / "kernels" / "0123456789abcdef"))
    _kernels.prepare()
    assert Path(os.environ["NUMBA_CACHE_DIR"]).name == _kernels.source_key(PACKAGE)


def test_a_relative_cache_home_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert _kernels.cache_root() == tmp_path / ".cache" / "tocsin" / "kernels"


def test_a_home_that_cannot_be_written_gets_a_passing_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = _kernels.make_folder(tmp_path / "file", "key")
    assert folder.is_dir()
    assert folder.parent == tmp_path


def test_the_newest_folders_and_those_in_use_are_kept(tmp_path: Path) -> None:
    for age_h, name in enumerate(("now", "in-use", "third", "fourth", "fifth")):
        (tmp_path / name).mkdir()
        moment = (tmp_path / "now").stat().st_mtime - 3600.0 * age_h
        os.utime(tmp_path / name, (moment, moment))
    _kernels.drop_old(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"now", "in-use", "third"}


def test_recent_folders_are_kept_however_many(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / name).mkdir()
    _kernels.drop_old(tmp_path)
    assert len(list(tmp_path.iterdir())) == 5


def test_waiting_threads_do_not_spin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY")
    _kernels.prepare()
    assert os.environ["OMP_WAIT_POLICY"] == "passive"
