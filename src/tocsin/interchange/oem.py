"""CCSDS Orbit Ephemeris Messages (502.0-B-3) in key-value notation: ephemerides in, Earth-fixed."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.gaps import LIMIT_M, refuse_gaps
from tocsin.interchange.keyvalue import entries
from tocsin.interchange.oem_blocks import blocks
from tocsin.interchange.oem_metadata import Metadata, check_header, check_version, metadata_of
from tocsin.interchange.oem_rows import check_covariances, samples_of
from tocsin.interchange.samples import Samples
from tocsin.interchange.textfile import text_lines

Part = tuple[Metadata, Samples]
Mask = NDArray[np.bool_]


def read_oem(path: Path) -> tuple[Ephemeris, ...]:
    """The ephemerides of an OEM, one for each object (name and id), in the order of the file.

    Times in UTC, TAI, TT or GPS; frames ITRF, EME2000, GCRF, ICRF and TEME are brought to the ITRS, and
    velocities to those relative to the rotating Earth. Segments of an object that follow on are joined, each
    within its useable span. Raises TocsinError, `path:line: what, what to do`, for what cannot be read, what
    is foreign, and gaps (`refuse_gaps`).
    """
    lines = text_lines(path, "a CCSDS Orbit Ephemeris Message in key-value notation")
    place = str(path)
    found = list(entries(lines))
    check_version(place, found)
    header, segments = blocks(place, found, len(lines))
    check_header(place, header)
    objects: dict[tuple[str, str], list[Part]] = {}
    for segment in segments:
        metadata = metadata_of(place, segment)
        samples = samples_of(place, segment, metadata)
        if segment.covariances:
            check_covariances(place, segment, metadata)
        objects.setdefault((metadata.name, metadata.object_id), []).append((metadata, samples))
    return tuple(_ephemeris(place, parts) for parts in objects.values())


def _ephemeris(path: str, parts: list[Part]) -> Ephemeris:
    """The segments of one object as one, without a gap."""
    joined = parts[0][1]
    for before, after in zip(parts[:-1], parts[1:], strict=True):
        joined = _joined(path, joined, before[0], after)
    refuse_gaps(joined.t, joined.r_ecef, joined.v_ecef, lambda i: f"{path}:{joined.line[i]}")
    first, last = parts[0][0], parts[-1][0]
    return Ephemeris(
        name=first.name,
        object_id=first.object_id,
        t=joined.t,
        r_ecef=joined.r_ecef,
        v_ecef=joined.v_ecef,
        useable_start=max(first.useable_start, float(joined.t[0])),
        useable_stop=min(last.useable_stop, float(joined.t[-1])),
    )


def _joined(path: str, so_far: Samples, before: Metadata, part: Part) -> Samples:
    """The samples up to where the segment before is useable, and those from where this one is."""
    metadata, samples = part
    line = int(samples.line[0])
    if metadata.useable_start < before.useable_stop:
        raise TocsinError(
            f"{path}:{line}: this segment of {metadata.name} overlaps the one before by "
            f"{before.useable_stop - metadata.useable_start:.6g} s; give segments in order of time whose "
            f"useable spans do not overlap"
        )
    early, late = so_far.t <= before.useable_stop, samples.t >= metadata.useable_start
    if early.any() and late.any() and so_far.t[early][-1] == samples.t[late][0]:
        _refuse_jump(path, so_far, early, samples, late, metadata.name)
        early &= so_far.t < samples.t[late][0]
    return Samples(
        np.concatenate([so_far.t[early], samples.t[late]]),
        np.concatenate([so_far.r_ecef[early], samples.r_ecef[late]]),
        np.concatenate([so_far.v_ecef[early], samples.v_ecef[late]]),
        np.concatenate([so_far.line[early], samples.line[late]]),
    )


def _refuse_jump(path: str, so_far: Samples, early: Mask, samples: Samples, late: Mask, name: str) -> None:
    """A burn where two segments meet leaves two velocities at one time, and a cubic has room for one.

    The wrong velocity at one end of an interval h moves the cubic by 4/27 h dv at most.
    """
    t, r, v = so_far.t[early], so_far.r_ecef[early], so_far.v_ecef[early]
    dr = float(np.linalg.norm(samples.r_ecef[late][0] - r[-1]))
    dv = float(np.linalg.norm(samples.v_ecef[late][0] - v[-1]))
    h = float(t[-1] - t[-2]) if len(t) > 1 else 0.0
    if dr > LIMIT_M or 4.0 / 27.0 * h * dv > LIMIT_M:
        raise TocsinError(
            f"{path}:{samples.line[late][0]}: this segment of {name} begins {dr:.4g} m and {dv:.4g} m/s from "
            f"where the one before ends: give what follows a burn as an object of another name"
        )
