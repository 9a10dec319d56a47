"""Three ways to make an environment with the locked packages, each in an empty home with no cache.

`python3 dev.py bench installing [ROUNDS]`
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
FIRST_USE = "import numba, matplotlib.pyplot, shapely, pydantic, cyclopts, rich, erfa, sgp4.api, cryptography"
HERE = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom pathlib import Path\n"
DEV_PY = HERE + (
    "from workshop.environment import Environment, set_up\n"
    f"set_up(Environment(Path({str(ROOT)!r}), Path('venv').absolute()), 'runtime')"
)


def with_pip(*flags: str) -> list[list[str]]:
    """The commands that make ./venv with pip alone."""
    pip = ["venv/bin/python", "-m", "pip", "install", "--no-deps", "--require-hashes", *flags]
    return [[sys.executable, "-m", "venv", "venv"], [*pip, "-r", str(LOCK)]]


WAYS = {
    "pip install": with_pip(),
    "pip install --no-compile": with_pip("--no-compile"),
    "dev.py": [[sys.executable, "-c", DEV_PY]],
}


def seconds(commands: list[list[str]]) -> tuple[float, float]:
    """Wall time of the installation, and of the first import after it."""
    with tempfile.TemporaryDirectory() as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "XDG_"))}
        env["HOME"] = folder
        start = time.perf_counter()
        for command in commands:
            subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
        installed = time.perf_counter()
        subprocess.run(["venv/bin/python", "-c", FIRST_USE], cwd=folder, env=env, check=True)
        return installed - start, time.perf_counter() - installed


def main(rounds: int) -> None:
    """Print the median seconds of each way and their ratio to plain pip."""
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for turn in range(rounds):
        for way in list(WAYS)[:: 1 if turn % 2 == 0 else -1]:
            taken[way].append(seconds(WAYS[way]))
    base = median(sum(both) for both in taken["pip install"])
    print("| way | installing, s | first import, s | both, against pip |\n|---|---|---|---|")
    for way, times in taken.items():
        install, first = (median(column) for column in zip(*times, strict=True))
        both = median(sum(pair) for pair in times)
        print(f"| {way} | {install:.1f} | {first:.1f} | {both / base:.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
