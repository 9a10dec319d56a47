"""An arc fitted to looks, in words."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table


def tell_arc(out: Console, told: dict[str, Any]) -> None:
    """The verdict, the arc, the lasting errors, the residuals and where it goes."""
    colour = {"converged": "green", "unchecked": "yellow"}.get(told["verdict"], "red")
    name = escape(told["object"] or told["file"])
    out.print(f"[bold {colour}]{told['verdict']}[/]  {name}: {told['why']}")
    out.print(f"    {told['looks']} looks, {told['start_utc']} to {told['end_utc']}")
    if told["chi2"] is not None:
        out.print(
            f"    chi-square {told['chi2']:.1f} with {told['freedom']} degrees of freedom; as much or more "
            f"by chance: {told['tail']:.2g}"
        )
    if worst := told["worst"]:
        place = escape(worst["place"])
        out.print(f"    furthest off: {place}, {worst['channel']}, {worst['sigmas']:+.1f} sigma")
    tell_remarks(out, told["remarks"])
    for s in told["stations"]:
        tell_outside(out, s["name"], s["outside"])
    if told["state"]:
        _state(out, told["state"], told["orbit"])
    for s in told["stations"]:
        errors = ", ".join(_error(e) for e in s["errors"])
        if errors:
            out.print(f"    lasting errors of {escape(s['name'])}: {errors}")
    _residuals(out, told["residuals"])
    _ephemeris(out, told["ephemeris"])
    for line in (*told["assumed"], *told["notes"]):
        out.print(f"    {line}", style="dim", markup=False)


def tell_remarks(out: Console, remarks: list[str]) -> None:
    """What should be looked at, a line each."""
    for line in remarks:
        out.print(f"    [bold yellow]{escape(line)}[/]")


def tell_outside(out: Console, name: str, found: dict[str, Any] | None) -> None:
    """How many looks lie outside a radar's sector, and the first of them; nothing where none does."""
    if found is None:
        return
    few = "look lies" if found["looks"] == 1 else "looks lie"
    out.print(
        f"    [bold yellow]{found['looks']} {few} outside the sector of {escape(name)}[/] "
        f"({found['sector']}); the first: {escape(found['place'])}, {found['utc']}, "
        f"azimuth {found['azimuth_deg']:.2f} deg, elevation {found['elevation_deg']:.2f} deg; all are fitted"
    )


def _error(e: dict[str, Any]) -> str:
    known = "" if e["sigma"] is None else f" +- {e['sigma']:.2g}"
    return f"{e['name']} {e['value']:+.3g}{known} {e['unit']}"


def _state(out: Console, state: dict[str, Any], orbit: dict[str, Any]) -> None:
    r = ", ".join(f"{x / 1e3:,.3f}" for x in state["r_ecef_m"])
    v = ", ".join(f"{x:,.3f}" for x in state["v_ecef_m_s"])
    out.print(f"    state at {state['utc']}, Earth-fixed: {r} km; {v} m/s")
    out.print(f"    known to {state['sigma_m']:,.1f} m and {state['sigma_m_s']:.3f} m/s (1 sigma)")
    top = "escapes" if orbit["apogee_km"] is None else f"apogee {orbit['apogee_km']:,.1f} km"
    period = "" if orbit["period_min"] is None else f", period {orbit['period_min']:.2f} min"
    out.print(
        f"    osculating: perigee {orbit['perigee_km']:,.1f} km, {top}, inclination "
        f"{orbit['inclination_deg']:.3f} deg{period}"
    )


def _residuals(out: Console, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("    residuals", "channel"):
        table.add_column(heading)
    for heading in ("looks", "rms", "rms / sigma", "chi-square"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            f"    {escape(row['station'])}",
            row["channel"],
            str(row["looks"]),
            f"{row['rms']:.4g} {row['unit']}",
            f"{row['rms_sigma']:.2f}",
            f"{row['chi2']:.1f}",
        )
    out.print(table)


def _ephemeris(out: Console, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column("    predicted, UTC")
    for heading in ("lat deg", "lon deg", "height km", "speed m/s", "1 sigma m"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            f"    {row['utc']}", f"{row['lat_deg']:.3f}", f"{row['lon_deg']:.3f}", f"{row['height_km']:,.2f}",
            f"{row['speed_m_s']:,.1f}", f"{row['sigma_m']:,.0f}",
        )  # fmt: skip
    out.print(table)
