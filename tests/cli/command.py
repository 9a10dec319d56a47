"""Running the command as a person does: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_S = 300.0


def environment() -> dict[str, str]:
    """This process's, with the package on the path."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def tocsin(*words: str, cwd: Path, code: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `tocsin WORDS` in a folder; code: Python to run in its place, given the words."""
    start = ["-c", code] if code is not None else ["-m", "tocsin"]
    return subprocess.run(
        [sys.executable, *start, *words],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
