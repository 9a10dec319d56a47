"""A radar calibrated from known paths: from looks and paths to plain figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.cli.declared import outside
from tocsin.cli.knownpath import known_paths, path_of
from tocsin.cli.lookfile import Given
from tocsin.cli.remarks import far_errors, small_misfit
from tocsin.cli.station import Station, error_rows
from tocsin.earth.time import utc_from_tai
from tocsin.errors import TocsinError
from tocsin.estimate.calibrate import ELEMENT_SETS, PRECISE, Calibration, PathError, calibrate
from tocsin.estimate.looks import Looks, without_rates
from tocsin.interchange.textfile import number

ARC_S = 1200.0  # a longer time without a look begins another pass
WHY = {
    "converged": "the errors explain the looks to their noise",
    "unchecked": "no look to spare: these looks are explained whatever their errors, and nothing checks it; "
    "give more looks",
    "contradictory": "no errors that last explain the looks to their noise: a look, a path, the station, the "
    "paths' stated error or the noise is wrong",
    "unobservable": "a look or its noise is none",
}


@final
@dataclass(frozen=True, slots=True)
class Calibrated:
    """What was calibrated: the looks that a path is known of, the arc of each and the arcs' bodies.

    outside: of all looks, those outside the radar's sector, as `declared.outside` tells them.
    """

    station: Station
    looks: Looks
    arc: NDArray[np.int64]
    bodies: tuple[str, ...]
    off: PathError
    found: Calibration
    left_out: int
    outside: dict[str, Any] | None


def calibrated(given: Given, files: Sequence[Path], path_error_m: str | None) -> Calibrated:
    """The radar's errors from its looks; TocsinError for several radars, or looks that no path covers."""
    if len(given.stations) != 1:
        raise TocsinError(
            f"looks of {', '.join(s.name for s in given.stations)}: one radar at a time is calibrated; "
            "give the looks of one"
        )
    paths = tuple(path for file in files for path in known_paths(file))
    body = np.array(given.table.body)
    names = list(dict.fromkeys(given.table.body))
    x = np.full((len(body), 6), np.nan)
    elements = False
    for name in names:
        path = path_of(name, paths, len(names) == 1)
        elements |= path.elements
        x[body == name] = path.states(given.looks.t[body == name])
    known = np.isfinite(x).all(axis=1)
    if not known.any():
        raise TocsinError(
            f"no path covers a look: they are of {utc_from_tai(float(given.looks.t[0]))} to "
            f"{utc_from_tai(float(given.looks.t[-1]))}; give paths of that time"
        )
    looks = without_rates(given.looks.where(known))
    arc, bodies = _arcs(looks, body[known], names)
    off = _path_error(path_error_m, elements)
    (station,) = given.stations
    found = calibrate(looks, station.channel, x[known], arc, off)
    return Calibrated(
        station, looks, arc, bodies, off, found, int((~known).sum()), outside(given.table, station)
    )


def _arcs(
    looks: Looks, body: NDArray[np.str_], names: list[str]
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Each look's arc, one of a body without a gap of ARC_S; the arcs' bodies. Looks are in order of time."""
    arc = np.zeros(len(looks), dtype=np.int64)
    bodies: list[str] = []
    for name in names:
        mine = np.flatnonzero(body == name)
        if len(mine):
            part = np.cumsum(np.diff(looks.t[mine], prepend=looks.t[mine[0]]) > ARC_S)
            arc[mine] = len(bodies) + part
            bodies += [name] * (int(part[-1]) + 1)
    return arc, tuple(bodies)


def _path_error(text: str | None, elements: bool) -> PathError:
    if text is None:
        return ELEMENT_SETS if elements else PRECISE
    parts = [number(part) for part in text.split(",")]
    if len(parts) != 3 or any(p is None or p < 0.0 for p in parts):
        raise TocsinError(
            f"--path-error-m '{text}': give radial,along,across in metres, from 0, as 150,800,200"
        )
    return PathError(*(p for p in parts if p is not None))


def calibration_figures(file: str, done: Calibrated, declared: list[str]) -> dict[str, Any]:
    """The calibration in plain figures; what its status leaves unknown is null."""
    found, channel = done.found, done.station.channel
    errors = error_rows(channel, found.errors, np.sqrt(np.diag(found.P)))
    return {
        "file": file,
        "radar": done.station.name,
        "status": found.status,
        "why": WHY[found.status],
        "looks": len(done.looks),
        "left_out": done.left_out,
        "errors": errors,
        "chi2": found.chi2 if math.isfinite(found.chi2) else None,
        "freedom": found.freedom,
        "tail": found.tail if math.isfinite(found.tail) else None,
        "path_error_m": [done.off.radial_m, done.off.along_m, done.off.across_m],
        "arcs": [
            {
                "object": name,
                "start_utc": utc_from_tai(float(done.looks.t[done.arc == i][0]), 3),
                "looks": int((done.arc == i).sum()),
                "off_m": found.path[i, :3].tolist() if len(found.path) else None,
                "rms_sigma": _rms(found.residuals[done.arc == i]),
            }
            for i, name in enumerate(done.bodies)
        ],
        "outside": done.outside,
        "remarks": [*far_errors(done.station.name, errors), *small_misfit(1.0 - found.tail)],
        "assumed": declared,
        "notes": [
            f"errors of the paths, 1 sigma: radial {done.off.radial_m:g} m, along {done.off.along_m:g} m, "
            f"across {done.off.across_m:g} m" + ("" if len(found.path) else ": taken as exact"),
            "each colour is a pass; residuals: looks less the known path and the lasting errors",
        ],
    }


def _rms(white: NDArray[np.float64]) -> float | None:
    value = float(np.sqrt(np.mean(np.square(white))))
    return value if math.isfinite(value) else None
