"""Why the states are what they are: hypotheses weighed, channels heard, sensors awaited, rules met or not."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from tocsin.assess.assessment import Assessment
from tocsin.cli.tell.words import DASH, clock

MOST_BARS, TEN_PER_BAR = 24, 0.5
LAUNCHES = ("launch elsewhere", "launch toward us")


def tell_why(out: Console, made: tuple[Assessment, ...], start: float) -> None:
    """Of the last assessment while the event was open; of the last one, where it never was."""
    a = next((one for one in reversed(made) if one.event_state != "closed"), made[-1])
    if not a.factors:
        return
    out.print(_hypotheses(a, start))
    out.print(
        "  assumed: every rate of nuisances and faults; no prior of attack is in any of it", style="dim"
    )
    if a.posterior is not None:
        out.print(f"  with your prior of attack: P(toward protected ground) = {a.posterior:.3g}")
    low, high = a.threat_range
    if low != high:
        out.print(f"  [yellow]the threat hangs on the prior of attack: {low} to {high}[/]")
    out.print(_channels(a, start))
    for e in a.expected:
        when = DASH if e.t is None else clock(e.t - start)
        out.print(f"  {e.channel}: {e.state} it, {when} ({100 * e.share:.0f} % of the ways)", style="dim")
    for rule in a.rules:
        out.print(f"  {'yes' if rule.met else 'no '}  {rule.name}", style="" if rule.met else "dim")
    if made[-1].closed_by is not None:
        out.print(f"  closed {clock(made[-1].t - start)}: {made[-1].closed_by}")


def _hypotheses(a: Assessment, start: float) -> Table:
    """Each hypothesis by how many powers of ten it falls behind the best."""
    table = _table(f"What it may be, by what was seen until {clock(a.t - start)}")
    table.add_column("")
    table.add_column("powers of ten behind", justify="right")
    table.add_column("")
    best = max(a.factors.values())
    for name, value in sorted(a.factors.items(), key=lambda item: -item[1]):
        behind = best - value
        bars = "\u2588" * max(MOST_BARS - round(behind / TEN_PER_BAR), 0)
        table.add_row(name, f"{behind:.1f}", bars, style="bold" if name in LAUNCHES else "")
    return table


def _channels(a: Assessment, start: float) -> Table:
    table = _table("Who says so")
    for name, side in (("channel", "left"), ("looks", "right"), ("from", "right"), ("to", "right")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    table.add_column("told by")
    for e in a.evidence:
        row = (
            e.channel,
            str(e.looks),
            clock(e.first_t - start),
            clock(e.last_t - start),
            e.by or "own sensor",
        )
        table.add_row(*row)
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
