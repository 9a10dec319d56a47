"""`tocsin check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import Json
from tocsin.errors import TocsinError


def check(
    file: Annotated[Path, Parameter(help="An event's TOML file.")],
    /,
    *,
    json: Json = False,
) -> int:
    """Check an event's TOML file, and whether its flights can be flown."""
    from rich.markup import escape

    from tocsin.catalogue import network_of
    from tocsin.catalogue.eventfile import read_event
    from tocsin.cli.flying import fly_all
    from tocsin.cli.notes import network_figures
    from tocsin.cli.terminal import print_json, screen

    nothing = {"file": str(file), "ok": False, "problems": [], "event": None, "network": None}
    try:
        event = read_event(file)
        if event.flights:
            fly_all(event, None, str(file))
    except TocsinError as error:
        if json:
            print_json({**nothing, "problems": list(error.problems)})
        raise
    network = network_of(event.network)
    if json:
        print_json({**nothing, "ok": True, "event": event.key, "network": network_figures(network)})
        return 0
    out = screen()
    out.print(f"[bold green]sound[/]  {escape(str(file))}: {escape(event.title)}, from {event.start_utc}")
    satellites = ", ".join(s.name for s, _ in network.satellites) or "none"
    out.print(f"    satellites: {satellites}", markup=False)
    out.print(f"    radars: {', '.join(r.key for r in network.radars) or 'none'}", markup=False)
    for note in (*network.notes, *event.notes):
        out.print(f"    {note}", style="dim", markup=False)
    return 0
