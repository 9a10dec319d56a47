"""`tocsin study accuracy`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json, Seed, checked_seed
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.console.picture.accuracy import AccuracyRow
    from tocsin.study.accuracy.figures import Told

MOST_RUNS = 1_000_000
RUNS = (
    "Runs of each case, each with all errors drawn anew. 400 of a radar's case take 6 to 40 s of a core, of "
    "a boost's a minute, of a bank's six; of all some 40 minutes."
)
ABOUT = (
    "bound: its median; RMSE and CEP (median miss) are over each run's own; NEES: over n = 6",
    "below each its 95 % band (chi-square; ranks; Wilson; of NEES under another truth its own scatter)",
    "own truth: the estimator's model; other: see tocsin.study.accuracy.other; every accuracy is assumed",
    "no mark: met, that is within what is asked as measured, whatever its band; -: nothing is asked of it",
    "?: outside what is asked, but these runs are too few to say so; !: outside, band and all",
    "too good: under its bound, the 99.9 % band and all: the bound is wrong, and the figure counts as missed",
)
MARKS = {"met": "", "open": " ?", "missed": " !", None: " -"}
COLUMNS = {
    "launch": "launch\nRMSE", "position": "position\nRMSE", "impact": "impact\nRMSE", "time": "time\nRMSE",
    "cep": "CEP", "nees": "NEES/n", "region_50": "in 50 %\nregion", "region_90": "in 90 %\nregion",
    "free": "free\nmodel",
}  # fmt: skip


def study_accuracy(
    *,
    case: Annotated[
        tuple[str, ...], Parameter(help="A case by its name; may be given again. All unless given.")
    ] = (),
    truth: Annotated[
        Literal["own", "other"] | None,
        Parameter(help="The estimator's own model, or a truth that it does not share; both unless given."),
    ] = None,
    runs: Annotated[int, Parameter(help=RUNS)] = 400,
    seed: Seed = 1,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the study.")] = None,
    json: Json = False,
) -> int:
    """Errors of the fits over the Cramer-Rao bound, and how true their own covariances are."""
    from tocsin.cli.terminal import bar, print_json
    from tocsin.study.accuracy.draw import TRUTHS
    from tocsin.study.accuracy.figures import plain
    from tocsin.study.accuracy.monte_carlo import all_cases, case_of, measured

    check_picture(picture)
    seed = checked_seed(seed)
    if not 2 <= runs <= MOST_RUNS:
        raise TocsinError(f"--runs {runs}: give a number of runs from 2 to {MOST_RUNS}")
    chosen = tuple(case_of(name) for name in dict.fromkeys(case)) or all_cases()
    lacking = [c.name for c in chosen if case and truth is not None and truth not in c.asked]
    if lacking:
        raise TocsinError(f"--truth {truth}: there is none of {', '.join(lacking)}; leave --truth out")
    jobs = [(c.name, t, runs) for c in chosen for t in TRUTHS if truth in (None, t) and t in c.asked]
    with bar("drawing runs") as tell:
        found = list(measured(jobs, seed, os.cpu_count() or 1, tell))
    told = {
        "seed": seed,
        "cases": [plain(t) for t in found],
        "notes": [*_bounds(found), *ABOUT],
    }
    if json:
        print_json(told)
    else:
        _tell(told)
    # Last: a file that cannot be written costs no figure.
    if picture is not None:
        from tocsin.console.picture.accuracy import draw_accuracy

        draw_accuracy(tuple(_row(t) for t in found), runs, seed, picture)
    return 0


def _bounds(found: list[Told]) -> list[str]:
    """What the bounds are made of, and of which cases."""
    of: dict[str, list[str]] = {}
    for t in found:
        of.setdefault(t.case.asked[t.truth].bound, []).append(f"{t.case.name} ({t.truth})")
    if len(of) == 1:
        return [f"bound: {words}" for words in of]
    return [f"bound {words}: {', '.join(cases)}" for words, cases in of.items()]


def _tell(told: dict[str, Any]) -> None:
    from rich.table import Table

    from tocsin.cli.terminal import screen

    out, cases = screen(), told["cases"]
    shown = [name for name in COLUMNS if any(name in row["figures"] for row in cases)]
    table = Table(box=None, pad_edge=False)
    for words in ("case", "truth,\nverdict"):
        table.add_column(words, no_wrap=True)
    for words in ("bound\nCEP, time", *(COLUMNS[name] for name in shown)):
        table.add_column(words, justify="right", no_wrap=True)
    for row in cases:
        bound = row["bound"]
        sizes = f"{bound['cep_m'] / 1e3:.3g} km\n{bound['time_s']:.2g} s" if bound else "-"
        cells = (_cell(row["figures"].get(name)) for name in shown)
        launch = _launch(row["figures"].get("launch_cep"))
        table.add_row(row["case"] + launch + _ended(row), f"{row['truth']}\n{row['verdict']}", sizes, *cells)
    out.print(table)
    for line in told["notes"]:
        out.print(f"    {line}", style="dim", markup=False)


def _cell(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return "-"
    mark = MARKS[figure["verdict"]]
    if figure["value"] is None:
        return f"infinite{mark}"
    good = "\ntoo good" if figure["too_good"] else ""
    return f"{figure['value']:.2f}{mark}\n{_band(figure, '.2f')}{good}"


def _band(figure: dict[str, Any], form: str) -> str:
    """From and to; without an upper end only from where."""
    low, high = figure["low"], figure["high"]
    if low is None:
        return "any"
    return f"{low:{form}}-{high:{form}}" if high is not None else f"from {low:{form}}"


def _ended(row: dict[str, Any]) -> str:
    """The share that converged below a case's name, and how many runs ended otherwise."""
    share = row["figures"]["converged"]
    lost = [f"{n} {status}" for status, n in row["ended"].items() if status != "converged"]
    band = [f"({_band(share, '.2f')})"] if lost else []
    return "\n".join(["", f"converged {share['value']:.2f}{MARKS[share['verdict']]}", *band, *lost])


def _launch(figure: dict[str, Any] | None) -> str:
    """The launch point's median miss below a case's name, where one is asked."""
    if figure is None or figure["asked"] is None:
        return ""
    return f"\nlaunch CEP {figure['value']:,.0f} m{MARKS[figure['verdict']]}\n({_band(figure, ',.0f')} m)"


def _row(t: Told) -> AccuracyRow:
    """What the picture draws of a case."""
    from tocsin.console.picture.accuracy import AccuracyRow

    return AccuracyRow(
        t.case.name,
        t.truth,
        MARKS[t.verdict],
        {name: (f.value, *f.band) for name, f in t.figures.items()},
        {name: f.asked for name, f in t.figures.items() if f.asked is not None},
    )
