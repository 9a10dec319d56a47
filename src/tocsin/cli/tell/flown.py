"""What flew, one row an object, beside what was published."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tocsin.cli.tell.words import DASH, clock, figure

COLUMNS = ("lift-off", "burnout", "apogee", "apogee km", "range km", "duration")


def tell_flown(out: Console, told: dict[str, Any]) -> None:
    """The table, the published figures below it, then notes and what is assumed."""
    how = "each class as it is" if told["seed"] is None else f"seed {told['seed']}"
    out.print()
    out.print(
        f"[black on yellow] FLOWN [/] [bold]{escape(told['title'])}[/]  start {told['start_utc']}  {how}"
    )
    out.print()
    out.print(_table(told))
    for who, line in _claims(told):
        by = f"{who}, by {line['who']}" if "who" in line else who
        out.print(f"  {by}: {line['source']}", style="dim", markup=False)
    for title, lines in (("To know", told["notes"]), ("Assumed", told["assumed"])):
        if lines:
            out.print()
            out.print(title, style="bold")
        for line in lines:
            out.print(f"  {line}", style="dim", markup=False)


def _table(told: dict[str, Any]) -> Table:
    table = Table(
        title="What flew: times after the start, and how many objects came off it",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column("", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column("name", overflow="fold")
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("ends", no_wrap=True)
    table.add_column("off", justify="right")
    for number, row in enumerate(told["flights"], start=1):
        table.add_row(
            str(number),
            row["kind"],
            escape(row["name"]),
            clock(row["lift_off_s"]),
            clock(row["burnout_s"]),
            clock(row["apogee_s"]),
            *_sizes(row, row["flight_time_s"] or row["duration_s"]),
            _end(row),
            str(row["companions"] or DASH),
        )
    for who, line in _claims(told):
        table.add_row(who, "", "", DASH, DASH, DASH, *_sizes(line, line["flight_time_s"]), style="cyan")
    return table


def _claims(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What was published, and each claim that differs from it, with what its row is called."""
    published = told["published"]
    if published is None:
        return []
    return [
        ("published", published),
        *((f"claim {k}", c) for k, c in enumerate(published["claims"], start=1)),
    ]


def _sizes(row: dict[str, Any], duration_s: float | None) -> tuple[str, str, str]:
    return figure(row["apogee_km"], 0), figure(row["range_km"], 0), clock(duration_s)


def _end(row: dict[str, Any]) -> str:
    at = row["impact"]
    if at is None:
        return str(row["end"])
    # Added to nothing, so that no zero has a minus sign.
    lat, lon = (round(at[key], 1) + 0.0 for key in ("lat_deg", "lon_deg"))
    return f"{row['end']} at {lat:.1f}, {lon:.1f}"
