"""`tocsin run`."""

from __future__ import annotations

import json as text
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.catalogue import Event, borders
from tocsin.cli.folder import run_folder
from tocsin.cli.manifest import Manifest, this_build, write_manifest
from tocsin.cli.options import RUNS, Json, Seed, checked_at, checked_seed
from tocsin.cli.report import Report, report
from tocsin.cli.terminal import bar, print_json, screen
from tocsin.cli.tracksfile import tracks_geojson
from tocsin.cli.world import ORIGIN, Run, event_of, run_world


def run(
    event: Annotated[str, Parameter(help="A built-in event's name, or the path of an event's TOML file.")],
    /,
    *,
    at: Annotated[
        float | None, Parameter(help="Tell only what was known this many seconds after the start.")
    ] = None,
    seed: Seed = 1,
    out: Annotated[
        Path | None, Parameter(help="The folder to write the run to [default: tocsin-runs/EVENT-SEED].")
    ] = None,
    json: Json = False,
) -> int:
    """Run one event: a built-in one by name, or your own from a TOML file."""
    at, seed = checked_at(at), checked_seed(seed)
    chosen = event_of(event)
    folder = out if out is not None else RUNS / f"{chosen.key}-{seed}"
    done, told = recorded_run(chosen, seed, folder, at, True)
    if json:
        print_json(told)
        return 0
    from tocsin.cli.tell.whole import tell_run

    tell_run(screen(), done.event, done.events, told, folder)
    return 0


def recorded_run(
    event: Event, seed: int, folder: Path, at: float | None, picture: bool
) -> tuple[Run, Report]:
    """Run an event and write its folder: manifest, journals, report, tracks and, if wanted, the picture."""
    with run_folder(folder) as part:
        done = run_world(event, seed, part)
        told = report(event, done.network, done.truths, seed, done.events, at)
        write_manifest(
            part,
            Manifest(build=this_build(), origin=ORIGIN, seed=seed, at_s=at, event=event, truths=done.truths),
        )
        for name, value in (("report.json", told), ("tracks.geojson", tracks_geojson(told))):
            words = text.dumps(value, indent=2, allow_nan=False)
            (part / name).write_text(words + "\n", encoding="utf-8")
        if picture:
            with bar("drawing"):
                # Matplotlib takes a second to import: only for a picture.
                from tocsin.cli.scene import scene_of
                from tocsin.console.picture.draw import draw

                draw(scene_of(done, told), borders(), part / "picture.png")
    return done, told
