"""How soon each class comes to each state, at full size: 40 flights of each class and aim, both networks."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tocsin.cli import main

FLIGHTS = 40


def soak() -> int:
    """Seed 1 at full size, or with so many flights; further arguments go to `tocsin study ladder`."""
    given = sys.argv[1:]
    flights = given.pop(0) if given and given[0].isdecimal() else str(FLIGHTS)
    return main(["study", "ladder", "--flights", flights, *given])


if __name__ == "__main__":
    raise SystemExit(soak())
