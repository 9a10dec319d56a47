"""`tocsin events`."""

from __future__ import annotations

from tocsin.cli.options import Json


def events(*, json: Json = False) -> int:
    """List the built-in events."""
    from rich.markup import escape

    from tocsin.catalogue import event, event_names
    from tocsin.cli.terminal import print_json, screen

    known = [event(name) for name in event_names()]
    if json:
        rows = [
            {
                "event": e.key,
                "title": e.title,
                "start_utc": e.start_utc,
                "flights": len(e.flights),
                "notes": list(e.notes),
            }
            for e in known
        ]
        print_json({"events": rows})
        return 0
    out = screen()
    for e in known:
        out.print(f"[bold]{e.key}[/]  {escape(e.title)}, from {e.start_utc}")
        for note in e.notes:
            out.print(f"    {note}", style="dim", markup=False)
    out.print("Run one with: tocsin run NAME; one of your own with: tocsin run FILE.toml")
    return 0
