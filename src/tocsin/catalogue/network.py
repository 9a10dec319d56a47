"""The network of a date: the satellites and radars in service on it."""

from dataclasses import dataclass, replace

from tocsin.catalogue.dates import normal_utc
from tocsin.catalogue.event import Lowest, NetworkChoice
from tocsin.catalogue.known import built_in, known_radars, known_satellites
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.radar import PARTNERS, RadarSite
from tocsin.catalogue.radar import radars as all_radars
from tocsin.catalogue.satellite import Elements, Satellite
from tocsin.catalogue.satellite import satellites as all_satellites
from tocsin.catalogue.states import State, state_at
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

MAX_ELEMENT_AGE_DAYS = 60.0
_DAY_S = 86400.0


@dataclass(frozen=True, slots=True)
class Network:
    """Satellites, each with the element set nearest the date, and radars; `notes` say what to know."""

    date_utc: str
    t_tai: float
    satellites: tuple[tuple[Satellite, Elements], ...]
    radars: tuple[RadarSite, ...]
    notes: tuple[str, ...]


def network(
    date_utc: str,
    satellites: tuple[str, ...] | None = None,
    radars: tuple[str, ...] | None = None,
    hypothetical: bool = True,
    doubtful: bool = True,
    lowest: tuple[Lowest, ...] = (),
) -> Network:
    """The network of `date_utc` (ISO 8601, UTC).

    By default: satellites in service and not dead with an element set within 60 days, those off station or
    in doubt with a note, Russia's and China's radars on duty, and the hypothetical stations in China unless
    `hypothetical` is false. `doubtful` false leaves out the satellites in doubt. Keys given by name replace
    either list, and are taken even when out of service, with a note; so are those of the user's own
    catalogue, which are in no list but by name. lowest: what is supposed of a radar's lowest elevation.
    Raises TocsinError, all problems together, for a bad date, an unknown key, a named satellite without an
    element set within 60 days, one satellite named twice under two keys, a hypothetical station or satellite
    or a doubtful satellite named while that is false, or a lowest elevation of a radar that is not there, or
    not below its highest.
    """
    date = normal_utc(date_utc)
    t_tai = tai_from_utc(date)
    problems: list[str] = []
    notes: list[str] = []
    seen = _satellites(t_tai, date, satellites, doubtful, hypothetical, problems, notes)
    sites = _lowered(_radars(t_tai, radars, hypothetical, problems, notes), lowest, problems, notes)
    own = [key for key in (*(s.key for s, _ in seen), *(r.key for r in sites)) if not built_in(key)]
    if own:
        notes.append(f"from your own catalogue: {', '.join(own)}")
    if problems:
        raise TocsinError(problems)
    return Network(date, t_tai, seen, sites, tuple(notes))


def network_of(choice: NetworkChoice, date_utc: str = "2025-07-15") -> Network:
    """The network an event asks for; `date_utc` serves when it names no date."""
    return network(
        choice.date_utc or date_utc,
        choice.satellites,
        choice.radars,
        choice.hypothetical,
        choice.doubtful,
        choice.lowest,
    )


def nearest_elements(satellite: Satellite, t_tai: float) -> tuple[Elements, float]:
    """The element set whose epoch is nearest `t_tai`, and how many days away that is."""
    best = min(satellite.elements, key=lambda e: abs(e.epoch_t_tai - t_tai))
    return best, abs(best.epoch_t_tai - t_tai) / _DAY_S


def _satellites(
    t_tai: float,
    date: str,
    keys: tuple[str, ...] | None,
    doubtful: bool,
    hypothetical: bool,
    problems: list[str],
    notes: list[str],
) -> tuple[tuple[Satellite, Elements], ...]:
    by_key = {s.key: s for s in all_satellites()} if keys is None else known_satellites(keys)
    named = tuple(by_key) if keys is None else keys
    chosen = []
    for key in dict.fromkeys(named):
        if key not in by_key:
            problems.append("satellites: " + unknown("satellite", key, tuple(by_key)))
            continue
        satellite = by_key[key]
        if satellite.hypothetical and keys is None:
            continue
        if satellite.hypothetical and not hypothetical:
            problems.append(
                f"satellites: {key!r} is hypothetical, and hypothetical = false; change one of them"
            )
            continue
        was = state_at(satellite.states, t_tai)
        in_doubt = was is not None and was.state == "in doubt"
        if keys is None and (was is None or was.state == "dead" or (in_doubt and not doubtful)):
            continue
        if in_doubt and not doubtful:
            problems.append(
                f"satellites: {key!r} is in doubt on this date, and doubtful = false; change one of them"
            )
            continue
        elements, days = nearest_elements(satellite, t_tai)
        if days <= MAX_ELEMENT_AGE_DAYS:
            chosen.append((satellite, elements))
            notes.extend(_of_state(satellite, was))
            continue
        away = f"{satellite.name} has no element set within {MAX_ELEMENT_AGE_DAYS:.0f} days of {date}"
        nearest = f"the nearest is of {elements.epoch_utc}, {days:.0f} days away"
        if keys is None:
            notes.append(f"{away} and is left out; {nearest}")
        else:
            problems.append(f"satellites: {away}; {nearest}: choose a date near it, or leave {key!r} out")
    first: dict[int, str] = {}
    for satellite, _ in chosen:
        other = first.setdefault(satellite.norad, satellite.key)
        if other != satellite.key:
            problems.append(
                f"satellites: {other!r} and {satellite.key!r} are one satellite, {satellite.norad}; name one"
            )
    if not named:
        notes.append("no satellites, as asked")
    elif not chosen and not problems:
        known = "satellite" if doubtful else "satellite but those in doubt"
        notes.append(f"no {known} has an element set within {MAX_ELEMENT_AGE_DAYS:.0f} days of {date}")
    return tuple(chosen)


