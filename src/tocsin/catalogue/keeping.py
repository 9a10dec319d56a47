"""Adds to the user's own catalogue, and removes from it: files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tocsin.catalogue.known import built_in, known_radars, known_satellites
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.own import VARIABLE, own, own_folder
from tocsin.catalogue.ownfile import read_radars
from tocsin.catalogue.ownrows import KEY, KEY_WORDS
from tocsin.catalogue.satellite import Elements, Satellite
from tocsin.catalogue.tomltext import toml_tables
from tocsin.earth.time import utc_from_tai
from tocsin.errors import TocsinError

MAX_SOURCE = 1000


def keep_radars(path: Path, source: str | None) -> tuple[str, ...]:
    """Add the radars of a TOML file; their keys. Source: for those that do not say theirs.

    Raises TocsinError with every mistake, each as `path:line: key: what, what to do`; then none is added.
    """
    _check_source(source)
    rows = read_radars(path, source, taken).rows
    _write({row["key"]: toml_tables("radar", [row]) for row in rows})
    return tuple(row["key"] for row in rows)


def keep_elements(place: str, key: str, name: str, elements: Elements) -> str:
    """Add a satellite with its element set; its key. Of a satellite of the user's own, one set more.

    place: where the set stands, for complaints. Raises TocsinError for a key that is none, or is taken, and
    for an epoch of which there is a set already.
    """
    _check_source(elements.source)
    if not KEY.fullmatch(key):
        raise TocsinError(f"{place}: key {key[:40]!r}: {KEY_WORDS}; set it with --key")
    mine = {s.key: s for s in own().satellites}.get(key)
    sets: list[dict[str, Any]] = []
    if mine is not None and mine.norad == elements.norad:
        if any(abs(e.epoch_t_tai - elements.epoch_t_tai) < 1e-3 for e in mine.elements):
            raise TocsinError(
                f"{place}: {key!r} has an element set of {elements.epoch_utc} already; give one of "
                "another date"
            )
        name, sets = mine.name, [_set(e) for e in mine.elements]
    elif where := taken(key):
        raise TocsinError(f"{place}: key {key!r} {where}; set another with --key")
    first = _source_of(mine) if mine is not None and sets else elements.source
    row = {"key": key, "name": name, "norad": elements.norad, "source": first}
    whole = {**row, "elements": [*sets, _set(elements)]}
    _write({key: toml_tables("satellite", [whole])})
    return key


def remove(key: str) -> None:
    """Take a radar or satellite out of the user's own catalogue. Raises TocsinError where it is not in it."""
    folder = own_folder()
    names = tuple(sorted(f.stem for f in folder.glob("*.toml"))) if folder.is_dir() else ()
    if key not in names:
        if built_in(key):
            raise TocsinError(f"{key!r} is built in and stays; only your own can be removed")
        if not names:
            raise TocsinError(f"no {key!r} in your own catalogue, {folder}: it is empty")
        raise TocsinError(f"{unknown('entry of your own catalogue', key, names)}")
    try:
        (folder / f"{key}.toml").unlink()
    except OSError as reason:
        raise _cannot(folder, reason) from None


def taken(key: str) -> str | None:
    """Where a key is in use already, in words; None where it is free."""
    if built_in(key):
        return "which is built in and stays as it is"
    for used in (*known_radars(), *known_satellites()):
        if used.casefold() == key.casefold():
            return f"which your own catalogue has; remove that with: tocsin catalogue remove {used}"
    return None


def _check_source(source: str | None) -> None:
    if source is not None and not (source.strip() and source.isprintable() and len(source) <= MAX_SOURCE):
        raise TocsinError(
            f"--source {source[:40]!r}: write where the figures come from, in one line of at most "
            f"{MAX_SOURCE} characters"
        )


def _set(elements: Elements) -> dict[str, Any]:
    """A set's figures, its epoch to the microsecond."""
    figures = asdict(elements)
    epoch = figures.pop("epoch_t_tai")
    return {**figures, "epoch_utc": utc_from_tai(epoch, 6)}


def _source_of(satellite: Satellite) -> str:
    return satellite.source.partition(": ")[2]


def _write(texts: dict[str, str]) -> None:
    """Write all of the files, or none: each beside its place first, then moved there."""
    folder = own_folder()
    parts: dict[Path, Path] = {}
    moved: dict[Path, bytes | None] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for key, text in texts.items():
            handle, name = tempfile.mkstemp(prefix=f".{key}-", dir=folder)
            parts[Path(name)] = folder / f"{key}.toml"
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write("# Written by `tocsin catalogue add`; remove with `tocsin catalogue remove`.\n")
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for part, place in parts.items():
            moved[place] = place.read_bytes() if place.exists() else None
            part.replace(place)
    except BaseException as reason:
        _undo(parts, moved)
        if isinstance(reason, OSError):
            raise _cannot(folder, reason) from None
        raise


def _undo(parts: Iterable[Path], moved: dict[Path, bytes | None]) -> None:
    for part in parts:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    for place, before in moved.items():
        with suppress(OSError):
            if before is None:
                place.unlink(missing_ok=True)
            else:
                place.write_bytes(before)


def _cannot(folder: Path, reason: OSError) -> TocsinError:
    why = (reason.strerror or str(reason)).lower()
    return TocsinError(
        f"{folder}: your own catalogue cannot be written ({why}); give {VARIABLE} a folder you may write to"
    )
