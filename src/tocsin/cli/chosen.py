"""The event that a person named."""

from __future__ import annotations

from pathlib import Path

from tocsin.catalogue import Event
from tocsin.catalogue import event as built_in
from tocsin.catalogue.eventfile import read_event


def event_of(words: str) -> Event:
    """A built-in event by its name, or one of a user's own by the path of its TOML file."""
    file = Path(words)
    if file.suffix.lower() == ".toml" or len(file.parts) > 1 or file.exists():
        return read_event(file)
    return built_in(words)
