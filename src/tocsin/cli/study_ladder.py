"""`tocsin study ladder`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.options import Json, Seed, checked_seed

if TYPE_CHECKING:
    from tocsin.study.ladder.runs import Ran

# Beside which the minutes left are to be read; ranges in minutes, as stated publicly.
DECISIONS = (
    ("Russia, 1995", "10", "press"),
    ("Reagan, on his own", "6", "his memoirs, as quoted in the press"),
    ("Wright", "about 10", "Union of Concerned Scientists"),
    ("of 30 minutes, to launch under attack", "2 to 3", "NTI"),
    ("a crew's assessment", "3 to 4", "Union of Concerned Scientists"),
    ("of a submarine's missile, 1979", "4 to 5", "press"),
)


def study_ladder(
    *,
    event: Annotated[
        tuple[str, ...], Parameter(help="A built-in event; may be given again. All unless given.")
    ] = (),
    seed: Seed = 1,
    json: Json = False,
) -> int:
    """When each state of the ladder is reached, of every built-in event, with and without satellites."""
    from tocsin.catalogue import event as known
    from tocsin.catalogue import event_names
    from tocsin.cli.terminal import bar, print_json
    from tocsin.study.ladder.runs import every

    seed = checked_seed(seed)
    keys = tuple(dict.fromkeys(event)) or event_names()
    for key in keys:
        known(key)
    with bar("running events") as tell:
        found = list(every(keys, seed, os.cpu_count() or 1, tell))
    if json:
        decisions = [{"what": w, "minutes": m, "source": s} for w, m, s in DECISIONS]
        print_json({"seed": seed, "events": [plain(r) for r in found], "decision_times": decisions})
    else:
        _tell(found, seed)
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
    out.print()
    out.print("Times to decide, as stated publicly (minutes):")
    for what, minutes, source in DECISIONS:
        out.print(f"    {what}: {minutes} ({source})", style="dim", markup=False)
