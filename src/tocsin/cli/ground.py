"""The ground that a run is told of: borders and warning settings, and the copies that a replay folds with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, final

from tocsin.catalogue import (
    Borders,
    WarningSettings,
    borders,
    read_borders,
    read_warning,
    warning_settings,
)
from tocsin.catalogue import protected as protecting
from tocsin.catalogue.figures import DATA
from tocsin.catalogue.warningfile import DEFAULT
from tocsin.errors import TocsinError

A = TypeVar("A")
B = TypeVar("B")
SETTINGS, BORDERS, BUILT_IN = "warning.toml", "borders.geojson", "borders.npz"


@final
@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Borders and settings; files: what a run's folder keeps of them, by name."""

    borders: Borders
    settings: WarningSettings
    files: dict[str, bytes]

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of what the run rests on: the files kept, and the built-in borders where they are used."""
        return {name: _digest(data) for name, data in self.files.items()} | (
            {} if BORDERS in self.files else {BUILT_IN: _digest((DATA / BUILT_IN).read_bytes())}
        )


def ground_of(protected: Path | None, layer: Path | None) -> Ground:
    """The default, or as the user's own files say. Raises TocsinError with what is wrong in both."""
    problems: list[str] = []
    drawn = settings = None
    try:
        drawn = borders() if layer is None else read_borders(layer)
    except TocsinError as error:
        problems += error.problems
    try:
        if protected is None and layer is not None and drawn is not None:
            _check_default(layer, drawn)
        settings = warning_settings() if protected is None else read_warning(protected, drawn)
    except TocsinError as error:
        problems += error.problems
    if drawn is None or settings is None:
        raise TocsinError(problems)
    files = {SETTINGS: (protected or DATA / DEFAULT).read_bytes()}
    return Ground(drawn, settings, files if layer is None else {**files, BORDERS: layer.read_bytes()})


def guarding(ground: Ground, codes: tuple[str, ...] | None) -> Ground:
    """The ground with other countries protected, as an event of another nation's asks; None changes nothing.

    Raises TocsinError for a code that the border layer does not have.
    """
    if codes is None:
        return ground
    settings = protecting.guarding(ground.settings, codes, ground.borders)
    text = "".join(
        f"[[protected]]\nname = {json.dumps(area.name)}\ncountries = {json.dumps(list(area.countries))}\n"
        for area in settings.protected
    )
    files = {**ground.files, SETTINGS: text.encode()}
    return replace(ground, settings=settings, files=files)


def kept_ground(folder: Path, digests: dict[str, str]) -> Ground:
    """The ground of a run that was kept in its folder.

    Raises TocsinError where a copy is missing or changed, or the built-in borders are others now.
    """
    problems = []
    for name, was in digests.items():
        file = (DATA if name == BUILT_IN else folder) / name
        try:
            same = _digest(file.read_bytes()) == was
        except OSError as reason:
            problems.append(f"{file}: cannot be read ({(reason.strerror or str(reason)).lower()})")
            continue
        if not same and name == BUILT_IN:
            problems.append(f"{folder}: was run on other built-in borders; replay it with its own Tocsin")
        elif not same:
            problems.append(f"{file}: was changed after the run; a replay needs what the run was told")
    if problems:
        raise TocsinError(problems)
    return ground_of(folder / SETTINGS, folder / BORDERS if BORDERS in digests else None)


def together(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """What both give. Raises TocsinError with the problems of both at once."""
    problems: list[str] = []
    try:
        one = first()
    except TocsinError as error:
        problems += error.problems
    try:
        other = second()
    except TocsinError as error:
        problems += error.problems
    if problems:
        raise TocsinError(problems)
    return one, other


def _check_default(layer: Path, drawn: Borders) -> None:
    missing = [c for p in warning_settings().protected for c in p.countries if c not in drawn.iso]
    if missing:
        default = f"has no {' and no '.join(missing)}, protected by default"
        raise TocsinError(f"{layer}: {default}; say what is protected with --protected FILE")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
