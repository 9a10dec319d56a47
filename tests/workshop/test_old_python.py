"""A Python too old for Tocsin reads dev.py, and is told what to do."""

import ast
import subprocess
import sys
from pathlib import Path

DEV = Path(__file__).resolve().parents[2] / "dev.py"


def test_python_3_6_can_parse_it() -> None:
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_which_one_is_needed() -> None:
    pretend = (
        "import runpy, sys\n"
        "sys.version_info = (3, 9, 18, 'final', 0)\n"
        "sys.version = '3.9.18 (main)'\n"
        f"runpy.run_path({str(DEV)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Tocsin needs Python 3.11 or later; this is Python 3.9.18 (")
    assert "Traceback" not in done.stderr


def test_a_later_python_goes_on() -> None:
    done = subprocess.run([sys.executable, DEV, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("usage: python3 dev.py COMMAND")
