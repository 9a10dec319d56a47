"""Which of several flights a report's first track is."""

from __future__ import annotations

import math
from typing import Any

from tocsin.cli.report import Report


def flights_of(report: Report) -> list[dict[str, Any]]:
    """The truth as a list, whatever the number of flights, none among them."""
    truth = report["truth"]
    return [truth] if isinstance(truth, dict) else list(truth)


def flight_of_first_track(report: Report) -> int:
    """The flight whose launch and impact lie nearest those of the first track; the first without a track."""
    flights = flights_of(report)
    if not (report["tracks"] and flights):
        return 0
    track = report["tracks"][0]
    return min(range(len(flights)), key=lambda k: _apart_deg(track, flights[k]))


def _apart_deg(track: dict[str, Any], flight: dict[str, Any]) -> float:
    """Degrees between the places that both have, on average; infinite where they have none in common."""
    apart = []
    for key in ("launch", "impact"):
        if track[key] is not None and flight[key] is not None:
            (a, b), (c, d) = _place(track[key]), _place(flight[key])
            cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
            apart.append(math.degrees(math.acos(max(-1.0, min(1.0, cosine)))))
    return sum(apart) / len(apart) if apart else math.inf


def _place(at: dict[str, Any]) -> tuple[float, float]:
    return math.radians(at["lat_deg"]), math.radians(at["lon_deg"])
