"""CCSDS Orbit Ephemeris Messages (502.0-B-3) in key-value notation: ephemerides in, Earth-fixed."""

from pathlib import Path

from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.gaps import refuse_gaps
from tocsin.interchange.keyvalue import entries
from tocsin.interchange.oem_blocks import blocks
from tocsin.interchange.oem_join import Part, joined, part_of
from tocsin.interchange.oem_metadata import check_header, check_version, metadata_of
from tocsin.interchange.oem_rows import check_covariances, samples_of
from tocsin.interchange.textfile import text_lines


def read_oem(path: Path) -> tuple[Ephemeris, ...]:
    """The ephemerides of an OEM, one for each object (name and id), in the order of the file.

    Times in UTC, TAI, TT or GPS; frames ITRF, EME2000, GCRF, ICRF and TEME are brought to the ITRS, and
    velocities to those relative to the rotating Earth. Segments of an object that follow on are joined
    (`joined`). Raises TocsinError, `path:line: what, what to do`, for what cannot be read, what is foreign,
    and gaps (`refuse_gaps`).
    """
    lines = text_lines(path, "a CCSDS Orbit Ephemeris Message in key-value notation")
    place = str(path)
    found = list(entries(lines))
    check_version(place, found)
    header, segments = blocks(place, found)
    check_header(place, header)
    objects: dict[tuple[str, str], list[Part]] = {}
    for segment in segments:
        metadata = metadata_of(place, segment)
        samples = samples_of(place, segment, metadata)
        check_covariances(place, segment, metadata)
        key = _plain(metadata.name), _plain(metadata.object_id)
        objects.setdefault(key, []).append(part_of(place, metadata, samples))
    return tuple(_ephemeris(place, parts) for parts in objects.values())


def _plain(text: str) -> str:
    """An underscore is a blank, and several are one. Source: CCSDS 502.0-B-3, 7.5.9."""
    return " ".join(text.replace("_", " ").split())


def _ephemeris(path: str, parts: list[Part]) -> Ephemeris:
    whole = joined(path, parts)
    refuse_gaps(whole.t, whole.r_ecef, whole.v_ecef, lambda i: f"{path}:{whole.line[i]}")
    first, last = parts[0], parts[-1]
    return Ephemeris(
        first.metadata.name,
        first.metadata.object_id,
        whole.t,
        whole.r_ecef,
        whole.v_ecef,
        useable_start=first.start,
        useable_stop=last.stop,
    )
