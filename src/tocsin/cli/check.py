"""`tocsin check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import Json
from tocsin.errors import TocsinError


def check(
    file: Annotated[
        Path, Parameter(help="A TOML file of an event or of warning settings, or a border layer's GeoJSON.")
    ],
    /,
    *,
    json: Json = False,
) -> int:
    """Check an event's TOML file, and whether its flights can be flown.

    Or a file that `run` takes beside it: warning settings, for the built-in borders, or a border layer.
    """
    from rich.markup import escape

    from tocsin.catalogue import network_of
    from tocsin.catalogue.eventfile import read_event
    from tocsin.cli.flying import fly_all
    from tocsin.cli.notes import network_figures
    from tocsin.cli.terminal import print_json, screen

    nothing = {"file": str(file), "ok": False, "problems": [], "event": None, "network": None}
    told = None
    try:
        told = _ground_words(file)
        if told is None:
            event = read_event(file)
        if told is None and event.flights:
            fly_all(event, None, str(file))
    except TocsinError as error:
        if json:
            print_json({**nothing, "problems": list(error.problems)})
        raise
    if told is not None:
        if json:
            print_json({**nothing, "ok": True})
        else:
            screen().print(f"[bold green]sound[/]  {escape(str(file))}: {escape(told)}")
        return 0
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


def _ground_words(file: Path) -> str | None:
    """What a sound border layer or file of warning settings holds; None of another file."""
    from tocsin.catalogue import borders, read_borders, read_warning
    from tocsin.catalogue.warningfile import holds_warning

    if file.suffix.lower() in (".geojson", ".json"):
        layer = read_borders(file)
        return f"borders of {len(set(layer.iso))} countries in {len(layer.geometry):,} parts"
    if not holds_warning(file):
        return None
    settings = read_warning(file, borders())
    names = ", ".join(p.name for p in settings.protected)
    thresholds = f"{settings.possible:g}, {settings.probable:g}, {settings.confirmed:g}"
    return f"protects {names}; threat possible, probable, confirmed from P = {thresholds}"
