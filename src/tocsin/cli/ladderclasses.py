"""How soon each class of flight comes to each state, in figures and as a table."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.cli.decisions import DECISIONS

if TYPE_CHECKING:
    from tocsin.study.ladder.soon import Group, Spread

AIMS = {"toward": "toward protected ground", "elsewhere": "elsewhere"}
STATES = ("notice", "probable", "confirmed", "threat\npossible", "threat\nprobable", "threat\nconfirmed")
MARKS = {"toward": "toward", "elsewhere": ""}
NEVER = "never"
ABOUT = (
    "median and 95th percentile after the first look; a flight that never comes to a state counts as "
    "infinite, and where the 95th is, n/N tells how many came to it",
    "could: of how many the event may be confirmed by who has them in view, each for 14 s: a telescope and a "
    "radar, and without satellites two radars of different site and band",
    "minutes left: to the true impact when it is confirmed, of half of the flights and of 95 in 100 at "
    "least; nought of one that is not",
    "flights of the world held-out of `tocsin study calibration`, at any time of 15 July 2025; launches that "
    "no radar or no telescope could have in view so long were drawn anew",
    "joint picture of whichever centre is first; one body each, no stages; the radars that ever have it in "
    "view watch, telescopes while it shines; a run ends when the threat is confirmed or nobody can see it",
    "re-entry, meteor: nobody launched them, and none is to be confirmed; elsewhere no threat is to be",
)


def plain_group(g: Group) -> dict[str, Any]:
    """A group in plain figures."""
    return {
        "class": g.name,
        "aim": g.aim,
        "degraded": g.degraded,
        "flights": g.flights,
        "could": g.could,
        "unseen": g.unseen,
        "drawn": g.drawn,
        "event_s": {k: _plain(s, g.flights) for k, s in g.event.items()},
        "threat_s": {k: _plain(s, g.flights) for k, s in g.threat.items()},
        "minutes_left": {
            name: {"median": round(s.median / 60.0, 2), "least": round(s.most / 60.0, 2)}
            for name, s in zip(("event confirmed", "threat confirmed"), g.left, strict=True)
        },
        "gravest": dict(g.gravest),
    }


def tell_groups(found: tuple[Group, ...], flights: int, seed: int) -> None:
    """The table, toward protected ground and elsewhere, and what it rests on."""
    from rich.table import Table

    from tocsin.cli.terminal import screen

    out = screen()
    for aim, words in AIMS.items():
        mine = [g for g in found if g.aim == aim]
        if not mine:
            continue
        out.print(f"\n[bold]Flights {words}[/], {flights} of each class, seed {seed}: minutes:seconds")
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column("class", no_wrap=True)
        table.add_column("", no_wrap=True)
        table.add_column("could", justify="right", no_wrap=True)
        for title in (*STATES, "left,\nevent", "left,\nthreat"):
            table.add_column(title, justify="right", no_wrap=True)
        for g in mine:
            table.add_row(
                "" if g.degraded else g.name,
                "no sat." if g.degraded else "whole",
                f"{g.could}/{g.flights}",
                *(_cell(s, g.flights) for s in (*g.event.values(), *g.threat.values())),
                *(f"{s.median / 60.0:.1f} {s.most / 60.0:.1f}" if s.reached else "" for s in g.left),
            )
        out.print(table)
    for line in ABOUT:
        out.print(f"    {line}", style="dim", markup=False)


def draw_groups(found: tuple[Group, ...], flights: int, seed: int, file: Path) -> None:
    """Write the picture of the classes."""
    from tocsin.console.picture.ladder import LadderRow, draw_ladder

    pairs = zip(found[::2], found[1::2], strict=True)
    rows = tuple(
        LadderRow(
            name=f"{whole.name} {MARKS[whole.aim]}".strip(),
            times=(_strips(whole), _strips(degraded)),
            left=(_left(whole), _left(degraded)),
        )
        for whole, degraded in pairs
    )
    decisions = tuple((what, *_minutes(words)) for what, words, _ in DECISIONS)
    about = (
        f"{flights} flights of each class, seed {seed}; toward: its impact is on protected ground; "
        "flights of notional vehicles, assumed accuracies"
    )
    draw_ladder(rows, decisions, about, file)


def _strips(g: Group) -> dict[str, tuple[float, float, float]]:
    named = {**g.event, "threat probable": g.threat["probable"], "threat confirmed": g.threat["confirmed"]}
    return {k: (s.early, s.median, s.most) for k, s in named.items()}


def _left(g: Group) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    event, threat = ((s.median / 60.0, s.most / 60.0) if s.reached else None for s in g.left)
    return event, threat


def _minutes(words: str) -> tuple[float, float]:
    """From and to of a time as it is stated, as in "2 to 3"."""
    figures = [float(v) for v in re.findall(r"\d+", words)]
    return figures[0], figures[-1]


def _cell(s: Spread, flights: int) -> str:
    if s.reached == 0:
        return NEVER
    return f"{_clock(s.median)} {_clock(s.most) if math.isfinite(s.most) else f'{s.reached}/{flights}'}"


def _clock(t_s: float) -> str:
    from tocsin.cli.tell.words import DASH, clock

    return clock(t_s) if math.isfinite(t_s) else DASH


def _plain(s: Spread, flights: int) -> dict[str, float | None]:
    """Infinity is no number of JSON's: None where so many never come to it."""
    return {
        "median": round(s.median, 1) if math.isfinite(s.median) else None,
        "p95": round(s.most, 1) if math.isfinite(s.most) else None,
        "never": round(1.0 - s.reached / flights, 4),
    }
