"""The study of false warnings at full size, with both checks of its method."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tocsin.cli import main

EFFORT, LEAST = "6", "1e-5"


def soak() -> int:
    """Seed 0 at full size, or at so many times the usual; further arguments go to the study."""
    given = sys.argv[1:]
    effort = given.pop(0) if given and not given[0].startswith("-") else EFFORT
    return main(["study", "false-alarm", "--effort", effort, "--least", LEAST, "--check", *given])


if __name__ == "__main__":
    raise SystemExit(soak())
