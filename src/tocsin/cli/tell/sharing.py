"""What each centre knew alone and with its partner, and the minutes that sharing gave."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from tocsin.cli.report import Report
from tocsin.cli.tell.words import DASH, clock

TIMES = (
    ("first satellite look", "first_satellite_s"),
    ("first radar look", "first_radar_s"),
    ("event confirmed", "confirmed_s"),
    ("impact known", "impact_known_s"),
)
MINUTES = (
    ("minutes left, confirmed", "minutes_left_at_confirmed"),
    ("minutes left, impact known", "minutes_left_at_impact_known"),
)
NOTES = (
    "impact known: the 90 % region's semi-major axis is under 100 km",
    "together: Russia's joint picture; what China tells it is as coarse as China's release policy makes it",
)


def tell_sharing(out: Console, report: Report) -> None:
    """The columns side by side, and what sharing gave to each centre; a centre without a partner is alone."""
    if not report["tracks"]:
        return
    known = report["tracks"][0]["known_by"]
    alone = {key: key.removesuffix("_alone").capitalize() for key in known if key != "together"}
    shared = len(alone) > 1
    sides = {key: f"{who} alone" for key, who in alone.items()} | ({"together": "together"} if shared else {})
    table = Table(
        title="Who knew what, alone and together" if shared else "What was known, and when",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column("")
    for words in sides.values():
        table.add_column(words, justify="right", min_width=14)
    for words, key in TIMES:
        table.add_row(words, *(clock(known[side][key]) for side in sides))
    for words, key in MINUTES:
        table.add_row(words, *(_minutes(known[side][key]) for side in sides))
    out.print(table)
    for note in NOTES if shared else NOTES[:1]:
        out.print(f"  {note}", style="dim")
    for side, who in alone.items() if shared else ():
        out.print(f"  {gain(who, known[side], known['together'])}", markup=False)


def gain(who: str, alone: dict[str, Any], together: dict[str, Any]) -> str:
    """What sharing gave one centre, in a sentence."""
    parts = [
        _part(what, key, alone, together)
        for what, key in (("event confirmed", "confirmed"), ("impact known", "impact_known"))
    ]
    return f"What sharing gave {who}: {parts[0]}; {parts[1]}."


def _part(what: str, key: str, alone: dict[str, Any], together: dict[str, Any]) -> str:
    """By the minutes left before the impact; where there is none to come, by the times themselves."""
    left = [known[f"minutes_left_at_{key}"] for known in (alone, together)]
    if left[1] is None and together.get(f"{key}_s") is not None:
        left = [
            None if known[f"{key}_s"] is None else -known[f"{key}_s"] / 60.0 for known in (alone, together)
        ]
        if left[0] is None:
            return f"{what} together, and not at all alone"
    if left[1] is None:
        return f"{what} neither alone nor together" if left[0] is None else f"{what} no sooner"
    if left[0] is None:
        return f"{what} {left[1]:.1f} min before the impact, and not at all alone"
    more = left[1] - left[0]
    return f"{what} {more:.1f} min sooner" if more >= 0.05 else f"{what} no sooner"


def _minutes(value: float | None) -> str:
    return DASH if value is None else f"{value:.1f}"
