"""The types of an event file's values, with their limits."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from tocsin.catalogue.dates import normal_utc, text_of
from tocsin.catalogue.filekind import Table, refusal
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.vehicle import vehicles
from tocsin.errors import TocsinError

LEAST_RCS_M2 = 0.1
_ROLES = {"missile": "a missile", "sounding": "a sounding rocket", "launcher": "a launcher"}
_TABLE_OF = {"missile": "[[flight]]", "sounding": "[[flight]]", "launcher": "[[space_launch]]"}


def number(**limits: Any) -> Any:
    """A finite number within limits, as pydantic calls them."""
    return Field(allow_inf_nan=False, **limits)


def _utc(text: str) -> str:
    try:
        return normal_utc(text)
    except TocsinError as reason:
        raise refusal(str(reason)) from None


def _vehicle(*roles: str) -> AfterValidator:
    """A vehicle class of one of these roles."""
    role_of = {v.key: v.role for v in vehicles()}
    fit = tuple(key for key, role in role_of.items() if role in roles)

    def check(key: str) -> str:
        role = role_of.get(key)
        if role is None:
            raise refusal(unknown("vehicle", key, fit))
        if role not in roles:
            raise refusal(f"{key!r} is {_ROLES[role]}, for {_TABLE_OF[role]}; here: {', '.join(fit)}")
        return key

    return AfterValidator(check)


def _rcs(value: float) -> float:
    if value < LEAST_RCS_M2:
        raise refusal(f"is {value:g}; no cross-section is below {LEAST_RCS_M2} m2 in this project")
    return value


def _country(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", code, re.ASCII):
        raise refusal(f'is {code[:40]!r}; give two capitals of ISO 3166-1, such as "CN"')
    return code


Utc = Annotated[str, BeforeValidator(text_of), AfterValidator(_utc)]
FlightVehicle = Annotated[str, _vehicle("missile", "sounding")]
LauncherVehicle = Annotated[str, _vehicle("launcher")]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
CountryCode = Annotated[str, AfterValidator(_country)]
LatDeg = Annotated[float, number(ge=-90.0, le=90.0)]
LonDeg = Annotated[float, number(ge=-180.0, le=180.0)]
BearingDeg = Annotated[float, number(ge=0.0, le=360.0)]
AfterStartS = Annotated[float, number(ge=0.0, le=86_400.0)]
DurationS = Annotated[float, number(ge=1.0, le=86_400.0)]
ApogeeKm = Annotated[float, number(gt=0.0, le=50_000.0)]
RangeKm = Annotated[float, number(gt=0.0, le=20_000.0)]
FlightTimeS = Annotated[float, number(gt=0.0, le=86_400.0)]
BetaKgM2 = Annotated[float, number(ge=10.0, le=30_000.0)]
RcsM2 = Annotated[float, number(le=10_000.0), AfterValidator(_rcs)]


class Place(Table):
    """A point on the ground."""

    lat_deg: LatDeg
    lon_deg: LonDeg
