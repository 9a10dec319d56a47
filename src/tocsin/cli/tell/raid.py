"""A raid as a whole, in a few lines."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from tocsin.cli.tell.words import DASH, clock, size

MOST_CLASSES, LEAST_OF_CLASS = 4, 0.05
REPORTED = "told by the partner alone, and perhaps one with another track"
Row = dict[str, Any]


def tell_raid(out: Console, r: Row) -> None:
    """Its tracks, what they may be, how fast they were launched, when they come down and on whose ground."""
    title = f"All open tracks as a whole, as of {clock(r['t_s'])}"
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, show_header=False
    )
    states = ", ".join(f"{n} {state}" for state, n in r["states"].items())
    free, unknown = r["threat_free"], r["undetermined"]
    words = f"{r['tracks']}: {states}" + (f"; {free} without threat" if free else "")
    table.add_row("tracks", words + (f"; {unknown} with no impact region yet" if unknown else ""))
    if r["objects_at_least"] > r["objects_resolved"]:
        table.add_row("objects", f"at the least {r['objects_at_least']}")
    classes = [f"{n:.1f} {name}" for name, n in r["classes"].items() if n >= LEAST_OF_CLASS]
    table.add_row("classes", ", ".join(classes[:MOST_CLASSES]) + " (expected numbers)")
    if r["first_launch"] is not None:
        table.add_row("launches", f"{r['launches']} known{_rate(r)}")
        table.add_row("  apart", _wide(r["launch_spread"]))
    if r["first_impact"] is not None:
        table.add_row("impacts", f"first {_span(r['first_impact'])}, last {clock(r['last_impact']['t_s'])}")
        table.add_row("  apart", _wide(r["impact_spread"]))
    table.add_row("protected ground", _protected(r))
    out.print(table)
    if r["reported"]:
        out.print(f"  {REPORTED}: {r['reported']}", style="dim")


def _rate(r: Row) -> str:
    """How fast they were launched, with the 90 % interval."""
    if r["launches_per_min"] is None:
        return ""
    low, high = r["launches_per_min_low"], r["launches_per_min_high"]
    span = f"90 %: {_few(low)} or more" if high is None else f"90 %: {_few(low)} to {_few(high)}"
    begin, end = clock(r["first_launch"]["t_s"]), clock(r["last_launch"]["t_s"])
    return f" from {begin} to {end}, {_few(r['launches_per_min'])} a minute ({span})"


def _few(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 9.95 else f"{rate:.1f}" if rate >= 0.95 else f"{rate:.2f}"


def _span(w: Row) -> str:
    return f"{clock(w['t_s'])} (90 %: {clock(w['low_s'])} to {clock(w['high_s'])})"


def _wide(s: Row | None) -> str:
    if s is None:
        return DASH
    e = s["ellipse_km"]
    return f"{size(e['semi_major'])} x {size(e['semi_minor'])} km, {s['sigma_s']:,.0f} s (1 sigma of any one)"


def _protected(r: Row) -> str:
    if r["protected"] is None:
        return "not known yet"
    p, low, high = (f"{r[key]:.2f}" for key in ("protected", "protected_low", "protected_high"))
    words = f"P(at least one) {p}"
    return words if low == high else f"{words} if independent, {low} to {high} whatever they share"
