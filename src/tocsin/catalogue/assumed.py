"""Figures that nobody has published: a default, the range in which it may plausibly lie, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Any, final

from tocsin.errors import TocsinError


@final
@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumed figure of a set of parameters: its value there, the plausible range, unit and reason."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    note: str


def assumed(default: float, low: float, high: float, unit: str, note: str, zero: bool = False) -> Any:
    """A dataclass field of an assumed figure: default, plausible range, unit and what it is.

    The range is for sweeps and is not enforced; `zero` says that 0 is possible as well (see `check_assumed`).
    """
    about = {"low": low, "high": high, "unit": unit, "note": f"assumed: {note}", "zero": zero}
    return field(default=default, metadata=about)


def assumptions(parameters: Any) -> tuple[Assumption, ...]:
    """The assumed figures of a dataclass whose fields were made by `assumed`, in their order."""
    return tuple(
        Assumption(
            f.name, getattr(parameters, f.name), *(f.metadata[k] for k in ("low", "high", "unit", "note"))
        )
        for f in fields(parameters)
        if "note" in f.metadata
    )


def check_assumed(parameters: Any) -> None:
    """Raise TocsinError for every figure that is no number above 0, or from 0 where that is possible."""
    problems = []
    for f in fields(parameters):
        if "note" not in f.metadata:
            continue
        value, zero = getattr(parameters, f.name), f.metadata["zero"]
        if not (math.isfinite(value) and (value > 0.0 or (zero and value == 0.0))):
            problems.append(
                f"{type(parameters).__name__}.{f.name} = {value:g} is impossible: give a number "
                f"{'from' if zero else 'above'} 0 (plausible: {f.metadata['low']:g} to "
                f"{f.metadata['high']:g}{' ' + f.metadata['unit'] if f.metadata['unit'] else ''})"
            )
    if problems:
        raise TocsinError(problems)
