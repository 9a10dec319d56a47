"""The options that several commands take, and their limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, Token

from tocsin.errors import TocsinError

Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print one JSON object, and nothing else.")]


def _whole(_type: type, tokens: Sequence[Token]) -> int:
    """A whole number as it is written: 1.5 is a mistake, not 2."""
    text = tokens[0].value
    if not text.lstrip("-").isdecimal():
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


Seed = Annotated[
    int, Parameter(name="--seed", help="Which draw of the world: 0 or more.", converter=_whole, n_tokens=1)
]
OptionalSeed = Annotated[
    int | None,
    Parameter(
        name="--seed",
        help="Which draw of the world, 0 or more; each class as it is unless given.",
        converter=_whole,
        n_tokens=1,
    ),
]
EventWords = Annotated[str, Parameter(help="A built-in event's name, or the path of an event's TOML file.")]
RUNS = Path("tocsin-runs")
GREATEST_SEED = 2**63 - 1


def checked_seed(seed: int) -> int:
    """The seed, if it is one."""
    if not 0 <= seed <= GREATEST_SEED:
        raise TocsinError(f"--seed {seed} is not a seed: give a whole number from 0 to {GREATEST_SEED}")
    return seed


def checked_at(at: float | None) -> float | None:
    """The moment, if it is one."""
    if at is not None and not (math.isfinite(at) and at >= 0.0):
        raise TocsinError(f"--at {at:g} is not a moment of the run: give seconds after its start, 0 or more")
    return at
