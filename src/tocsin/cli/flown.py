"""The one object that `tocsin fly --json` prints."""

from __future__ import annotations

from typing import Any

import msgspec

from tocsin.catalogue import Event
from tocsin.catalogue.plan import plan_names
from tocsin.cli import figures
from tocsin.cli.flightnotes import flights_assumed
from tocsin.cli.truth import truth_of
from tocsin.flight.flight import Flight


def flown_figures(event: Event, seed: int | None, flights: tuple[Flight, ...]) -> dict[str, Any]:
    """Each flight's figures, never its steering, and what was published of the event."""
    names = plan_names(event.flights)
    return {
        "event": event.key,
        "title": event.title,
        "start_utc": event.start_utc,
        "seed": seed,
        "published": msgspec.to_builtins(event.published),
        "flights": [
            figures.flown(name, truth_of(flight), event.start_t_tai)
            for name, flight in zip(names, flights, strict=True)
        ],
        "notes": [
            *event.notes,
            *(
                f"{name}: {note}"
                for name, flight in zip(names, flights, strict=True)
                for note in flight.notes
            ),
        ],
        "assumed": flights_assumed(event, seed is not None),
    }
