"""The folder of a run: written elsewhere and moved into place whole, and never over what is not ours."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tocsin.errors import TocsinError

MANIFEST = "manifest.json"


@contextmanager
def run_folder(wanted: Path) -> Iterator[Path]:
    """A new folder to write a run in, which becomes `wanted` at the end; if the block fails, nothing is left.

    An earlier run at `wanted` is replaced: it is moved aside, the new one moved in, then the old one deleted.
    Raises TocsinError, before anything is made, where `wanted` is a file, a folder that holds anything else
    than a run, the current folder, or a place that cannot be written to.
    """
    check_place(wanted)
    place = Path(os.path.abspath(wanted))
    made = _make_parents(wanted, place.parent)
    try:
        part = _part(wanted, place)
        try:
            yield part
            _move_in(wanted, part, place)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except BaseException:
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise


def check_place(wanted: Path) -> None:
    """Raise TocsinError where a run must not be written to `wanted`, as far as can be seen beforehand."""
    place = Path(os.path.abspath(wanted))
    try:
        link, there, folder = place.is_symlink(), place.exists(), place.is_dir()
    except OSError as reason:
        raise _cannot(wanted, reason) from None
    if link:
        raise TocsinError(f"--out {wanted}: is a link; give the name of a folder")
    if there and not folder:
        raise TocsinError(f"--out {wanted}: is there already and is not a folder; give another name")
    if not there:
        return
    if Path.cwd().is_relative_to(place.resolve()):
        raise TocsinError(
            f"--out {wanted}: is the folder you are in, or above it; give the name of a new one"
        )
    if not os.access(place, os.W_OK | os.X_OK):
        raise TocsinError(f"--out {wanted}: is read-only; give a folder you may write to")
    if any(place.iterdir()) and not (place / MANIFEST).is_file():
        raise TocsinError(f"--out {wanted}: holds something that is not a run of Tocsin's; give a new folder")


def _make_parents(wanted: Path, parent: Path) -> list[Path]:
    """Make what is missing above the folder; what was made, the innermost first."""
    missing = [p for p in (parent, *parent.parents) if not p.exists()]
    made: list[Path] = []
    try:
        for folder in reversed(missing):
            folder.mkdir()
            made.insert(0, folder)
    except OSError as reason:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise _cannot(wanted, reason) from None
    return made


def _part(wanted: Path, place: Path) -> Path:
    try:
        part = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        part.chmod(0o755)
    except OSError as reason:
        raise _cannot(wanted, reason) from None
    return part


def _move_in(wanted: Path, part: Path, place: Path) -> None:
    aside = part.with_name(part.name + "-old")
    try:
        if place.exists():
            place.rename(aside)
        try:
            part.rename(place)
        except OSError:
            if aside.exists():
                aside.rename(place)
            raise
    except OSError as reason:
        raise _cannot(wanted, reason) from None
    shutil.rmtree(aside, ignore_errors=True)


def _cannot(wanted: Path, reason: OSError) -> TocsinError:
    why = (reason.strerror or str(reason)).lower()
    return TocsinError(f"--out {wanted}: cannot be written ({why}); give a folder you may write to")
