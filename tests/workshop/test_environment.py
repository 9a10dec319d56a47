"""The environment is made once, again when what it depends on changes, and never over a stranger's folder."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from workshop import environment
from workshop.environment import Environment, set_up
from workshop.terminal import StopError

Usage = namedtuple("Usage", "total used free")


class Workplace:
    """A small checkout in which making and installing are recorded and not done."""

    def __init__(self, folder: Path) -> None:
        self.env = Environment(folder, folder / ".venv")
        self.done: list[str] = []
        self.fails_at = ""
        self.env.lock("runtime").write_text("numpy==2\n")
        self.env.lock("dev").write_text("numpy==2\npytest==9\n")

    def step(self, what: str, command: list[str]) -> tuple[int, str]:
        self.done.append(what)
        if self.fails_at == what:
            return 1, "no space in the sky"
        self.env.bin.mkdir(parents=True)
        self.env.python.touch(mode=0o755)
        return 0, ""

    def install(self, lock: Path, *rest: object) -> None:
        self.done.append(lock.name)
        if self.fails_at == lock.name:
            raise KeyboardInterrupt


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    workplace = Workplace(tmp_path)
    monkeypatch.setattr(environment, "step", workplace.step)
    monkeypatch.setattr(environment, "install", workplace.install)
    monkeypatch.setattr(environment, "link", lambda env: None)
    return workplace


FRESH = ["making the environment", "requirements.lock"]


def test_a_second_start_does_no_set_up_again(place: Workplace) -> None:
    set_up(place.env, "runtime")
    set_up(place.env, "runtime")
    assert place.done == FRESH


def test_a_changed_lock_file_is_set_up_afresh(place: Workplace) -> None:
    set_up(place.env, "runtime")
    place.env.lock("runtime").write_text("numpy==3\n")
    left_over = place.env.venv / "old"
    left_over.mkdir()
    set_up(place.env, "runtime")
    assert place.done == FRESH * 2
    assert not left_over.exists()


def test_another_python_is_set_up_afresh(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(place.env, "runtime")
    monkeypatch.setattr(environment.sys, "version", "3.99")
    set_up(place.env, "runtime")
    assert place.done == FRESH * 2


def test_an_environment_without_its_python_is_set_up_afresh(place: Workplace) -> None:
    set_up(place.env, "runtime")
    place.env.python.unlink()
    set_up(place.env, "runtime")
    assert place.done == FRESH * 2


def test_the_tests_add_to_the_demo_environment_and_serve_both(place: Workplace) -> None:
    set_up(place.env, "runtime")
    set_up(place.env, "dev")
    set_up(place.env, "runtime")
    assert place.done == [*FRESH, "requirements-dev.lock"]


def test_an_interrupted_set_up_is_done_again_from_the_start(place: Workplace) -> None:
    set_up(place.env, "runtime")
    place.fails_at = "requirements-dev.lock"
    with pytest.raises(KeyboardInterrupt):
        set_up(place.env, "dev")
    assert not place.env.has("runtime")
    place.fails_at = ""
    set_up(place.env, "dev")
    assert place.done[-2:] == ["making the environment", "requirements-dev.lock"]
    assert place.env.has("runtime")


def test_a_folder_that_dev_py_did_not_make_is_left_alone(place: Workplace) -> None:
    precious = place.env.venv / "precious"
    precious.mkdir(parents=True)
    with pytest.raises(StopError, match="did not make it"):
        set_up(place.env, "runtime")
    assert precious.exists()


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_the_package(
    place: Workplace, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == missing else name)
    with pytest.raises(StopError, match="apt install python3-venv"):
        set_up(place.env, "runtime")
    assert not place.env.venv.exists()


def test_too_little_disk_is_told_in_megabytes(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5_000_000))
    with pytest.raises(StopError, match=r"needs 600 MB of disk; 5 MB are free"):
        set_up(place.env, "runtime")
    assert place.done == []


def test_a_place_that_cannot_be_written_is_told_another_way(place: Workplace) -> None:
    (place.env.checkout / "file").touch()
    beyond = Environment(place.env.checkout, place.env.checkout / "file" / ".venv")
    with pytest.raises(StopError, match=r"cannot write the environment.*(\n.*)TOCSIN_VENV="):
        set_up(beyond, "runtime")


def test_a_failure_of_venv_is_told_in_its_own_words(place: Workplace) -> None:
    place.fails_at = "making the environment"
    with pytest.raises(StopError, match="no space in the sky"):
        set_up(place.env, "runtime")
    assert not place.env.has("runtime")
