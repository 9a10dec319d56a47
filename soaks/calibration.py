"""The study of calibration at full size: 20,000 flights of the held-out world."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tocsin.cli import main

FLIGHTS = 20_000


def soak() -> int:
    """Seed 0 at full size, or with so many flights; further arguments go to `tocsin study calibration`."""
    given = sys.argv[1:]
    flights = given.pop(0) if given and given[0].isdecimal() else str(FLIGHTS)
    return main(["study", "calibration", "--flights", flights, *given])


if __name__ == "__main__":
    raise SystemExit(soak())
