"""The user's own catalogue: a folder with one file for each radar or satellite that was added."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import final

from tocsin.catalogue.ownfile import read_own
from tocsin.catalogue.radar import RadarSite
from tocsin.catalogue.satellite import Satellite
from tocsin.errors import TocsinError

VARIABLE = "TOCSIN_CATALOGUE"
Stamp = tuple[tuple[str, int, int], ...]


@final
@dataclass(frozen=True, slots=True)
class Own:
    """What a user has added, in order of its keys; broken: what is wrong with files that are left out."""

    radars: tuple[RadarSite, ...]
    satellites: tuple[Satellite, ...]
    broken: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        """The keys of both kinds."""
        return (*(r.key for r in self.radars), *(s.key for s in self.satellites))


def own_folder() -> Path:
    """`$TOCSIN_CATALOGUE`, else `tocsin/catalogue` in the XDG data folder, `~/.local/share` by default."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen)
    # A relative one is to be left out of account, says the XDG Base Directory Specification.
    data = os.environ.get("XDG_DATA_HOME", "")
    base = Path(data) if os.path.isabs(data) else Path.home() / ".local" / "share"
    return base / "tocsin" / "catalogue"


def own() -> Own:
    """The user's own catalogue, whole and sound; raises TocsinError with what is wrong in its files."""
    found = own_sound()
    if found.broken:
        raise TocsinError(found.broken)
    return found


def own_sound() -> Own:
    """The user's own catalogue as it is now, without broken files; empty where there is no folder.

    What is wrong is `path:line: key: what, what to do`. Raises TocsinError where the folder cannot be read.
    """
    folder = own_folder()
    try:
        files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
        stamp = tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    except (OSError, RuntimeError) as reason:
        why = getattr(reason, "strerror", None) or reason
        raise TocsinError(
            f"{folder}: your own catalogue cannot be read ({why}); give {VARIABLE} another folder"
        ) from None
    return _read(folder, stamp)


# By the files' names, times and sizes, so that a changed folder is read anew.
@lru_cache(maxsize=4)
def _read(folder: Path, stamp: Stamp) -> Own:
    radars: list[RadarSite] = []
    satellites: list[Satellite] = []
    problems: list[str] = []
    for name, _, _ in stamp:
        try:
            found = read_own(folder / name)
        except TocsinError as error:
            problems += error.problems
            continue
        radars += found.radars
        satellites += found.satellites
    return Own(tuple(radars), tuple(satellites), tuple(problems))
