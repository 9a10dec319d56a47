"""Published figures beside ours."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tocsin.cli.report import Report
from tocsin.cli.tell.words import DASH, figure
from tocsin.cli.whichflight import flight_of_first_track, flights_of

ROWS = (
    ("apogee km", "apogee_km", 1.0),
    ("range km", "range_km", 1.0),
    ("flight time min", "flight_time_s", 60.0),
)


def tell_published(out: Console, report: Report) -> None:
    """A column for what was published, for each claim that differs, for the simulated truth and for ours."""
    columns = _columns(report)
    if not columns:
        return
    table = Table(
        title="Published figures beside ours" if report["published"] else _title(report),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column("")
    for name, _ in columns:
        table.add_column(escape(name), justify="right")
    for words, key, unit in ROWS:
        sigma = report["tracks"][0]["apogee_sigma_km"] if key == "apogee_km" and report["tracks"] else None
        cells = [_cell(values, key, unit, sigma if name == "Tocsin" else None) for name, values in columns]
        table.add_row(words, *cells)
    out.print(table)
    published = report["published"]
    if published is not None:
        sources = [("published", published["source"])] + [
            (c["who"], c["source"]) for c in published["claims"]
        ]
        for who, source in sources:
            out.print(f"  {who}: {source}", style="dim", markup=False)


def _title(report: Report) -> str:
    return "The flight, and what was told of it" if flights_of(report) else "What was told; nothing flew"


def _columns(report: Report) -> list[tuple[str, dict[str, Any]]]:
    """The columns; none where nothing flew, and nothing was published or told of it."""
    published, flights = report["published"], flights_of(report)
    if not (published or flights or report["tracks"]):
        return []
    columns: list[tuple[str, dict[str, Any]]] = []
    if published is not None:
        columns.append(("published", published))
        columns += [(f"claimed by {claim['who']}", claim) for claim in published["claims"]]
    if flights:
        columns.append(("simulated truth", flights[flight_of_first_track(report)]))
    columns.append(("Tocsin", report["tracks"][0] if report["tracks"] else {}))
    return columns


def _cell(values: dict[str, Any], key: str, unit: float, sigma: float | None) -> str:
    value = values.get(key)
    if value is None:
        return DASH
    return figure(value / unit, 1 if unit != 1.0 else 0, sigma)
