"""`tocsin fly`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import EventWords, Json, OptionalSeed, checked_seed
from tocsin.errors import TocsinError


def fly(
    event: EventWords,
    /,
    *,
    seed: OptionalSeed = None,
    oem: Annotated[
        Path | None, Parameter(help="A new or empty folder for one CCSDS OEM of each object.")
    ] = None,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the flights.")] = None,
    json: Json = False,
) -> int:
    """Fly an event without any sensor, and tell each object's figures beside the published ones.

    Without --seed each class is flown as it is; with it, as the run of that seed draws it.
    """
    from tocsin.cli.chosen import event_of
    from tocsin.cli.flown import flown_figures
    from tocsin.cli.flying import fly_all
    from tocsin.cli.oemfolder import check_oem_folder, write_oems
    from tocsin.cli.tell.flown import tell_flown
    from tocsin.cli.terminal import print_json, screen

    seed = None if seed is None else checked_seed(seed)
    check_picture(picture)
    check_oem_folder(oem)
    chosen = event_of(event)
    flights = fly_all(chosen, seed, event)
    told = flown_figures(chosen, seed, flights)
    if oem is not None:
        write_oems(chosen, flights, oem)
    if picture is not None:
        from tocsin.cli.flightscene import draw_event

        draw_event(chosen, seed, flights, picture)
    if json:
        print_json(told)
    else:
        tell_flown(screen(), told)
    return 0


def check_picture(file: Path | None) -> None:
    """Raise TocsinError, before anything is flown, where no picture can be written to the file."""
    if file is None:
        return
    if file.suffix.lower() != ".png":
        raise TocsinError(f"--picture {file}: a picture is a PNG; give a name that ends in .png")
    if file.is_dir() or not file.absolute().parent.is_dir():
        what = "is a folder" if file.is_dir() else "there is no such folder to write it to"
        raise TocsinError(f"--picture {file}: {what}; give a file in a folder that is there")
    if not os.access(file if file.exists() else file.absolute().parent, os.W_OK):
        raise TocsinError(f"--picture {file}: it may not be written there; give a file that may")
