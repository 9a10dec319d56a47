"""The timeline as a table."""

from __future__ import annotations

from rich.table import Table

from tocsin.cli.report import Report
from tocsin.cli.tell.words import clock

SHADE = {"confirmed": "bold", "confirmed (degraded)": "bold", "closed": "dim"}


def timeline_table(report: Report) -> Table:
    """What happened, when, and what the ladder had reached; in italics the truth, which nobody was told."""
    table = Table(title="Timeline", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name, side in (("t", "right"), ("UTC", "left"), ("what", "left"), ("known", "right")):
        table.add_column(name, justify=side, no_wrap=True)  # type: ignore[arg-type]
    for name in ("event", "threat", "track"):
        table.add_column(name, no_wrap=True)
    standing = {None, *(track["track"] for track in report["tracks"])}
    for line in report["timeline"]:
        true = line["track"] is None
        # A partner's track that was merged since, and what a track starts from, are only in the JSON.
        if line["track"] not in standing or (line["what"], line["event_state"]) == ("threat none", "notice"):
            continue
        table.add_row(
            clock(line["t_s"]),
            line["utc"][11:19],
            line["what"],
            "" if true else clock(line["known_s"]),
            line["event_state"],
            line["threat_state"],
            "truth" if true else line["track"],
            style="italic cyan" if true else SHADE.get(line["what"], ""),
        )
    return table
