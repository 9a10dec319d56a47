"""What a file that is to be added to the user's own catalogue holds: a radar, a TLE or an OMM."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

from tocsin.catalogue.satellite import Elements
from tocsin.catalogue.tle import elements_of_tle
from tocsin.earth.time import utc_from_tai
from tocsin.errors import TocsinError
from tocsin.interchange.omm import read_omm
from tocsin.interchange.textfile import shown, text_lines

Kind = Literal["radar", "tle", "omm"]
WHAT = "a TLE, an OMM in key-value notation, or a radar's TOML"


def kind_of(path: Path, refusal: str = "nothing to add", wanted: str = WHAT) -> Kind:
    """What a file holds, by its name where that ends in .toml, and else by how it begins.

    refusal, wanted: what a file that is neither is called, and what to give instead. Raises TocsinError where
    there is no file, and for one that is neither.
    """
    if path.suffix.lower() == ".toml":
        return "radar"
    lines = [line.strip() for line in text_lines(path, wanted)]
    said = [line for line in lines if line]
    first = said[0] if said else ""
    if first.startswith(("CCSDS_OMM_VERS", "COMMENT", "<", "{")) or re.match(r"\[\s*(\{|$)", first):
        # An XML or a JSON is most likely an OMM, whose reader says which notation it wants.
        return "omm"
    if any(re.match(r"[12] [ \dA-Z]{5}", line) for line in said[:3]):
        return "tle"
    if any(re.match(r"\[\[?\s*radar", line) for line in said):
        return "radar"
    at = lines.index(first) + 1 if said else 1
    raise TocsinError(f"{path}:{at}: begins with '{shown(first)}', which is {refusal}; give {wanted}")


def elements_of_file(path: Path, kind: Kind, source: str | None) -> tuple[str, Elements, str]:
    """The name, the element set and its place, `path:line`, of a TLE or an OMM.

    source: where it comes from; an OMM may say who made it. Raises TocsinError with every mistake, each with
    its line, and where there is no source.
    """
    name, elements, place = _of_tle(path) if kind == "tle" else _of_omm(path)
    wanted = source or elements.source
    if not wanted:
        raise TocsinError(f"{path}: does not say its source; give --source TEXT, where the figures come from")
    return name, replace(elements, source=wanted), place


def key_of(name: str) -> str:
    """A key made of a name: COSMOS 2563 is cosmos-2563."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:32].rstrip("-")


def _of_tle(path: Path) -> tuple[str, Elements, str]:
    rows = [(i, line) for i, line in enumerate(text_lines(path, WHAT), start=1) if line.strip()]
    if len(rows) not in (2, 3):
        raise TocsinError(
            f"{path}:{rows[-1][0]}: holds {len(rows)} lines; give one element set: its two lines, with or "
            "without a line of its name before them"
        )
    (one, first), (_, second) = rows[-2:]
    try:
        found = elements_of_tle(first, second)
    except TocsinError as error:
        raise TocsinError(_placed(path, [i for i, _ in rows[-2:]], what) for what in error.problems) from None
    # The name is on a line of its own, which some write as line 0.
    name = re.sub(r"^0 ", "", rows[0][1]).strip() if len(rows) == 3 else f"NORAD {found.norad}"
    if not name.isprintable() or len(name) > 100:
        raise TocsinError(
            f"{path}:{rows[0][0]}: '{shown(name)}' is no name; give 1 to 100 printable characters"
        )
    return name, replace(found, source=""), f"{path}:{one}"


def _placed(path: Path, lines: list[int], what: str) -> str:
    match = re.match(r"line ([12]): (.*)", what, re.DOTALL)
    return f"{path}:{lines[int(match[1]) - 1]}: {match[2]}" if match else f"{path}:{lines[0]}: {what}"


def _of_omm(path: Path) -> tuple[str, Elements, str]:
    found = read_omm(path)
    elements = Elements(
        epoch_t_tai=found.epoch_t_tai,
        epoch_utc=utc_from_tai(found.epoch_t_tai, 3),
        mean_motion_rev_day=found.mean_motion_rev_day,
        eccentricity=found.eccentricity,
        inclination_deg=found.inclination_deg,
        raan_deg=found.raan_deg,
        argp_deg=found.argp_deg,
        mean_anomaly_deg=found.mean_anomaly_deg,
        bstar=found.bstar,
        ndot_rev_day2=found.ndot_rev_day2,
        norad=found.norad,
        source=f"OMM of {found.originator}" if found.originator else "",
    )
    return found.name, elements, f"{path}:{found.line}"
