"""Reads warning settings: the default, or a user's own TOML file."""

from __future__ import annotations

import tomllib
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.catalogue.borders import Borders, borders
from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.figures import DATA, load_table
from tocsin.catalogue.protected import Protected, WarningSettings, circle
from tocsin.catalogue.protectedrows import protected_problems
from tocsin.catalogue.strict import MAX_BYTES, read_table
from tocsin.catalogue.warningtables import WARNING_FILE, ProtectedTable, WarningTable

DEFAULT = "warning.toml"
STATES = ("possible", "probable", "confirmed")


@cache
def warning_settings() -> WarningSettings:
    """The default: Russia and China protected, figures assumed."""
    return read_warning(DATA / DEFAULT, borders())


def read_warning(path: Path, layer: Borders | None) -> WarningSettings:
    """The warning settings of a TOML file, checked; what its tables leave out is as in the default.

    layer: the borders that its countries are of; None, where they could not be read, checks no country.
    Raises TocsinError with every mistake found, each as `path:line: key: what, what to do`.
    """
    table = read_table(path, WarningTable, WARNING_FILE, partial(_further, layer))
    threshold = _merged(table.threshold.model_dump(exclude_none=True), "threshold")
    prior = _merged(table.prior.model_dump(exclude_none=True), "prior")
    odds = prior.get("odds")
    return WarningSettings(
        protected=tuple(_protected(row) for row in table.protected),
        **{state: float(threshold[state]) for state in (*STATES, "fall")},
        prior_low=float(prior["low"]),
        prior_high=float(prior["high"]),
        prior=None if odds is None else float(odds / (1.0 + odds)),
    )


def holds_warning(path: Path) -> bool:
    """Whether a TOML file has a table of warning settings, sound or not."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8")) if path.stat().st_size <= MAX_BYTES else {}
    except (OSError, ValueError, RecursionError):
        return False
    # An event has a list of codes under the same key.
    areas = raw.get("protected")
    tables = isinstance(areas, list) and any(isinstance(one, dict) for one in areas)
    return tables or any(key in raw for key in WarningTable.model_fields if key != "protected")


def _merged(given: dict[str, Any], table: str) -> dict[str, Any]:
    return {**load_table(DEFAULT)[table], **given}


def _protected(row: ProtectedTable) -> Protected:
    ring = None if row.ring is None else np.array(row.ring, dtype=np.float64)
    if row.centre is not None and row.radius_km is not None:
        ring = circle(row.centre[0], row.centre[1], row.radius_km)
    return Protected(row.name, tuple(row.countries or ()), ring)


def _further(layer: Borders | None, raw: dict[str, Any], found: list[Problem]) -> list[Problem]:
    wrong = {where[:2] for where, _ in found}
    return [
        *protected_problems(raw.get("protected"), wrong, layer),
        *_order(raw, found, "threshold", STATES, strictly=True),
        *_order(raw, found, "prior", ("low", "high"), strictly=False),
    ]


def _order(
    raw: dict[str, Any], found: list[Problem], table: str, names: tuple[str, ...], strictly: bool
) -> list[Problem]:
    """Figures of a table that do not rise in the order of their names."""
    given = raw.get(table, {})
    wrong = {where[1] if len(where) > 1 else None for where, _ in found if where[:1] == (table,)}
    if None in wrong:
        return []
    merged = _merged(given, table)
    told: list[Problem] = []
    for before, after in pairwise(name for name in names if name not in wrong):
        low, high = merged[before], merged[after]
        if low > high or (strictly and low == high):
            # At the one that was given, the later where both were.
            at, other, words = (after, before, "more") if after in given else (before, after, "less")
            least = f"{words} than" if strictly else f"at {'least' if words == 'more' else 'most'}"
            told.append(((table, at), f"is {merged[at]:g}; it must be {least} {other}, {merged[other]:g}"))
    return told
