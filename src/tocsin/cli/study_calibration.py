"""`tocsin study calibration`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json, Seed, checked_seed
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.console.picture.calibration import CalibrationPanel
    from tocsin.study.calibration.calibrate import Calibration
    from tocsin.study.calibration.reliability import Reliability

MOST_FLIGHTS = 1_000_000
KINDS = {
    "classes": "class, told how often each comes",
    "default": "class, by the default rates",
    "territory": "territory",
    "arcs": "territory, of what only falls",
    "loft": "loft of ballistic missiles",
}
ABOUT = (
    "told: mean probability of the outcomes of a bin; true: the share that came true, with its 95 % band, "
    "whole flights drawn again; off: told less true, in points",
    "every outcome told with 0.01 or more counts in its bin; Brier (sum of squares) and log score count all",
    "asked of each bin with 700 events or more: within 3 points (!: beyond); fewer events: no verdict",
    "held-out: engines, masses, drag, pushes, lofts and rates on which nothing was tuned; all are assumed",
    "what only falls: all but glides, fractional orbits and re-entries, whose regions assume that they fall",
    "default rates: what the model says of a world whose rates are others; nothing is asked of it",
)


def study_calibration(
    *,
    flights: Annotated[int, Parameter(help="Flights; a hundred take 15 s of a core.")] = 400,
    seed: Seed = 0,
    world: Annotated[
        Literal["held-out", "tuning", "tuning-wide", "tuning-third"],
        Parameter(help="The world that is flown."),
    ] = "held-out",
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the study.")] = None,
    json: Json = False,
) -> int:
    """Whether told probabilities come true: classes, territories and lofts of many flights."""
    from tocsin.cli.terminal import bar, print_json
    from tocsin.study.calibration.calibrate import calibration

    check_picture(picture)
    seed = checked_seed(seed)
    if not 20 <= flights <= MOST_FLIGHTS:
        raise TocsinError(f"--flights {flights}: give a number of flights from 20 to {MOST_FLIGHTS}")
    with bar("flying and assessing") as tell:
        found = calibration(world, flights, seed, os.cpu_count() or 1, tell)
    if json:
        print_json(figures(found))
    else:
        _tell(found)
    if picture is not None:
        from tocsin.console.picture.calibration import draw_calibration

        shown = [name for name in KINDS if name != "default"]
        panels = tuple(_panel(KINDS[name], getattr(found, name)) for name in shown)
        title = f"{found.flights:,} flights of the world {found.world}, seed {found.seed}"
        draw_calibration(panels, title, picture)
    return 0


def figures(found: Calibration) -> dict[str, Any]:
    """The study in plain figures."""
    return {
        "world": found.world,
        "flights": found.flights,
        "seed": found.seed,
        **{name: _plain(getattr(found, name)) for name in KINDS},
        "moments": {name: _plain(r) for name, r in found.moments.items()},
        "mistaken": {name: {c: round(p, 3) for c, p in row.items()} for name, row in found.mistaken.items()},
        "notes": list(ABOUT),
    }


def _plain(r: Reliability) -> dict[str, Any]:
    from tocsin.study.accuracy.figures import digits
    from tocsin.study.calibration.calibrate import verdict

    return {
        "assessments": r.assessments,
        "flights": r.flights,
        "brier": digits(r.brier),
        "brier_band": [digits(v) for v in r.brier_band],
        "log_score": digits(r.log_score),
        "log_score_band": [digits(v) for v in r.log_band],
        "unforeseen": digits(r.unforeseen),
        "bins": [
            {
                "low": b.low,
                "high": b.high,
                "events": b.events,
                "told": digits(b.told),
                "true": digits(b.true),
                "band": [digits(v) for v in b.band],
            }
            for b in r.bins
        ],
        "verdict": verdict(r),
    }


def _panel(words: str, r: Reliability) -> CalibrationPanel:
    from tocsin.console.picture.calibration import CalibrationPanel

    about = f"Brier {r.brier:.3f}, log score {r.log_score:.3f}, {r.assessments:,} assessments"
    rows = tuple((b.told, b.true, *b.band, b.events) for b in r.bins if b.events)
    return CalibrationPanel(words, about, rows)


def _tell(found: Calibration) -> None:
    from rich.table import Table

    from tocsin.cli.terminal import screen
    from tocsin.study.calibration.calibrate import verdict

    out = screen()
    out.print(
        f"[bold]Whether probabilities come true[/]: {found.flights:,} flights of the world {found.world}, "
        f"seed {found.seed}"
    )
    for name, words in KINDS.items():
        r: Reliability = getattr(found, name)
        out.print(
            f"\n[bold]{words}[/]: {verdict(r)}; {r.assessments:,} assessments of {r.flights:,} flights; "
            f"Brier {r.brier:.3f} ({r.brier_band[0]:.3f}-{r.brier_band[1]:.3f}), log score {r.log_score:.3f} "
            f"({r.log_band[0]:.3f}-{r.log_band[1]:.3f}); {r.unforeseen:.2%} told with less than 0.01",
            highlight=False,
        )
        out.print(_bins(r))
    table = Table(box=None, pad_edge=False)
    for title in ("class by moment", "assessments", "Brier", "log score", "worst bin, points"):
        table.add_column(title, justify="left" if title.startswith("class") else "right")
    for name, r in found.moments.items():
        table.add_row(name, f"{r.assessments:,}", f"{r.brier:.3f}", f"{r.log_score:.3f}", f"{r.worst:.1f}")
    out.print()
    out.print(table)
    for line in ABOUT:
        out.print(f"    {line}", style="dim", markup=False)


def _bins(r: Reliability) -> Any:
    from rich.table import Table

    from tocsin.study.calibration.calibrate import ASKED_POINTS, ENOUGH

    table = Table(box=None, pad_edge=False)
    for title in ("from-to", "events", "told", "true", "95 % band", "off, points"):
        table.add_column(title, justify="right")
    for b in r.bins:
        if b.events:
            mark = " !" if b.events >= ENOUGH and abs(b.off) > ASKED_POINTS else ""
            table.add_row(
                f"{b.low:.1f}-{b.high:.1f}", f"{b.events:,}", f"{b.told:.3f}", f"{b.true:.3f}",
                f"{max(b.band[0], 0.0):.3f}-{min(b.band[1], 1.0):.3f}", f"{b.off:+.1f}{mark}",
            )  # fmt: skip
    return table
