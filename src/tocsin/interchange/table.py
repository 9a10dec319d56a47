"""A path given as a table of comma-separated values."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.interchange.columns import GEODETIC, columns_of
from tocsin.interchange.ephemeris import Ephemeris
from tocsin.interchange.gaps import refuse_gaps
from tocsin.interchange.samples import refuse_disorder, refuse_haste, refuse_nowhere
from tocsin.interchange.spline import spline_velocities
from tocsin.interchange.textfile import number, shown, text_lines

Array = NDArray[np.float64]
_LIMITS = {
    "t_s": (-1e9, 1e9),
    "lat_deg": (-90.0, 90.0),
    "lon_deg": (-180.0, 360.0),
    "height_km": (-40.0, 1.6e6),
}
_ELSE = (-1e12, 1e12)  # what is plausible is asked of the whole position and velocity


def read_table(path: Path, start_t_tai: float) -> Ephemeris:
    """The path in a CSV file, named as the file, its id as well.

    The first line names the columns (`columns.CHOICES`): a time, `t_s` in s past start_t_tai or `utc`, and a
    place, geodetic on WGS 84 or Earth-fixed x, y, z, the latter with velocities relative to the rotating
    Earth or without; a spline gives what is not there. Blank lines and lines that start with # are passed
    over. Raises TocsinError, `path:line: what, what to do`, for any other text, times that do not increase,
    places that are nowhere, and gaps (`refuse_gaps`).
    """
    place = str(path)
    lines = text_lines(path, "a table of comma-separated values")
    rows = [(i, text) for i, text in enumerate(lines, start=1) if text.strip() and text.lstrip()[0] != "#"]
    if not rows:
        raise TocsinError(f"{place}:1: is empty; give a line of column names and rows of figures")
    names = [name.strip() for name in rows[0][1].split(",")]
    time, position, velocity = columns_of(f"{place}:{rows[0][0]}", names)
    cells = [_cells(f"{place}:{i}", text, names) for i, text in rows[1:]]
    line = np.array([i for i, _ in rows[1:]], dtype=np.intp)
    t = np.array(
        [_time(f"{place}:{i}", row[time], time, start_t_tai) for i, row in zip(line, cells, strict=True)]
    )
    refuse_disorder(place, t, line)
    figures = {
        name: np.array([_figure(f"{place}:{i}", row[name], name) for i, row in zip(line, cells, strict=True)])
        for name in (*position, *velocity)
    }
    r = _positions(figures, position)
    refuse_nowhere(place, r, line)
    if len(t) < 4:
        raise TocsinError(f"{place}:{rows[-1][0]}: too few rows ({len(t)}); give 4 or more")
    v = _metres(figures, velocity) if velocity else spline_velocities(t, r)
    if velocity:
        refuse_haste(place, v, line)
    refuse_gaps(t, r, v, lambda i: f"{place}:{line[i]}")
    return Ephemeris(path.stem, path.stem, t, r, v, float(t[0]), float(t[-1]))


def _cells(place: str, text: str, names: list[str]) -> dict[str, str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != len(names):
        raise TocsinError(f"{place}: not {len(names)} columns but {len(parts)}; give {','.join(names)}")
    return dict(zip(names, parts, strict=True))


def _time(place: str, text: str, name: str, start_t_tai: float) -> float:
    if name == "t_s":
        return start_t_tai + _figure(place, text, name)
    try:
        return tai_from_utc(text)
    except TocsinError as error:
        raise TocsinError(f"{place}: {error}") from None


def _figure(place: str, text: str, name: str) -> float:
    value = number(text)
    if value is None:
        raise TocsinError(f"{place}: {name} is '{shown(text)}'; give a finite number")
    least, most = _LIMITS.get(name, _ELSE)
    if not least <= value <= most:
        raise TocsinError(f"{place}: {name} is {value:g}; give {least:g} to {most:g}")
    return value


def _positions(figures: dict[str, Array], names: tuple[str, ...]) -> Array:
    if names != GEODETIC:
        return _metres(figures, names)
    lat, lon, height_km = (figures[name] for name in names)
    return ecef_from_geodetic(np.radians(lat), np.radians(lon), height_km * 1e3)


def _metres(figures: dict[str, Array], names: tuple[str, ...]) -> Array:
    scale = 1e3 if "_km" in names[0] else 1.0
    return scale * np.stack([figures[name] for name in names], axis=1)
