"""`tocsin study farina`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json, Seed, checked_seed

if TYPE_CHECKING:
    from tocsin.study.farina.study import Farina

AXES = ("x", "y", "vx", "vy")
ABOUT = (
    "the case of Farina, Ristic and Benvenuti, IEEE Trans. Aerospace and Electronic Systems 38 (2002) 854: "
    "flat Earth, known drag, 60 looks in 2 minutes"
)


def study_farina(
    *,
    runs: Annotated[int, Parameter(help="How often it is flown.")] = 400,
    seed: Seed = 0,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the study.")] = None,
    json: Json = False,
) -> int:
    """A published re-entry case: filters and the process-noise segment against the posterior bound."""
    from rich.table import Table

    from tocsin.cli.terminal import bar, print_json, screen
    from tocsin.study.farina.study import farina

    check_picture(picture)
    with bar("flying") as tell:
        found = farina(runs, checked_seed(seed), tell)
    told = figures(found, seed)
    if picture is not None:
        from tocsin.console.picture.farina import FarinaScene, draw_farina

        scene = FarinaScene(
            found.names, found.t, found.ratio, found.nees, found.nees_band, told["notes"], runs, seed
        )
        draw_farina(scene, picture)
    if json:
        print_json(told)
        return 0
    out = screen()
    low, high = told["nees_band_95"]
    table = Table(box=None, pad_edge=False)
    for words in (
        "",
        *(f"{name},\nmost" for name in AXES),
        f"NEES / n, mean\n({low:.2f} to {high:.2f} a look)",
    ):
        table.add_column(words, justify="right" if words else "left")
    for row in told["estimators"]:
        table.add_row(
            row["name"], *(f"{v:.2f}" for v in row["rmse_over_bound_most"]), f"{row['nees_mean']:.2f}"
        )
    out.print(
        f"[bold]RMSE over the posterior bound[/] from {told['from_s']:.0f} s on, "
        f"{found.runs} runs, seed {seed}"
    )
    out.print(table)
    for line in told["notes"]:
        out.print(f"    {line}", style="dim", markup=False)
    return 0


def figures(found: Farina, seed: int) -> dict[str, Any]:
    """The study in plain figures."""
    from tocsin.study.farina.study import ASKED, FROM_S

    rows = []
    for i, name in enumerate(found.names):
        rows.append(
            {
                "name": name,
                "rmse_over_bound_most": [round(float(v), 3) for v in found.worst[i]],
                "rmse_over_bound_rms": [round(float(v), 3) for v in found.rms[i]],
                "nees_mean": round(float(found.nees[i, found.late].mean()), 3),
                "nees": [round(float(v), 3) for v in found.nees[i]],
                "within": bool(found.worst[i].max() <= ASKED),
            }
        )
    return {
        "runs": found.runs,
        "seed": seed,
        "from_s": FROM_S,
        "asked": ASKED,
        "axes": list(AXES),
        "nees_band_95": [round(v, 3) for v in found.nees_band],
        "t_s": [float(v) for v in found.t],
        "bound": [[float(f"{v:.4g}") for v in row] for row in found.bound],
        "estimators": rows,
        "notes": list(_notes()),
    }


def _notes() -> tuple[str, ...]:
    from tocsin.study.farina.estimators import WINDOW

    return (
        ABOUT,
        "RMSE over the bound: below 1 by chance; the bound holds for the looks and the process noise alike",
        f"segment: the states of the last {WINDOW} looks solved for together, older ones kept as a prior",
    )
