"""The whole tale of a run, in order."""

from __future__ import annotations

import math
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from tocsin.catalogue import Event
from tocsin.centre.event import CentreEvent
from tocsin.centre.replay import Replay
from tocsin.cli.knownby import histories
from tocsin.cli.pictures import known_by_then
from tocsin.cli.report import Report
from tocsin.cli.tell.outlook import tell_outlook
from tocsin.cli.tell.published import tell_published
from tocsin.cli.tell.sharing import tell_sharing
from tocsin.cli.tell.sharpening import sharpening_table
from tocsin.cli.tell.stereo import stereo_sentence
from tocsin.cli.tell.timeline import timeline_table
from tocsin.cli.tell.why import tell_why
from tocsin.cli.watch import why_no_track
from tocsin.cli.whichflight import flights_of

PICTURE = "picture.png"


def tell_run(
    out: Console, event: Event, events: tuple[CentreEvent, ...], report: Report, folder: Path
) -> None:
    """Timeline, assessment, what lies ahead, published figures, both centres, stereo, notes, the files."""
    _heading(out, report)
    out.print(timeline_table(report))
    out.print()
    _sharpening(out, event, events, report)
    tell_outlook(out, report)
    for words in report["contradictions"]:
        out.print(f"[bold yellow]contradiction[/]  {escape(words)}")
        out.print()
    tell_published(out, report)
    out.print()
    tell_sharing(out, report)
    out.print()
    out.print(stereo_sentence(report), markup=False)
    _notes(out, report)
    _files(out, folder)


def tell_replay(out: Console, report: Report, outcome: Replay, folder: Path) -> None:
    """The timeline as replayed, and whether it is the same."""
    _heading(out, report, "REPLAY")
    out.print(timeline_table(report))
    out.print()
    counts = ", ".join(f"{n:,} of {centre}" for centre, n in outcome.counts.items())
    if outcome.identical:
        out.print(
            f"[bold green]identical[/]: each event the same, bit for bit ({counts}), in {escape(str(folder))}"
        )
    else:
        out.print(f"[bold red]different[/] from the record in {escape(str(folder))} ({counts})")


def _heading(out: Console, report: Report, badge: str | None = None) -> None:
    badge = badge or report["origin"].upper()
    out.print()
    out.print(
        f"[black on yellow] {badge} [/] [bold]{escape(report['title'])}[/]  start {report['start_utc']}  "
        f"seed {report['seed']}"
    )
    if report["at_s"] is not None:
        out.print(f"[yellow]What was known {report['at_s']:,g} s after the start.[/]")
    out.print()


def _sharpening(out: Console, event: Event, events: tuple[CentreEvent, ...], report: Report) -> None:
    """The first track's history; where there is none, that nothing was seen."""
    if not report["tracks"]:
        flew = bool(flights_of(report))
        words = "No sensor of this network has made enough of it" if flew else "Nothing flew"
        out.print(f"{words}: there is no track.")
        # Why, is told of the whole run: at a moment of it would tell what came later.
        for row in report["sensors"] if flew and report["at_s"] is None else ():
            out.print(f"  {why_no_track(row)}", style="dim", markup=False)
        out.print()
        return
    start, at = event.start_t_tai, report["at_s"]
    heard = known_by_then(events, math.inf if at is None else start + at)
    together = histories(report["tracks"][0]["track"], heard)["together"]
    out.print(sharpening_table(together, start))
    out.print()
    tell_why(out, together, start)
    others = len(report["tracks"]) - 1
    if others:
        out.print(
            f"  and {others} further track{'s' if others > 1 else ''}; all are in report.json", style="dim"
        )
    out.print()


def _notes(out: Console, report: Report) -> None:
    for title, lines in (("To know", report["sensors_note"]), ("Assumed", report["assumed"])):
        out.print()
        out.print(title, style="bold")
        for line in lines:
            out.print(f"  {line}", style="dim", markup=False)


def _files(out: Console, folder: Path) -> None:
    out.print()
    if (folder / PICTURE).is_file():
        out.print(f"Picture: [bold]{escape(str(folder / PICTURE))}[/]", soft_wrap=True)
    out.print(f"Run: {folder} (again: tocsin replay {folder})", soft_wrap=True, markup=False)
