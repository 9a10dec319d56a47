"""The columns that a table of a path may have."""

from tocsin.errors import TocsinError

TIMES = ("t_s", "utc")
GEODETIC = ("lat_deg", "lon_deg", "height_km")
_AXES = "xyz"
CARTESIAN = {unit: tuple(f"{axis}_{unit}" for axis in _AXES) for unit in ("m", "km")}
VELOCITY = {unit: tuple(f"v{axis}_{unit}_s" for axis in _AXES) for unit in ("m", "km")}

CHOICES = (
    f"one of {' or '.join(TIMES)}, and either {','.join(GEODETIC)} or {','.join(CARTESIAN['m'])} with or "
    f"without {','.join(VELOCITY['m'])} (or km for m)"
)


def columns_of(place: str, names: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The time's column, the position's three, and the velocity's three or none.

    Raises TocsinError, at `place`, for a header that is not one of the CHOICES.
    """
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise TocsinError(f"{place}: the column '{twice[0]}' is there twice; keep one")
    times = [name for name in TIMES if name in names]
    positions = [group for group in (GEODETIC, *CARTESIAN.values()) if set(group) <= set(names)]
    velocities = [group for group in VELOCITY.values() if set(group) <= set(names)]
    known = {*times, *(name for group in (*positions, *velocities) for name in group)}
    strange = [name for name in names if name not in known]
    if strange:
        raise TocsinError(f"{place}: the column '{strange[0][:20]}' has no use; the columns are {CHOICES}")
    if len(times) != 1 or len(positions) != 1 or len(velocities) > 1:
        raise TocsinError(f"{place}: columns are missing or too many; they are {CHOICES}")
    if velocities and positions[0] == GEODETIC:
        raise TocsinError(f"{place}: velocities need x, y and z; the columns are {CHOICES}")
    return times[0], positions[0], velocities[0] if velocities else ()
