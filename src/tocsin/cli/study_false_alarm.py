"""`tocsin study false-alarm`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json, Seed, checked_seed
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.study.false_alarm.study import Study

WEIGHED, SPANS, SPLIT, LEAST = 60, 30, 24, 4  # windows each way, spans, and windows a level, as usual
ABOUT = (
    "error: 1 sigma of the rate over the windows drawn; at most: 95 %, by the windows alone, with what those "
    "without a false warning may hide (of a sum without the parts that are not bounded); the rates of what "
    "comes are assumed, their own errors not in it",
    "parts come to by levels: with few windows a level the rate told is mostly too low, and now and then far "
    "too high; the ends hold in some nine of ten runs (docs/design/false-alarms.md)",
    "independent: all parts without a common cause; beside: told apart, in no sum",
    "a false warning: a confirmed threat of what is no attack on protected ground",
    "tenfold: the rate with one assumed rate ten times as great, to first order",
    "trade: what the bar for a confirmed threat costs in warning; left: median from warning to impact of "
    "notional arcs toward open protected ground",
)


def study_false_alarm(
    *,
    effort: Annotated[
        float, Parameter(help="Windows drawn of a level, as a factor of the usual number.")
    ] = 1.0,
    least: Annotated[
        float, Parameter(help="A year: a rate below which no part is sought any further.")
    ] = 0.1,
    part: Annotated[
        tuple[str, ...], Parameter(help="A part of the study; may be given again. All unless given.")
    ] = (),
    seed: Seed = 0,
    check: Annotated[bool, Parameter(help="Check the method too, by brute force at raised rates.")] = False,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the study.")] = None,
    json: Json = False,
) -> int:
    """How often a year an attack would be told that is none: by part and cause, and what warning costs."""
    from tocsin.cli.falsealarmfigures import checks, plain
    from tocsin.cli.terminal import bar, print_json
    from tocsin.study.false_alarm.check import checked
    from tocsin.study.false_alarm.crowd import crowded
    from tocsin.study.false_alarm.levelcheck import levelled
    from tocsin.study.false_alarm.run import check_asked
    from tocsin.study.false_alarm.study import study

    check_picture(picture)
    seed = checked_seed(seed)
    if check and part:
        raise TocsinError("--check holds all parts against each other: leave --part out")
    check_asked(effort, part, least)
    processes = os.cpu_count() or 1
    with bar("drawing and watching windows") as tell:
        found = study(effort, seed, processes, tell, names=part, least=least)
    rows: list[dict[str, Any]] = []
    if check:
        with bar("checking the weights") as tell:
            weights = checked(max(2, round(WEIGHED * effort)), seed, processes, tell)
        with bar("checking the levels") as tell:
            levels = levelled(max(LEAST, round(SPLIT * effort)), seed, processes, tell)
        with bar("checking by everything at once") as tell:
            crowd = crowded(max(2, round(SPANS * effort)), seed, processes, tell)
        rows = checks(found, weights, levels, crowd)
    if json:
        print_json({**plain(found), "check": rows, "notes": list(ABOUT)})
    else:
        _tell(found, rows)
    if picture is not None:
        from tocsin.cli.falsealarmfigures import panels
        from tocsin.console.picture.falsealarm import draw_false_alarm

        draw_false_alarm(panels(found), picture)
    return 0


def _tell(found: Study, rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from tocsin.cli.falsealarmfigures import plain
    from tocsin.cli.terminal import screen

    out = screen()
    p = plain(found)
    out.print(
        f"[bold]False warnings of an attack[/], a year; seed {found.seed}, {p['windows']:,} windows watched",
        highlight=False,
    )
    table = Table(box=None, pad_edge=False)
    for title in ("what it comes of", "comes", "false warnings", "error", "at most", "event\nconfirmed"):
        table.add_column(title, justify="left" if title.startswith("what") else "right")
    for row in p["parts"]:
        name = f"    {row['name']}" + (" (beside)" if row["beside"] else "")
        table.add_row(
            name,
            "pairs" if row["pairs"] else f"{row['per_year']:.3g}",
            *_cells(row["alarms"]),
            _one(row["levels"][3]),
        )
    table.add_section()
    table.add_row("[bold]independent, together[/]", "", *_cells(p["independent"]), "")
    for cause, rate in p["causes"].items():
        table.add_row(f"[bold]{cause}[/]", "", *_cells(rate), "")
    out.print(table)
    notices = p["notices"]
    if notices["windows"]:
        out.print(
            f"\nNotices of one channel's nuisances: {notices['per_year']:,.0f} a year here; NORAD counted "
            f"{notices['published']:,} conferences in {notices['published_years']} years, "
            f"{notices['published'] / notices['published_years']:,.0f} a year",
            highlight=False,
        )
    _tell_tenfold(out, p["tenfold"])
    _tell_trade(out, p["trade"])
    if rows:
        _tell_check(out, rows)
    for line in ABOUT:
        out.print(f"    {line}", style="dim", markup=False)


def _cells(rate: dict[str, Any]) -> tuple[str, str, str]:
    share = rate["relative"]
    return _one(rate), "-" if share is None else f"{share:.0%}", _upper(rate)


def _upper(rate: dict[str, Any]) -> str:
    return "not bounded" if rate["upper"] is None else f"{rate['upper']:.2g}"


def _one(rate: dict[str, Any]) -> str:
    return f"{rate['per_year']:.2g}" if rate["per_year"] else "none seen"


def _tell_tenfold(out: Any, rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("ten times as many", "from", "independent", "common causes"):
        table.add_column(title, justify="left" if title.startswith("ten") else "right")
    for row in rows:
        table.add_row(row["rate"], f"{row['from']:g}", _one(row["independent"]), _one(row["common"]))
    out.print()
    out.print(table)


def _tell_trade(out: Any, rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("a confirmed threat needs", "false, a year", "at most", "attacks told", "minutes left"):
        table.add_column(title, justify="left" if title.startswith("a conf") else "right")
    for row in rows:
        left = "-" if row["left_min"] is None else f"{row['left_min']:.1f}"
        cells = (_one(row["false"]), _upper(row["false"]), f"{row['told']:.0%}", left)
        table.add_row(row["words"], *cells, style="bold" if row["ladder"] else "")
    out.print()
    out.print(table)


def _tell_check(out: Any, rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("check of", "level", "by brute force", "by the method", "off"):
        table.add_column(title, justify="left" if title in ("check of", "level") else "right")
    for row in rows:
        off = "-" if row["off"] is None else f"{row['off']:+.0%}"
        pairs = (f"{row[way]:.3g} ({row[way + '_error']:.2g})" for way in ("brute", "method"))
        table.add_row(row["check"], row["level"], *pairs, off)
    out.print()
    out.print(table)
