"""`tocsin catalogue add`, `list` and `remove`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from tocsin.cli.options import Json
from tocsin.errors import TocsinError


def add(
    file: Annotated[Path, Parameter(help="A TLE, an OMM in key-value notation, or a radar's TOML.")],
    /,
    *,
    source: Annotated[
        str | None, Parameter(help="Where the figures come from; needed unless the file says so.")
    ] = None,
    key: Annotated[
        str | None, Parameter(help="The satellite's name in events; made of its own name unless given.")
    ] = None,
) -> int:
    """Add radars or a satellite to your own catalogue, to be named in events like built-in ones."""
    from tocsin.catalogue.keeping import keep_elements, keep_radars
    from tocsin.catalogue.own import own_folder
    from tocsin.cli.addition import elements_of_file, key_of, kind_of
    from tocsin.cli.terminal import screen

    kind = kind_of(file)
    if kind == "radar":
        if key is not None:
            raise TocsinError(f"--key {key}: a radar's key stands in its file; change it there")
        keys = keep_radars(file, source)
    else:
        name, elements, place = elements_of_file(file, kind, source)
        keys = (keep_elements(place, key or key_of(name), name, elements),)
    table = "radars" if kind == "radar" else "satellites"
    out = screen()
    out.print(f"added: {', '.join(keys)}; kept in {own_folder()}", markup=False)
    named = ", ".join(f'"{k}"' for k in keys)
    out.print(f"Name it in an event, under [network]: {table} = [{named}]", markup=False)
    return 0


def listing(*, json: Json = False) -> int:
    """List the radars and satellites that an event may name, and what is wrong with files of your own."""
    from tocsin.catalogue import radars as built_radars
    from tocsin.catalogue import satellites as built_satellites
    from tocsin.catalogue.known import built_in
    from tocsin.catalogue.own import own_folder, own_sound
    from tocsin.cli.terminal import print_json, screen
    from tocsin.errors import first_of

    mine = own_sound()
    satellites = [
        {
            "key": s.key,
            "name": s.name,
            "own": not built_in(s.key),
            "norad": s.norad,
            "elements_utc": [e.epoch_utc for e in s.elements],
            "source": s.source,
        }
        for s in (*built_satellites(), *mine.satellites)
    ]
    radars = [
        {
            "key": r.key,
            "name": r.name,
            "own": not built_in(r.key),
            "centre": r.centre,
            "band": r.band,
            "status": r.status,
            "hypothetical": r.hypothetical,
            "source": r.source,
        }
        for r in (*built_radars(), *mine.radars)
    ]
    if json:
        broken = list(mine.broken)
        print_json(
            {"folder": str(own_folder()), "satellites": satellites, "radars": radars, "broken": broken}
        )
        return 0
    out = screen()
    for title, rows in (("satellites", satellites), ("radars", radars)):
        out.print(f"[bold]{title}[/]")
        for row in rows:
            out.print(_line(row), markup=False, soft_wrap=True)
    if mine.broken:
        out.print("[bold red]broken[/]: left out above, and no event that names one of your own is run")
    for problem in first_of(mine.broken):
        out.print(f"    {problem}", markup=False, soft_wrap=True)
    out.print(f"Your own are kept in {own_folder()}", markup=False, soft_wrap=True)
    return 0


def remove(key: Annotated[str, Parameter(help="The key of what you added.")], /) -> int:
    """Take a radar or satellite out of your own catalogue."""
    from tocsin.catalogue import keeping
    from tocsin.cli.terminal import screen

    keeping.remove(key)
    screen().print(f"removed: {key}", markup=False)
    return 0


def _line(row: dict[str, Any]) -> str:
    mark = "yours" if row["own"] else "hypothetical" if row.get("hypothetical") else "built in"
    if "elements_utc" in row:
        sets = row["elements_utc"]
        about = f"{len(sets)} element set{'s' if len(sets) > 1 else ''}, {sets[0][:10]} to {sets[-1][:10]}"
    else:
        about = f"{row['centre']}, {row['band']}, {row['status']}"
    return f"    {row['key']:14}{mark:14}{row['name']}: {about}" + (
        f"; {row['source']}" if row["own"] else ""
    )
