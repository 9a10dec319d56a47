"""`tocsin study ladder`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.decisions import DECISIONS
from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json, Seed, checked_seed
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.study.ladder.runs import Ran
    from tocsin.study.ladder.soon import Group

FLIGHTS = 2


def study_ladder(
    *,
    event: Annotated[
        tuple[str, ...], Parameter(help="A built-in event; may be given again. All unless given.")
    ] = (),
    flights: Annotated[
        int | None,
        Parameter(
            help="Flights of each class, toward protected ground and elsewhere; one takes ten seconds."
        ),
    ] = None,
    classes: Annotated[
        tuple[str, ...], Parameter(name="--class", help="A class; may be given again. All unless given.")
    ] = (),
    seed: Seed = 1,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the classes.")] = None,
    json: Json = False,
) -> int:
    """When each state of the ladder is reached, with and without satellites: events, and classes of flights.

    With --event only those events are run, with --flights or --class only classes are flown; else both.
    """
    from tocsin.catalogue import event as known
    from tocsin.catalogue import event_names
    from tocsin.cli.ladderclasses import ABOUT, draw_groups, plain_group, tell_groups
    from tocsin.cli.terminal import bar, print_json
    from tocsin.study.ladder.draws import CLASSES
    from tocsin.study.ladder.runs import every
    from tocsin.study.ladder.soon import checked, soon

    check_picture(picture)
    seed = checked_seed(seed)
    asked = flights is not None or bool(classes)
    keys = tuple(dict.fromkeys(event)) or (() if asked else event_names())
    for key in keys:
        known(key)
    names = (tuple(dict.fromkeys(classes)) or CLASSES) if asked or not event else ()
    if picture is not None and not names:
        raise TocsinError(
            "--picture shows classes of flights, and --event leaves them out: give --flights too"
        )
    each = checked(names, FLIGHTS if flights is None else flights)
    processes = os.cpu_count() or 1
    found: list[Ran] = []
    groups: tuple[Group, ...] = ()
    if keys:
        with bar("running events") as tell:
            found = list(every(keys, seed, processes, tell))
    if names:
        with bar("flying classes") as tell:
            groups = soon(names, each, seed, processes, tell)
    if json:
        decisions = [{"what": w, "minutes": m, "source": s} for w, m, s in DECISIONS]
        told = {"events": [plain(r) for r in found], "classes": [plain_group(g) for g in groups]}
        print_json(
            {"seed": seed, **told, "decision_times": decisions, "notes": list(ABOUT) if groups else []}
        )
    else:
        if found:
            _tell(found, seed)
        if groups:
            tell_groups(groups, each, seed)
        _tell_decisions()
    if picture is not None:
        draw_groups(groups, each, seed, picture)
    return 0


def plain(r: Ran) -> dict[str, Any]:
    """One run in plain figures: times in s after the first look, minutes to the predicted impact."""
    from tocsin.cli.figures import rounded

    t = r.times
    return {
        "event": r.key,
        "degraded": r.degraded,
        "satellites": r.satellites,
        "radars": r.radars,
        "tracks": t.tracks,
        "first_look_s": None if t.first_look is None else rounded(t.first_look - r.start, 1),
        "event_s": {k: rounded(t.since_first_look(v), 1) for k, v in t.event.items()},
        "threat_s": {k: rounded(t.since_first_look(v), 1) for k, v in t.threat.items()},
        "surest": t.surest,
        "gravest": t.gravest,
        "none_since_s": rounded(t.since_first_look(t.none_t), 1),
        "minutes_left": {
            "event confirmed": _left(t.event["confirmed"], t.impact_t),
            "threat confirmed": _left(t.threat["confirmed"], t.impact_t),
        },
        "closed_by": dict(t.closed_by),
    }


def _left(t: float | None, impact_t: float | None) -> float | None:
    return None if t is None or impact_t is None else round((impact_t - t) / 60.0, 2)


def _tell(found: list[Ran], seed: int) -> None:
    from rich.table import Table

    from tocsin.cli.tell.words import DASH, clock
    from tocsin.cli.terminal import screen

    out = screen()
    out.print(f"[bold]When each state was reached[/], minutes:seconds after the first look, seed {seed}")
    table = Table(box=None, pad_edge=False)
    table.add_column("event", no_wrap=True)
    for words in (
        "network", "tracks", "notice", "probable", "confirmed", "threat\npossible", "threat\nprobable",
        "threat\nconfirmed", "no threat\nsince", "minutes left,\nevent", "minutes left,\nthreat",
    ):  # fmt: skip
        table.add_column(words, justify="right")
    table.add_column("closed by")
    for r in found:
        p = plain(r)
        left = [DASH if v is None else f"{v:.1f}" for v in p["minutes_left"].values()]
        table.add_row(
            r.key,
            "no satellites" if r.degraded else "whole",
            str(p["tracks"]),
            *(clock(v) for v in p["event_s"].values()),
            *(clock(v) for v in p["threat_s"].values()),
            clock(p["none_since_s"]),
            *left,
            "; ".join(sorted(set(p["closed_by"].values()))),
        )
    out.print(table)
    about = "joint picture of whichever centre is first; a centre confirms only what a sensor of its own sees"
    out.print(f"    {about}", style="dim", markup=False)


def _tell_decisions() -> None:
    from tocsin.cli.terminal import screen

    out = screen()
    out.print("\nTimes to decide, as stated publicly (minutes):")
    for what, minutes, source in DECISIONS:
        out.print(f"    {what}: {minutes} ({source})", style="dim", markup=False)
