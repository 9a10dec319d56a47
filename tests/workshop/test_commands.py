"""dev.py's commands: what is told of a mistake, and what is run."""

from pathlib import Path

import pytest

import dev
from workshop.environment import Environment
from workshop.terminal import StopError


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Set nothing up and run nothing; hold what would have been, in order."""
    seen: list[tuple[str, ...]] = []

    def become(*command: str | Path) -> int:
        seen.append(tuple(str(word) for word in command[1:]))
        return 7

    monkeypatch.setattr(dev, "set_up", lambda env, kind: seen.append((kind,)))
    monkeypatch.setattr(dev, "become", become)
    monkeypatch.chdir(dev.ROOT)
    return seen


def test_an_unknown_command_is_told_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert capsys.readouterr().err == "dev.py: no command 'tset'; did you mean test?\n"


def test_a_command_near_to_none_is_told_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["xyzzy"]) == 2
    assert "there are: demo, run, test, check, lock, bench" in capsys.readouterr().err


def test_no_command_lists_them_with_what_they_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name:7}{command.__doc__}" in shown for name, command in dev.COMMANDS.items())


def test_the_demo_needs_only_the_runtime_packages(started: list[tuple[str, ...]]) -> None:
    assert dev.main(["demo", "--seed", "3"]) == 7
    assert started == [("runtime",), ("-m", "tocsin", "demo", "--seed", "3")]


@pytest.mark.parametrize("args", [["run", "--", "events", "--json"], ["run", "events", "--json"]])
def test_run_passes_the_rest_to_tocsin(started: list[tuple[str, ...]], args: list[str]) -> None:
    assert dev.main(args) == 7
    assert started == [("runtime",), ("-m", "tocsin", "events", "--json")]


def test_the_tests_pass_their_arguments_and_exit_status_on(started: list[tuple[str, ...]]) -> None:
    assert dev.main(["test", "-k", "earth"]) == 7
    assert started == [("dev",), ("-m", "pytest", "-k", "earth")]


def test_what_is_missing_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(env: Environment, kind: str) -> None:
        raise StopError("the disk is full")

    monkeypatch.setattr(dev, "set_up", refuse)
    assert dev.main(["demo"]) == 1
    assert capsys.readouterr().err == "dev.py: the disk is full\n"


def test_an_interrupted_set_up_is_told_to_be_done_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(env: Environment, kind: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "set_up", interrupt)
    assert dev.main(["test"]) == 130
    assert "will be done again" in capsys.readouterr().err
