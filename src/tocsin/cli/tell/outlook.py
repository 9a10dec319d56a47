"""What lies ahead of the open tracks: which look would settle what each of them threatens."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import Any

from rich.console import Console
from rich.table import Table

from tocsin.cli.report import Report
from tocsin.cli.tell.raid import tell_raid
from tocsin.cli.tell.words import DASH, clock, size

MOST_ROWS, WIDTH = 6, 96
LATER = "  what lay ahead at a moment (further looks, a raid as a whole): tocsin run EVENT --at SECONDS"
STANDING = {
    "event": "with the event",
    "open": "by none",
    "unseen": "by none",
    "unknown": "not known yet",
    "confirmed": "now, confirmed",
    "none": "now, no threat",
}
ORDER = ("look", *STANDING)
Row = dict[str, Any]


def tell_outlook(out: Console, report: Report) -> None:
    """Of the tracks that are open; where none is any more, how to ask for an earlier moment."""
    open_ = [t for t in report["tracks"] if t["further"] is not None]
    if not open_:
        if report["tracks"] and report["at_s"] is None:
            out.print(LATER, style="dim")
            out.print()
        return
    if report["raid"] is not None:
        tell_raid(out, report["raid"])
        out.print()
    names = {
        r["key"]: r["name"].replace(" (hypothetical station)", ", hypothetical")
        for r in report["network"]["radars"]
    }
    _further(out, sorted(open_, key=_order), names)
    out.print()


def _further(out: Console, tracks: list[Row], names: dict[str, str]) -> None:
    first = tracks[0]
    title = f"What further looks would change, as of {clock(first['further']['t_s'])}"
    out.print(title, style="bold")
    for line in verdict(first, names):
        out.print(f"  {line}", markup=False)
    if len(tracks) > 1 and any(t["further"]["semi_major_90_km"] is not None for t in tracks):
        out.print(_tracks(tracks[:MOST_ROWS]))
        if len(tracks) > MOST_ROWS:
            out.print(f"  and {len(tracks) - MOST_ROWS} further tracks; all are in report.json", style="dim")
    elif len(tracks) == 1 and first["further"]["looks"]:
        out.print(_looks(first["further"], names))


def verdict(track: Row, names: dict[str, str]) -> tuple[str, ...]:
    """The look that decides, with what it would leave; or why there is none."""
    further, effect = track["further"], _decisive(track["further"])
    if effect is None:
        return tuple(wrap(f"{track['track']}: {further['reason']}", WIDTH, subsequent_indent="  "))
    key = further["decides"]
    looks = "one look" if effect["looks"] == 1 else f"{effect['looks']} looks"
    sizes = f"{size(further['semi_major_90_km'])} to {size(effect['semi_major_90_km'])} km"
    return (
        f"{track['track']}: {names.get(key, key)} ({key}) decides by {clock(effect['t_s'])}, after {looks}",
        f"  90 % region {sizes}; threat none {effect['none']:.2f}, confirmed {effect['confirmed']:.2f}",
    )


def _looks(further: Row, names: dict[str, str]) -> Table:
    """The radars of one track, in the order in which they see it."""
    table = Table(box=None, pad_edge=False)
    table.add_column("  radar", no_wrap=True)
    table.add_column("", max_width=27, no_wrap=True, overflow="ellipsis")
    for name in ("seen\nfrom", "one look\n90 % km", "\nnone", "\nconfirmed"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("a minute\n90 % km", "\nnone", "\nconfirmed"):
        table.add_column(name, justify="right", no_wrap=True)
    for o in further["looks"][:MOST_ROWS]:
        name, begin = names.get(o["radar"], ""), _from(o, further)
        table.add_row(f"  {o['radar']}", name, begin, *_effect(o["look"]), *_effect(o["minute"]))
    return table


def _from(look: Row, further: Row) -> str:
    return "now" if look["first_s"] <= further["t_s"] else clock(look["first_s"])


def _effect(e: Row) -> tuple[str, str, str]:
    return size(e["semi_major_90_km"]), f"{e['none']:.2f}", f"{e['confirmed']:.2f}"


def _tracks(tracks: list[Row]) -> Table:
    """Each track with the radar that sees it first, and the look that decides."""
    table = Table(box=None, pad_edge=False)
    table.add_column("  track", no_wrap=True)
    for name in ("now\n90 % km", "\nprotected", "next\nradar", "\nfrom"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("\ndecided", no_wrap=True)
    for name in ("then\n90 % km", "\nnone", "\nconfirmed"):
        table.add_column(name, justify="right", no_wrap=True)
    for t in tracks:
        f, effect = t["further"], _decisive(t["further"])
        known, after = f["semi_major_90_km"] is not None, f["looks"][0] if f["looks"] else None
        table.add_row(
            f"  {t['track']}",
            size(f["semi_major_90_km"]) if known else DASH,
            f"{f['protected']:.2f}" if known else DASH,
            after["radar"] if after else DASH,
            _from(after, f) if after else DASH,
            STANDING.get(f["standing"]) or f"{clock(f['decides_s'])} by {f['decides']}",
            *(_effect(effect) if effect else (DASH, DASH, DASH)),
        )
    return table


def _decisive(further: Row) -> Row | None:
    """What the look that decides would leave."""
    effects = (o[k] for o in further["looks"] if o["radar"] == further["decides"] for k in ("look", "minute"))
    return next((e for e in effects if e["t_s"] == further["decides_s"]), None)


def _order(track: Row) -> tuple[float, int, float]:
    """The one that a look decides first; then by what is open, and by when a radar sees it."""
    further = track["further"]
    decided = math.inf if further["decides_s"] is None else further["decides_s"]
    seen = further["looks"][0]["first_s"] if further["looks"] else math.inf
    return decided, ORDER.index(further["standing"]), seen
