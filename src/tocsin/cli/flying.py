"""Everything in an event flown, without any sensor."""

from __future__ import annotations

from tocsin.catalogue import Event
from tocsin.catalogue.plan import plan_names
from tocsin.cli.terminal import bar
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.fly import fly
from tocsin.simulate.world import generator


def fly_all(event: Event, seed: int | None, where: str) -> tuple[Flight, ...]:
    """Every plan flown, in the event's order; without a seed each class as it is, with one as a run draws it.

    Raises TocsinError with everything that cannot be flown, each as `where: flight 1: what, what to do`, and
    for an event in which nothing flies.
    """
    if not event.flights:
        raise TocsinError(
            f"{where}: nothing flies in this event; see what its sensors make of it: tocsin run"
        )
    flights: list[Flight] = []
    problems: list[str] = []
    names = plan_names(event.flights)
    with bar("flying") as tell:
        for k, (name, plan) in enumerate(zip(names, event.flights, strict=True)):
            rng = None if seed is None else generator(seed, f"flight {k}")
            try:
                flights.append(fly(plan, event.start_t_tai, rng))
            except TocsinError as error:
                problems += [f"{where}: {name}: {problem}" for problem in error.problems]
            tell((k + 1) / len(names))
    if problems:
        raise TocsinError(problems)
    return tuple(flights)
