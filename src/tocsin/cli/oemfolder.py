"""A folder of CCSDS OEMs, one for each object that flew: written elsewhere and moved into place whole."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tocsin.catalogue import Event
from tocsin.catalogue.plan import plan_names
from tocsin.cli.terminal import bar
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.oem_write import write_oem
from tocsin.motion.path import Path as Motion

LONGEST = 40


def check_oem_folder(folder: Path | None) -> None:
    """Raise TocsinError, before anything is flown, where the folder is neither new nor empty."""
    if folder is None:
        return
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise TocsinError(f"--oem {folder}: is there already and is not a folder; give another name")
    if folder.is_dir() and any(folder.iterdir()):
        raise TocsinError(f"--oem {folder}: holds something already; give a new folder")
    if not folder.absolute().parent.is_dir():
        raise TocsinError(f"--oem {folder}: there is no such folder to make it in; make it first")


def write_oems(event: Event, flights: tuple[Flight, ...], folder: Path) -> tuple[str, ...]:
    """Write one OEM for each body and companion; the files' names. If one fails, nothing is left.

    CREATION_DATE is the event's start, since no clock is read: the same flights give the same files.
    """
    try:
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    except OSError as reason:
        raise _cannot(folder, reason) from None
    try:
        objects = list(_objects(event, flights))
        with bar("writing OEMs") as tell:
            for done, (file, ephemeris) in enumerate(objects, start=1):
                (part / file).write_text(write_oem([ephemeris], event.start_utc), encoding="utf-8")
                tell(done / len(objects))
        part.chmod(0o755)
        if folder.is_dir():
            folder.rmdir()
        part.rename(folder)
    except OSError as reason:
        raise _cannot(folder, reason) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return tuple(file for file, _ in objects)


def _objects(event: Event, flights: tuple[Flight, ...]) -> Iterator[tuple[str, Ephemeris]]:
    """File and ephemeris of each object; a companion's file stands after its body's."""
    places = len(str(len(flights)))
    for number, (plan, flight) in enumerate(zip(plan_names(event.flights), flights, strict=True), start=1):
        ends = len(str(len(flight.companions)))
        for k, path in enumerate(flight.paths):
            piece = f"-{k:0{ends}d}" if k else ""
            which = f"{event.key} {plan}" + (f" object {k}" if k else "")
            yield f"{number:0{places}d}{piece}-{_slug(path.name)}.oem", _ephemeris(path, _plain(which))


def _ephemeris(path: Motion, object_id: str) -> Ephemeris:
    start, stop = float(path.t[0]), float(path.t[-1])
    return Ephemeris(_plain(path.name), object_id, path.t, path.r_ecef, path.v_ecef, start, stop)


def _plain(name: str) -> str:
    """One line of printable text."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split()) or "object"


def _slug(name: str) -> str:
    """What a name leaves for a file's: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:LONGEST].rstrip("-") or "object"


def _cannot(folder: Path, reason: OSError) -> TocsinError:
    why = (reason.strerror or str(reason)).lower()
    return TocsinError(f"--oem {folder}: cannot be written ({why}); give a folder you may write to")
