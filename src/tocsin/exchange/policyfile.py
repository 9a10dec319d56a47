"""Reading release policies from TOML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from tocsin.assess.assessment import EventState
from tocsin.catalogue.complaints import Problem
from tocsin.catalogue.filekind import Table, refusal
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.strict import read_table
from tocsin.errors import TocsinError
from tocsin.exchange.keys import MAX_NAME
from tocsin.exchange.policy import FIELDS, FROM_STATES, Releasable, ReleasePolicy
from tocsin.exchange.tomlfile import exchange_file

DEFAULT = Path(__file__).parent / "data" / "release.toml"
LEAST_STEP_M = 1e-3
# What a field lets through of another: who is not told that a radar sees it must not read it in the words.
TELLS_OF = {
    "model": ("infrared", "radars"),
    "first_satellite_t": ("infrared",),
    "stereo_t": ("infrared",),
    "burnout_t": ("infrared",),
    "first_radar_t": ("radars",),
    "evidence": ("infrared", "radars", "first_satellite_t", "first_radar_t"),
}


def _known(kind: str, known: tuple[str, ...]) -> AfterValidator:
    def check(name: str) -> str:
        if name not in known:
            raise refusal(unknown(kind, name, known))
        return name

    return AfterValidator(check)


def _metres(most: float) -> Any:
    return Field(ge=0.0, le=most, allow_inf_nan=False)


def _step(step: float) -> float:
    # A grid far finer than the numbers' own would overflow when a position is counted in it.
    if 0.0 < step < LEAST_STEP_M:
        raise refusal(f"is {step}; give 0 to round nothing, or at least {LEAST_STEP_M}")
    return step


Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]


class _Policy(Table):
    """`[[policy]]`."""

    centre: Name
    to: Name
    from_state: Annotated[str, _known("event state to release from", FROM_STATES)]
    delay_s: Annotated[float, Field(ge=0.0, le=86_400.0, allow_inf_nan=False)]
    fields: list[Annotated[str, _known("field", FIELDS)]]
    withhold_radar_names: bool
    position_step_m: Annotated[float, _metres(1e6), AfterValidator(_step)]
    position_floor_m: Annotated[float, _metres(1e6)]
    velocity_floor_m_s: Annotated[float, _metres(1e4)]


class _File(Table):
    policy: list[_Policy]


_KIND = exchange_file({(): _File, ("policy",): _Policy})


def read_policies(path: Path) -> tuple[ReleasePolicy, ...]:
    """The release policies of a TOML file.

    Raises TocsinError with every mistake in it, among them a field that tells of another that is withheld,
    a centre's policy toward itself, and two policies for one pair.
    """
    file = read_table(path, _File, _KIND, lambda raw, found: _further(raw))
    return tuple(_policy(table) for table in file.policy)


@cache
def default_policies() -> tuple[ReleasePolicy, ...]:
    """The policies that come with Tocsin: Russia's to China and China's to Russia; every number assumed."""
    return read_policies(DEFAULT)


def policy_between(policies: tuple[ReleasePolicy, ...], centre: str, to: str) -> ReleasePolicy:
    """What `centre` tells `to`; TocsinError where nothing says so, since nothing may then be told."""
    for policy in policies:
        if (policy.centre, policy.to) == (centre, to):
            return policy
    raise TocsinError(
        f"no release policy from {centre!r} to {to!r}; add a [[policy]] with centre = {centre!r}, to = {to!r}"
    )


def _policy(table: _Policy) -> ReleasePolicy:
    state: EventState = next(s for s in FROM_STATES if s == table.from_state)
    fields: tuple[Releasable, ...] = tuple(f for f in FIELDS if f in table.fields)
    return ReleasePolicy(**{**table.model_dump(), "from_state": state, "fields": fields})


def _further(raw: dict[str, Any]) -> list[Problem]:
    tables = raw.get("policy")
    if not isinstance(tables, list):
        return []
    found: list[Problem] = []
    pairs: set[tuple[str, str]] = set()
    for number, table in enumerate(tables):
        if isinstance(table, dict):
            found += [(("policy", number, key), what) for key, what in _within(table, pairs)]
    return found


def _within(table: dict[str, Any], pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
    found = []
    pair = (table.get("centre"), table.get("to"))
    if isinstance(pair[0], str) and isinstance(pair[1], str):
        if pair[0] == pair[1]:
            found.append(("to", f"is {pair[1]!r}, the centre itself; give the other centre"))
        if pair in pairs:
            found.append(("to", f"is the second policy from {pair[0]!r} to {pair[1]!r}; keep one"))
        pairs.add((pair[0], pair[1]))
    fields = table.get("fields")
    if isinstance(fields, list):
        for field, others in TELLS_OF.items():
            missing = [other for other in others if field in fields and other not in fields]
            if missing:
                found.append(
                    ("fields", f"{field} tells of {', '.join(missing)}; add that, or take {field} out")
                )
    return found
