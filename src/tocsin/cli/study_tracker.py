"""`tocsin study tracker`."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.options import Json, Seed, checked_seed

if TYPE_CHECKING:
    from tocsin.study.accuracy.figures import Figure
    from tocsin.study.tracker.study import Stage

ABOUT = (
    "bound: posterior Cramer-Rao; each look due counts by its information reduction factor (Niu, Willett and "
    "Bar-Shalom 2001)",
    "RMSE over bound, with its 95 % band; known: of the same solver, told which looks are the body's; "
    "had: of the tracker over the bound of the looks that were had, each known for what it is",
    "no mark: 1.2 or less as measured; ?: more, but these runs are too few to say so; !: more, band and all",
    "lost, wrong: looks of the body that its track has not, and of others that it has, over the body's",
    "the reference flight: two telescopes, VHF radars OLE, PEC and LEK; a vehicle in no bank that gains "
    "100 m/s an axis (1 sigma) after burnout; every accuracy is assumed",
)
MARKS = {"met": "", "open": " ?", "missed": " !", None: ""}
UNITS = {"position": "position_m", "velocity": "velocity_m_s", "impact": "impact_m"}


def study_tracker(
    *,
    detection: Annotated[
        tuple[float, ...], Parameter(help="Chance of a look; may be given again. 0.7 to 0.95 unless given.")
    ] = (),
    runs: Annotated[int, Parameter(help="Runs of each chance; one takes three seconds of a core.")] = 100,
    clutter: Annotated[float, Parameter(help="False looks, times the catalogue's rate.")] = 1.0,
    seed: Seed = 0,
    json: Json = False,
) -> int:
    """The whole tracker, with looks lost and false ones, over the bound that allows for both."""
    from tocsin.cli.terminal import bar, print_json
    from tocsin.study.tracker.study import ASKED, DETECTIONS, followed

    chances = tuple(dict.fromkeys(detection)) or DETECTIONS
    with bar("following") as tell:
        found = list(followed(chances, runs, checked_seed(seed), clutter, os.cpu_count() or 1, tell))
    if json:
        told = {
            "seed": seed,
            "runs": runs,
            "clutter": clutter,
            "asked": ASKED,
            "stages": [plain(s) for s in found],
            "notes": list(ABOUT),
        }
        print_json(told)
    else:
        _tell(found, runs, seed)
    return 0


def plain(s: Stage) -> dict[str, Any]:
    """A stage in plain figures."""
    from tocsin.study.accuracy.figures import digits, plain_figure

    return {
        "moment": s.moment,
        "detection": s.detection,
        "phases": s.phases,
        "bound": {UNITS[name]: digits(v) for name, v in s.bound.items()},
        "whole": {name: plain_figure(f) for name, f in s.whole.items()},
        "known": {name: plain_figure(f) for name, f in s.known.items()},
        "had": {name: plain_figure(f) for name, f in s.had.items()},
        "nees": plain_figure(s.nees),
        "single": plain_figure(s.single),
        "lost": digits(s.lost),
        "wrong": digits(s.wrong),
    }


def _tell(found: list[Stage], runs: int, seed: int) -> None:
    from rich.table import Table

    from tocsin.cli.terminal import screen

    out = screen()
    out.print(f"[bold]RMSE of the whole tracker over the bound[/], {runs} runs of each chance, seed {seed}")
    table = Table(box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for words in (
        "a look's\nchance", "bound", "position", "velocity", "impact", "position,\nknown", "position,\nhad",
        "NEES/n", "told an\narc", "lost,\nwrong",
    ):  # fmt: skip
        table.add_column(words, justify="right")
    for s in found:
        table.add_row(
            s.moment,
            f"{s.detection:g}",
            f"{s.bound['position'] / 1e3:.3g} km",
            *(_cell(f) for f in s.whole.values()),
            _cell(s.known["position"]),
            _cell(s.had["position"]),
            f"{s.nees.value:.2f}",
            f"{s.phases.get('ballistic', 0)}/{s.runs}",
            f"{s.lost:.1%}\n{s.wrong:.2%}",
        )
    out.print(table)
    for line in ABOUT:
        out.print(f"    {line}", style="dim", markup=False)


def _cell(f: Figure) -> str:
    value = f"{f.value:.2f}" if math.isfinite(f.value) else "infinite"
    return f"{value}{MARKS[f.verdict]}\n{f.band[0]:.2f}-{f.band[1]:.2f}"
