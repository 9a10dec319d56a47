"""A run with its folder: manifest, journals, the ground it was told of, report, tracks and picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.catalogue import Borders, Event
from tocsin.cli.folder import check_place, run_folder
from tocsin.cli.ground import Ground
from tocsin.cli.keptevent import kept_event
from tocsin.cli.manifest import Manifest, this_build, write_manifest
from tocsin.cli.report import Report, report
from tocsin.cli.terminal import bar
from tocsin.cli.tracksfile import tracks_geojson

if TYPE_CHECKING:
    from tocsin.cli.world import Run


def recorded_run(
    event: Event, seed: int, folder: Path, at: float | None, picture: bool, ground: Ground
) -> tuple[Run, Report]:
    """Run an event over some ground and write its folder, which is checked before anything is computed."""
    check_place(folder)
    # The world's kernels take a while to load: not before it is known that there is a place to write to.
    from tocsin.assess.territory import Territories
    from tocsin.centre.journal import digest
    from tocsin.centre.setup import centres_of
    from tocsin.cli.world import ORIGIN, run_world

    with run_folder(folder) as part:
        territories = Territories(ground.borders, ground.settings)
        done = run_world(event, seed, part, territories)
        with bar("the report"):
            told = report(
                event, done.network, done.truths, seed, done.events, at, ORIGIN, done.watches, territories
            )
        manifest = Manifest(
            build=this_build(),
            origin=ORIGIN,
            seed=seed,
            at_s=at,
            event=kept_event(event),
            truths=done.truths,
            watches=done.watches,
            journals={name: digest(part / name) for name in centres_of(done.network)},
            ground=ground.digests,
        )
        for name, data in ground.files.items():
            (part / name).write_bytes(data)
        write_manifest(part, manifest)
        _write(part / "report.json", told)
        _write(part / "tracks.geojson", tracks_geojson(told))
        if picture:
            _draw(done, told, ground.borders, part / "picture.png")
    return done, told


def _write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def _draw(done: Run, told: Report, borders: Borders, file: Path) -> None:
    with bar("drawing"):
        # Matplotlib takes a second to import: only for a picture.
        from tocsin.cli.scene import scene_of
        from tocsin.console.picture.draw import draw

        draw(scene_of(done, told), borders, file)
