"""What a hidden command hands back and what is shown meanwhile; how the checkout is linked in."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from workshop.environment import Environment, link
from workshop.terminal import LAST_LINES, step


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_step_gives_the_status_and_the_last_lines(capfd: pytest.CaptureFixture[str]) -> None:
    code, log = step("counting", python("import sys; print(*range(20), sep='\\n'); sys.exit(3)"))
    assert code == 3
    assert log.split() == [str(n) for n in range(20)][-LAST_LINES:]
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("  counting ...\n  counting: ")
    assert err.endswith(" s, without success\n")


def test_a_step_cannot_wait_for_an_answer() -> None:
    assert step("asking", python("input()"))[0] == 1


def test_a_step_has_the_environment_it_is_given() -> None:
    env = {**os.environ, "TOCSIN_TEST": "seen"}
    assert step("looking", python("import os; print(os.environ['TOCSIN_TEST'])"), env) == (0, "seen")


def test_the_checkout_is_importable_and_tocsin_is_a_command(tmp_path: Path) -> None:
    room = tmp_path / "src" / "tocsin" / "cli"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").touch()
    (room / "__init__.py").write_text("import sys\n\n\ndef main():\n    print(*sys.argv[1:])\n    return 5\n")
    env = Environment(tmp_path, tmp_path / ".venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", env.venv], check=True)
    link(env)
    assert (Path(sysconfig.get_path("purelib", "venv", {"base": str(env.venv)})) / "tocsin.pth").exists()
    done = subprocess.run([env.bin / "tocsin", "events"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (5, "events\n")