def _of_state(satellite: Satellite, was: State | None) -> tuple[str, ...]:
    """What to know of a satellite that watches in this state."""
    name = satellite.name
    if satellite.hypothetical:
        return (f"{name} is hypothetical and never flew: {satellite.source}",)
    if was is None:
        return (f"{name} is used by name; on this date it was not yet in service",)
    if was.state == "working":
        return ()
    dead = was.state == "dead"
    told = "is used by name; on this date it was dead" if dead else f"was {was.state} on this date"
    return (f"{name} {told}: {was.note}",)


def _radars(
    t_tai: float, keys: tuple[str, ...] | None, hypothetical: bool, problems: list[str], notes: list[str]
) -> tuple[RadarSite, ...]:
    by_key = {r.key: r for r in all_radars()} if keys is None else known_radars(keys)
    if keys is None:
        ours = [r for r in by_key.values() if r.centre in PARTNERS]
        chosen = [r for r in ours if _on_duty(r, t_tai) and (hypothetical or not r.hypothetical)]
    else:
        unknown_keys = [k for k in dict.fromkeys(keys) if k not in by_key]
        problems.extend("radars: " + unknown("radar", k, tuple(by_key)) for k in unknown_keys)
        chosen = [by_key[k] for k in dict.fromkeys(keys) if k in by_key]
        for radar in chosen:
            if radar.hypothetical and not hypothetical:
                problems.append(
                    f"radars: {radar.key!r} is hypothetical, and hypothetical = false; change one of them"
                )
            elif not _on_duty(radar, t_tai):
                state = {"building": "being built", "closed": "closed", "planned": "planned"}
                was = state.get(radar.status, "not yet in service")
                notes.append(f"{radar.name} ({radar.key}) is used by name; on this date it was {was}")
    stations = ", ".join(r.key for r in chosen if r.hypothetical)
    if stations:
        notes.append(f"hypothetical stations, published nowhere: {stations}")
    if keys is not None and not keys:
        notes.append("no radars, as asked")
    return tuple(chosen)


def _lowered(
    chosen: tuple[RadarSite, ...], lowest: tuple[Lowest, ...], problems: list[str], notes: list[str]
) -> tuple[RadarSite, ...]:
    """The radars with the lowest elevations that are supposed of some."""
    supposed = {row.radar: row.el_min_deg for row in lowest}
    keys = [r.key for r in chosen]
    for key in supposed:
        if key not in keys:
            problems.append(f"lowest: {key!r} is not among its radars; name it under radars, or leave it out")
    out = []
    for radar in chosen:
        least = supposed.get(radar.key, radar.el_min_deg)
        if least >= radar.el_max_deg:
            problems.append(
                f"lowest: {radar.key!r} looks up to {radar.el_max_deg:g} deg; give el_min_deg below that"
            )
        elif radar.key in supposed:
            notes.append(
                f"supposed: {radar.name} ({radar.key}) looks down to {least:g} deg; "
                f"the catalogue has {radar.el_min_deg:g}"
            )
        out.append(replace(radar, el_min_deg=least))
    return tuple(out)


def _on_duty(radar: RadarSite, t_tai: float) -> bool:
    """On duty on the date: a radar closed since counts until it closed, if that date is known."""
    if radar.status == "closed" and radar.in_service_until_utc is None:
        return False
    if radar.status in ("building", "planned"):
        return False
    return _in_service(radar.in_service_from_utc, radar.in_service_until_utc, t_tai)


def _in_service(from_utc: str | None, until_utc: str | None, t_tai: float) -> bool:
    started = from_utc is None or tai_from_utc(from_utc) <= t_tai
    return started and (until_utc is None or t_tai < tai_from_utc(until_utc))
