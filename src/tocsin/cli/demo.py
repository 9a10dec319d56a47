"""`tocsin demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import RUNS, Json, Seed, checked_seed

EVENT, AT_ITS_BEST = "hwasong-14-2017-07-04", "ocean-arc-2025-07-15"


def demo(
    *,
    seed: Seed = 1,
    out: Annotated[Path, Parameter(help="The folder in which the run gets a folder of its own.")] = RUNS,
    picture: Annotated[bool, Parameter(help="Draw the picture.")] = True,
    json: Json = False,
) -> int:
    """Run the launch of 4 July 2017 and show what was known when."""
    from tocsin.catalogue import event
    from tocsin.cli.folder import check_place
    from tocsin.cli.ground import ground_of
    from tocsin.cli.recorded import recorded_run
    from tocsin.cli.tell.whole import tell_run
    from tocsin.cli.terminal import print_json, screen

    seed = checked_seed(seed)
    folder = out / f"{EVENT}-{seed}"
    check_place(folder)
    done, told = recorded_run(event(EVENT), seed, folder, None, picture, ground_of(None, None))
    if json:
        print_json(told)
        return 0
    tell_run(screen(), done.event, done.events, told, folder)
    screen().print(
        f"The system at its best, in wide stereo and with several radars: tocsin run {AT_ITS_BEST}"
    )
    return 0
