"""The radars and satellites that an event may name: the built-in ones, and the user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from tocsin.catalogue.filekind import refusal
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.own import Own, own, own_sound
from tocsin.catalogue.radar import RadarSite, radars
from tocsin.catalogue.satellite import Satellite, satellites

T = TypeVar("T", RadarSite, Satellite)


def known_radars(wanted: Iterable[str] | None = None) -> dict[str, RadarSite]:
    """Every radar by its key; where all that are wanted are built in, the built-in ones alone.

    Raises TocsinError where the user's own catalogue cannot be read, and where a file of it is broken: unless
    all that are wanted are found in the others.
    """
    return _with_own(_radars(), wanted, lambda found: found.radars)


def known_satellites(wanted: Iterable[str] | None = None) -> dict[str, Satellite]:
    """Every satellite by its key, as `known_radars`."""
    return _with_own(_satellites(), wanted, lambda found: found.satellites)


def known_radar(key: str) -> RadarSite | None:
    """The radar of that key, None if there is none; raises as `known_radars`."""
    return known_radars((key,)).get(key)


def built_in(key: str) -> bool:
    """Whether a key, in capitals or not, is that of a built-in radar or satellite."""
    return key.casefold() in {k.casefold() for k in (*_radars(), *_satellites())}


@cache
def _radars() -> dict[str, RadarSite]:
    return {r.key: r for r in radars()}


@cache
def _satellites() -> dict[str, Satellite]:
    return {s.key: s for s in satellites()}


def _with_own(
    mine: dict[str, T], wanted: Iterable[str] | None, others: Callable[[Own], tuple[T, ...]]
) -> dict[str, T]:
    wanted = None if wanted is None else tuple(wanted)
    if wanted is not None and all(key in mine for key in wanted):
        return mine
    sound = {**mine, **{other.key: other for other in others(own_sound())}}
    if wanted is None or any(key not in sound for key in wanted):
        own()
    return sound


def _key(kind: str, known: Callable[[tuple[str]], Iterable[str]]) -> AfterValidator:
    def check(name: str) -> str:
        names = tuple(known((name,)))
        if not built_in(name):
            own()  # an event is read only where the whole of the user's catalogue is sound
        if name not in names:
            raise refusal(unknown(kind, name, names))
        return name

    return AfterValidator(check)


SatelliteKey = Annotated[str, _key("satellite", known_satellites)]
RadarKey = Annotated[str, _key("radar", known_radars)]
