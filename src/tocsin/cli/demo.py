"""`tocsin demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import RUNS, Json, Seed, checked_seed

EVENTS = ("hwasong-14-2017-07-04", "ocean-arc-2025-07-15")


def demo(
    *,
    seed: Seed = 1,
    out: Annotated[Path, Parameter(help="The folder in which each run gets a folder of its own.")] = RUNS,
    picture: Annotated[bool, Parameter(help="Draw the pictures.")] = True,
    json: Json = False,
) -> int:
    """Run the two built-in events and show what was known when."""
    from tocsin.catalogue import event
    from tocsin.cli.folder import check_place
    from tocsin.cli.recorded import recorded_run
    from tocsin.cli.tell.whole import tell_run, tell_shortly
    from tocsin.cli.terminal import print_json, screen

    seed = checked_seed(seed)
    folders = [out / f"{name}-{seed}" for name in EVENTS]
    for folder in folders:
        check_place(folder)
    reports = []
    for name, folder, tale in zip(EVENTS, folders, (tell_run, tell_shortly), strict=True):
        done, told = recorded_run(event(name), seed, folder, None, picture)
        reports.append(told)
        if not json:
            tale(screen(), done.event, done.events, told, folder)
    if json:
        print_json({"runs": reports})
    return 0
