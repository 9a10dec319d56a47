"""The columns that a table of a path may have."""

from tocsin.errors import TocsinError
from tocsin.interchange.textfile import shown

TIMES = ("t_s", "utc")
GEODETIC = ("lat_deg", "lon_deg", "height_km")
_AXES = "xyz"
CARTESIAN = {unit: tuple(f"{axis}_{unit}" for axis in _AXES) for unit in ("m", "km")}
VELOCITY = {unit: tuple(f"v{axis}_{unit}_s" for axis in _AXES) for unit in ("m", "km")}
_KNOWN = {
    *TIMES,
    *GEODETIC,
    *(name for group in (CARTESIAN, VELOCITY) for names in group.values() for name in names),
}

CHOICES = (
    f"one of {' or '.join(TIMES)}, and either {','.join(GEODETIC)} or {','.join(CARTESIAN['m'])} with or "
    f"without {','.join(VELOCITY['m'])} (or km for m)"
)


def columns_of(place: str, names: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The time's column, the position's three, and the velocity's three or none.

    Raises TocsinError, at `place`, for a header that is not one of the CHOICES.
    """
    times = [name for name in TIMES if name in names]
    positions = [group for group in (GEODETIC, *CARTESIAN.values()) if set(group) <= set(names)]
    velocities = [group for group in VELOCITY.values() if set(group) <= set(names)]
    strange = [name for name in names if name not in _KNOWN]
    if strange:
        raise TocsinError(f"{place}: the column '{shown(strange[0])}' has no use; give {CHOICES}")
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise TocsinError(f"{place}: the column '{twice[0]}' is there twice; keep one")
    used = len(times) + sum(len(group) for group in (*positions, *velocities))
    if len(times) != 1 or len(positions) != 1 or len(velocities) > 1 or used != len(names):
        raise TocsinError(f"{place}: columns are missing or too many; give {CHOICES}")
    if velocities and positions[0] == GEODETIC:
        raise TocsinError(f"{place}: velocities need x, y and z; give {CHOICES}")
    return times[0], positions[0], velocities[0] if velocities else ()
