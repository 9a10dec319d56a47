"""A recorded run folded again: the same envelopes must give the same events, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network
from tocsin.centre import journal
from tocsin.centre.centre import Centre
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import simulated_ring
from tocsin.centre.setup import setups
from tocsin.exchange.keys import Origin


@dataclass(frozen=True, slots=True)
class Replay:
    """How a replay compares: events by centre, whether all are identical, and the first that is not."""

    events: tuple[CentreEvent, ...]
    counts: dict[str, int]
    identical: bool
    first_difference: str | None


def replay(
    network: Network,
    folder: Path,
    origin: Origin = "simulated",
    progress: Callable[[float], None] | None = None,
    territories: Territories | None = None,
) -> Replay:
    """Fold each centre's recorded inputs anew and compare every event's bytes with those on record.

    Neither the world nor the partner is needed: what each centre received is in its own journal.
    territories: those of the run, as in `setups`.
    """
    made = setups(network, territories)
    ring = simulated_ring(made, origin)
    encoder = msgspec.msgpack.Encoder()
    events: list[CentreEvent] = []
    counts: dict[str, int] = {}
    difference: str | None = None
    for k, one in enumerate(made):
        centre = Centre(one, ring, origin, journal.NullJournal())
        inputs = journal.inputs(folder / one.name)
        was = [row.data for row in journal.events(folder / one.name)]
        now: list[CentreEvent] = []
        for number, row in enumerate(inputs):
            now.extend(centre.receive(row.data))
            centre.outbox.clear()
            if progress is not None and number % 50 == 0:
                progress((k + number / len(inputs)) / len(made))
        events.extend(now)
        counts[one.name] = len(now)
        if difference is None:
            difference = _first_difference(one.name, was, [encoder.encode(e) for e in now], now)
    return Replay(tuple(events), counts, difference is None, difference)


def _first_difference(name: str, was: list[bytes], now: list[bytes], events: list[CentreEvent]) -> str | None:
    """Where two logs of one centre part, in words; None where they do not."""
    for k, (a, b) in enumerate(zip(was, now, strict=False)):
        if a != b:
            return f"{name}: event {k + 1} ({events[k].what}, {events[k].track}) differs from the record"
    if len(was) != len(now):
        return f"{name}: {len(was)} events on record, {len(now)} in the replay"
    return None
