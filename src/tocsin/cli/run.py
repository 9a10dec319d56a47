"""`tocsin run`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.options import RUNS, EventWords, Json, Seed, checked_at, checked_seed


def run(
    event: EventWords,
    /,
    *,
    at: Annotated[
        float | None, Parameter(help="Tell only what was known this many seconds after the start.")
    ] = None,
    seed: Seed = 1,
    protected: Annotated[
        Path | None,
        Parameter(help="A TOML file of what is protected, and how sure a warning must be; Russia and China."),
    ] = None,
    borders: Annotated[
        Path | None, Parameter(help="A border layer of your own, GeoJSON; Natural Earth's unless given.")
    ] = None,
    out: Annotated[
        Path | None,
        Parameter(help="The folder to write the run to; tocsin-runs/EVENT-SEED unless given."),
    ] = None,
    json: Json = False,
) -> int:
    """Run one event: a built-in one by name, or your own from a TOML file."""
    from tocsin.cli.chosen import event_of
    from tocsin.cli.ground import ground_of, guarding, together
    from tocsin.cli.recorded import recorded_run
    from tocsin.cli.tell.whole import tell_run
    from tocsin.cli.terminal import print_json, screen

    at, seed = checked_at(at), checked_seed(seed)
    chosen, ground = together(lambda: event_of(event), lambda: ground_of(protected, borders))
    if protected is None:
        ground = guarding(ground, chosen.protected)
    folder = out if out is not None else RUNS / f"{chosen.key}-{seed}"
    done, told = recorded_run(chosen, seed, folder, at, True, ground)
    if json:
        print_json(told)
    else:
        tell_run(screen(), done.event, done.events, told, folder)
    return 0
