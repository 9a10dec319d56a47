"""A run's manifest: what is needed to fold it again without the world that made it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from tocsin import __version__, _kernels
from tocsin.centre.journal import digest
from tocsin.cli.folder import MANIFEST
from tocsin.cli.keptevent import KeptEvent, event_of_kept
from tocsin.cli.truth import Truth
from tocsin.cli.watch import Watch
from tocsin.errors import TocsinError
from tocsin.exchange.keys import Origin

FORMAT = 3


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Event, seed, origin, truth and watches of a run, and the moment up to which it was told.

    build: the hash of the source and the compilers that made it; another may differ in the last bits.
    journals: the digest of each centre's journal, so that a cut or changed one is not taken for this run's;
    ground: that of the borders and warning settings, which lie beside it (see `ground`).
    """

    format: int = FORMAT
    tocsin: str = __version__
    build: str = ""
    origin: Origin
    seed: int
    at_s: float | None
    event: KeptEvent
    truths: tuple[Truth, ...]
    watches: tuple[Watch, ...] = ()
    journals: dict[str, str]
    ground: dict[str, str]


def this_build() -> str:
    """The hash of this source and of the versions that compile it."""
    return _kernels.source_key(_kernels.PACKAGE)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it as JSON to be read by eye."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / MANIFEST).write_bytes(text + b"\n")


def check_journals(folder: Path, manifest: Manifest) -> None:
    """Raise TocsinError where a centre's journal is not the one that the run wrote."""
    changed = [name for name, was in manifest.journals.items() if digest(folder / name) != was]
    if changed:
        raise TocsinError(f"{folder}: the journal of {name} was changed after the run" for name in changed)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run's folder. Raises TocsinError where there is none, or it cannot be read."""
    file = folder / MANIFEST
    try:
        there, is_folder = folder.exists(), folder.is_dir()
    except OSError as reason:
        raise TocsinError(f"{folder}: cannot be read ({(reason.strerror or str(reason)).lower()})") from None
    if not is_folder:
        raise TocsinError(f"{folder}: {'not a folder' if there else 'no such run'}; {_runs_there(folder)}")
    if not file.is_file():
        raise TocsinError(f"{folder}: holds no {MANIFEST}, so it is not a run; {_runs_there(folder)}")
    try:
        data = file.read_bytes()
        form = msgspec.json.decode(data, type=_Form).format
        if form != FORMAT:
            raise TocsinError(
                f"{file}: of format {form}, and this Tocsin reads {FORMAT}: replay it with its own"
            )
        manifest = msgspec.json.decode(data, type=Manifest)
        event_of_kept(manifest.event)
        return manifest
    except OSError as reason:
        raise TocsinError(f"{file}: cannot be read ({(reason.strerror or str(reason)).lower()})") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        raise TocsinError(f"{file}: is not a run's manifest: {reason}; was the file changed?") from None


class _Form(Struct):
    format: int


def _runs_there(folder: Path) -> str:
    """What to do instead: the runs that lie in that folder, or beside it."""
    for where in (folder, folder.parent):
        if where.is_dir():
            runs = sorted(str(file.parent) for file in where.glob(f"*/{MANIFEST}"))
            if runs:
                return f"give one of: {', '.join(runs[:6])}"
    return "give the folder that `tocsin run` wrote"
