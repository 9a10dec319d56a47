"""What a person should look at in a fit, whatever its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FAR = 4.0  # sigmas of its prior, beyond which a lasting error is named: one in 16,000 by chance
SMALL = 1e-4  # a misfit so small is no rarer than this by chance, or it is remarked on
NAMED = 3  # outliers told in words; all are in the JSON


def far_errors(station: str, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Each lasting error that lies beyond FAR sigmas of its prior; rows as of `error_rows`."""
    return [
        f"lasting error of {station}: {row['name']} {row['value']:+.3g} {row['unit']} is "
        f"{abs(row['prior_sigmas']):.1f} sigma of its prior ({row['prior_sigma']:.3g} {row['unit']}) from 0: "
        "the station, its time, the noise or that prior may be wrong"
        for row in rows
        if abs(row["prior_sigmas"]) > FAR
    ]


def small_misfit(low_tail: float) -> list[str]:
    """A misfit that is too small for the noise given; low_tail: how rare so little or less is by chance."""
    if not low_tail < SMALL:
        return []
    rare = f"{low_tail:.1g}" if low_tail > 1e-12 else "under 1e-12"
    return [
        f"so small a misfit is rare by chance ({rare}): the noise given is too large, or smoothed looks are "
        "taken for single ones; it can hide a wrong station or arc"
    ]


def outliers(found: Sequence[dict[str, Any]]) -> list[str]:
    """The values that were taken for outliers, as of `fitfigures`; the first few by their place."""
    if not found:
        return []
    each = ", ".join(f"{o['place']} {o['channel']} {o['sigmas']:+.1f} sigma" for o in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    few = "value counts" if len(found) == 1 else "values count"
    return [f"{len(found)} {few} less than half, as noise with tails has them: {each}{more}"]
