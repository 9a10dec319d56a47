"""A radar calibrated from known paths, in words."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tocsin.cli.tell.fit import tell_outside, tell_remarks


def tell_calibration(out: Console, told: dict[str, Any]) -> None:
    """The errors with their sigmas, and what each pass leaves."""
    colour = {"converged": "green", "unchecked": "yellow"}.get(told["status"], "red")
    out.print(f"[bold {colour}]{told['status']}[/]  {escape(told['radar'])}: {told['why']}")
    left = f", {told['left_out']} more at times that no path covers" if told["left_out"] else ""
    out.print(f"    {told['looks']} looks in {len(told['arcs'])} passes{left}")
    tell_outside(out, told["radar"], told["outside"])
    if told["chi2"] is not None:
        out.print(
            f"    chi-square {told['chi2']:.1f} with {told['freedom']} degrees of freedom; as much or more "
            f"by chance: {told['tail']:.2g}"
        )
    tell_remarks(out, told["remarks"])
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column("    lasting error")
    for heading in ("value", "1 sigma", "before"):
        table.add_column(heading, justify="right")
    for e in told["errors"]:
        sigma = "unknown" if e["sigma"] is None else f"{e['sigma']:.3g} {e['unit']}"
        table.add_row(
            f"    {e['name']}", f"{e['value']:+.4g} {e['unit']}", sigma, f"{e['prior_sigma']:.3g} {e['unit']}"
        )
    out.print(table)
    for arc in told["arcs"]:
        off = ""
        if arc["off_m"]:
            off = "; path off by radial {:+,.0f}, along {:+,.0f}, across {:+,.0f} m".format(*arc["off_m"])
        rms = "" if arc["rms_sigma"] is None else f", rms {arc['rms_sigma']:.2f} sigma"
        out.print(f"    {escape(arc['object'])} {arc['start_utc']}: {arc['looks']} looks{rms}{off}")
    for line in (*told["assumed"], *told["notes"]):
        out.print(f"    {line}", style="dim", markup=False)
