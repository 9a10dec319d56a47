"""The paths that others know: ephemerides and element sets of files that a person named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.cli.addition import elements_of_file, kind_of
from tocsin.errors import TocsinError
from tocsin.interchange.cpf import read_cpf
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.oem import read_oem
from tocsin.interchange.sp3 import read_sp3
from tocsin.interchange.states import states_at
from tocsin.interchange.textfile import text_lines
from tocsin.motion.orbit import satellite_states

Array = NDArray[np.float64]

WHAT = "an OEM, an SP3, a CPF, a TLE or an OMM"


@final
@dataclass(frozen=True, slots=True)
class KnownPath:
    """One body's path: its names, its states (n, 6) at times (n,), NaN where it is not known, and whether it
    comes from an element set.
    """

    names: tuple[str, ...]
    states: Callable[[Array], Array]
    elements: bool


def known_paths(file: Path) -> tuple[KnownPath, ...]:
    """The paths of a file, told from how it begins; TocsinError where it is none of these."""
    first = next((line.strip() for line in text_lines(file, WHAT) if line.strip()), "")
    if first.startswith(("#a", "#b", "#c", "#d")):
        return tuple(_of_ephemeris(one) for one in read_sp3(file))
    if first.upper().startswith("H1"):
        return (_of_ephemeris(read_cpf(file)),)
    if first.startswith("CCSDS_OEM_VERS"):
        return tuple(_of_ephemeris(one) for one in read_oem(file))
    kind = kind_of(file, "no known path", WHAT)
    if kind == "radar":
        raise TocsinError(f"{file}: is TOML, which is no known path; give {WHAT}")
    name, elements, _ = elements_of_file(file, kind, "the user's file")

    def states(t: Array) -> Array:
        return np.concatenate(satellite_states(elements, t), axis=1)

    return (KnownPath((name, str(elements.norad)), states, True),)


def _of_ephemeris(one: Ephemeris) -> KnownPath:
    return KnownPath((one.name, one.object_id), lambda t: states_at(one, t), False)


def path_of(body: str, paths: tuple[KnownPath, ...], alone: bool) -> KnownPath:
    """The path of a body by its name, in capitals or not; alone: one body and one path need no name."""
    if alone and len(paths) == 1:
        return paths[0]
    wanted = body.casefold().strip()
    found = [p for p in paths if wanted in {name.casefold().strip() for name in p.names}]
    if len(found) != 1:
        names = ", ".join("/".join(p.names) for p in paths[:10])
        raise TocsinError(
            f"looks at {body!r}: {len(found)} paths have that name; give one path for each body, named as in "
            f"the looks. There are: {names}"
        )
    return found[0]
