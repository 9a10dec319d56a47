"""Flights alone as their picture shows them."""

from __future__ import annotations

from pathlib import Path

from tocsin.catalogue import Event, borders
from tocsin.cli.scene import flown
from tocsin.cli.terminal import bar
from tocsin.console.picture.flights import FlightsScene, draw_flights
from tocsin.flight.flight import Flight

FOOTER = (
    "Flown by notional vehicles of round figures, and by what the event gives; no sensor is in this picture.",
)


def flights_scene(event: Event, seed: int | None, flights: tuple[Flight, ...]) -> FlightsScene:
    """The scene of an event's flights."""
    return FlightsScene(
        title=event.title,
        date=f"{event.start_utc[:10]}  {event.start_utc[11:16]} UTC",
        origin="simulated",
        about="each class as it is" if seed is None else f"seed {seed}",
        flights=flown(flights, event.start_t_tai),
        footer=FOOTER,
    )


def draw_event(event: Event, seed: int | None, flights: tuple[Flight, ...], file: Path) -> None:
    """Write the picture of an event's flights."""
    with bar("drawing"):
        draw_flights(flights_scene(event, seed, flights), borders(), file)
