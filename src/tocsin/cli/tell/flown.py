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
    published = told["published"]
    for line in [] if published is None else [published, *published["claims"]]:
        out.print(f"  {line.get('who', 'published')}: {line['source']}", style="dim", markup=False)
    for title, lines in (("To know", told["notes"]), ("Assumed", told["assumed"])):
        if lines:
            out.print()
            out.print(title, style="bold")
        for line in lines:
            out.print(f"  {line}", style="dim", markup=False)


def _table(told: dict[str, Any]) -> Table:
    table = Table(
        title="What flew; times after the start",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for name in ("", "kind", "name"):
        table.add_column(name)
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("ends", no_wrap=True)
    table.add_column("came off", justify="right")
    for row in told["flights"]:
        table.add_row(
            row["plan"],
            row["kind"],
            escape(row["name"]),
            clock(row["lift_off_s"]),
            clock(row["burnout_s"]),
            clock(row["apogee_s"]),
            *_sizes(row, row["flight_time_s"] or row["duration_s"]),
            _end(row),
            str(row["companions"] or DASH),
        )
    published = told["published"]
    for line in [] if published is None else [published, *published["claims"]]:
        who = f"claimed by {line['who']}" if "who" in line else "published"
        table.add_row(
            escape(who), "", "", DASH, DASH, DASH, *_sizes(line, line["flight_time_s"]), style="cyan"
        )
    return table


def _sizes(row: dict[str, Any], duration_s: float | None) -> tuple[str, str, str]:
    return figure(row["apogee_km"], 0), figure(row["range_km"], 0), clock(duration_s)


def _end(row: dict[str, Any]) -> str:
    at = row["impact"]
    if at is None:
        return str(row["end"])
    # Added to nothing, so that no zero has a minus sign.
    lat, lon = (round(at[key], 2) + 0.0 for key in ("lat_deg", "lon_deg"))
    return f"{row['end']} at {lat:.2f}, {lon:.2f}"
