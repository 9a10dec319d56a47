"""A sensor's parameters as a table, what is assumed of them marked."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tocsin.cli.sensorfigures import NONE_GIVEN
from tocsin.cli.tell.words import DASH

# Larger and smaller names of a unit: from which size on, in the unit itself, and how many of it that is.
SCALES = {
    "Hz": ((1e6, 1e6, "MHz"), (1e3, 1e3, "kHz")),
    "m": ((1e4, 1e3, "km"),),
    "s": ((7200.0, 3600.0, "h"), (0.1, 1.0, "s"), (1e-3, 1e-3, "ms"), (0.0, 1e-6, "\u00b5s")),
    "rad": ((0.02, math.pi / 180.0, "deg"), (1e-3, 1e-3, "mrad"), (0.0, 1e-6, "\u00b5rad")),
}
WORDS = {"az": "azimuth", "el": "elevation", "lat": "latitude", "lon": "longitude", "min": "least", "utc": ""}
WORDS |= {"max": "greatest", "norad": "NORAD number", "raan": "ascending node", "argp": "argument of perigee"}
ENDS = (
    "_db_per_deg",
    "_rev_day2",
    "_rev_day",
    "_deg",
    "_rad",
    "_m2",
    "_km",
    "_hz",
    "_db",
    "_m_s",
    "_m",
    "_s",
    "_k",
)
HUE = {"stated": "", "assumed": "yellow", "hypothetical": "magenta"}
MARK = {"stated": "", "assumed": "*", "hypothetical": "?"}
LEGEND = (
    "* assumed, wholly or in part: no one has published it; plausible: the range to sweep. "
    "? hypothetical: the station itself is published nowhere."
)


def tell_sensor(out: Console, told: dict[str, Any]) -> None:
    """The table, what the marks mean, and what to know."""
    badge = "HYPOTHETICAL" if told["hypothetical"] else told["kind"].upper()
    out.print()
    out.print(
        f"[black on yellow] {badge} [/] [bold]{escape(told['name'])}[/]  {escape(told['sensor'])}  "
        f"on {told['date_utc']}"
    )
    out.print()
    out.print(_table(told["parameters"]))
    out.print(LEGEND, style="dim", markup=False)
    if told["notes"]:
        out.print()
        out.print("To know", style="bold")
    for line in told["notes"]:
        out.print(f"  {line}", style="dim", markup=False)


def shown(name: str, value: Any, low: float | None, high: float | None, unit: str) -> tuple[str, str]:
    """A figure with its unit, and its range in the same one, as a person reads them."""
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if name == "norad" or not isinstance(value, int | float):
        return DASH if value is None else str(value), ""
    size, shown_in = 1.0, unit
    for least, one, words in SCALES.get(unit, ()):
        if value and abs(value) >= least:
            size, shown_in = one, words
            break
    span = "" if low is None or high is None else f"{_number(low / size)} to {_number(high / size)}"
    return f"{_number(value / size)} {shown_in}".rstrip(), span


def words_of(name: str) -> str:
    """A field's name as words, without its unit."""
    end = next((e for e in ENDS if name.endswith(e)), "")
    parts = name.removesuffix(end).split("_")
    return " ".join(w for w in (WORDS.get(p, p) for p in parts) if w)


def _number(value: float) -> str:
    """At most six digits; thousands apart, powers of ten only for what is very small."""
    size = abs(value)
    if size >= 1e3:
        return f"{value:,.6g}" if size < 1e6 else f"{value:,.0f}"
    return f"{value:.6g}" if size >= 1e-3 or size == 0.0 else f"{value:.3g}"


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("parameter", no_wrap=True)
    table.add_column("value", overflow="fold", max_width=26)
    table.add_column("plausible", no_wrap=True)
    table.add_column("source", overflow="fold")
    group = ""
    counts = Counter((row["group"], words_of(row["name"])) for row in rows)
    for row in rows:
        # Nothing is said by a date that is not given, nor by a station's being none of the hypothetical.
        if row["value"] is False or row["source"] == NONE_GIVEN:
            continue
        name = words_of(row["name"])
        if counts[row["group"], name] > 1:
            name += f", {row['unit'] or 'share'}"
        if row["group"] != group:
            group = row["group"]
            table.add_row("", f"[bold]{words_of(group)}[/]")
        value, span = shown(row["name"], row["value"], row["low"], row["high"], row["unit"])
        hue = HUE[row["standing"]]
        source = escape(row["source"])
        table.add_row(
            MARK[row["standing"]],
            f"  {name}",
            escape(value),
            span,
            f"[{hue}]{source}[/]" if hue else source,
        )
    return table
