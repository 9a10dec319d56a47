"""An event as a manifest keeps it: each plan under the name of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tocsin.catalogue import Event, NatureChoice, NetworkChoice, Plan, Published
from tocsin.catalogue.plan import KINDS

_NAMES = {plan: name for name, plan in KINDS.items()}


class KeptPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """One plan as plain values; kind: as in an event's file."""

    kind: str
    plan: dict[str, Any]


class KeptEvent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of `Event`, its plans kept with their kinds."""

    key: str
    title: str
    start_utc: str
    start_t_tai: float
    flights: tuple[KeptPlan, ...]
    network: NetworkChoice
    published: Published | None
    notes: tuple[str, ...]
    nature: NatureChoice
    duration_s: float | None = None
    protected: tuple[str, ...] | None = None


def kept_event(event: Event) -> KeptEvent:
    """The event to be kept."""
    flights = tuple(KeptPlan(_NAMES[type(p)], msgspec.to_builtins(p, enc_hook=str)) for p in event.flights)
    others = {name: getattr(event, name) for name in KeptEvent.__struct_fields__ if name != "flights"}
    return KeptEvent(flights=flights, **others)


def event_of_kept(kept: KeptEvent) -> Event:
    """The event that was kept. Raises msgspec.ValidationError where a plan is none of its kind's."""
    others = {name: getattr(kept, name) for name in KeptEvent.__struct_fields__ if name != "flights"}
    return Event(flights=tuple(_plan(p) for p in kept.flights), **others)


def _plan(kept: KeptPlan) -> Plan:
    kind = KINDS.get(kept.kind)
    if kind is None:
        raise msgspec.ValidationError(f"no kind of flight {kept.kind!r}")
    # The only field that is no plain value is the path of a file.
    plan: Plan = msgspec.convert(kept.plan, kind, dec_hook=lambda _, text: Path(text))
    return plan
