"""What radars hear of the bodies that fly, where an event supposes that it is not all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tocsin.catalogue.event import Heard
from tocsin.errors import TocsinError
from tocsin.motion.path import Path


def heard(bodies: tuple[Path, ...], supposed: tuple[Heard, ...], t_start: float) -> tuple[Path, ...]:
    """The bodies as radars have them: all, or those that are supposed, in the times that are.

    A body supposed for several times is there once for each. Raises TocsinError for a body that does not
    fly, or not at that time.
    """
    if not supposed:
        return bodies
    by_name = {path.name: path for path in bodies}
    problems = [
        f"network.heard {number}: no body {row.body!r} flies; there are: {', '.join(by_name)}"
        for number, row in enumerate(supposed, start=1)
        if row.body not in by_name
    ]
    if problems:
        raise TocsinError(problems)
    return tuple(
        _cut(by_name[row.body], number, row, t_start) for number, row in enumerate(supposed, start=1)
    )


def _cut(path: Path, number: int, row: Heard, t_start: float) -> Path:
    """The part of a path from and until the times of a row."""
    first = max(float(path.t[0]), t_start + row.from_s)
    last = float(path.t[-1]) if row.until_s is None else min(float(path.t[-1]), t_start + row.until_s)
    inside = (path.t >= first) & (path.t <= last)
    if inside.sum() < 2:
        raise TocsinError(
            f"network.heard {number}: {row.body!r} flies from {path.t[0] - t_start:,.0f} to "
            f"{path.t[-1] - t_start:,.0f} s after the start; give from_s and until_s within that"
        )
    rows = np.flatnonzero(inside)
    return replace(
        path, t=path.t[rows], r_ecef=path.r_ecef[rows], v_ecef=path.v_ecef[rows], power=path.power[rows]
    )
