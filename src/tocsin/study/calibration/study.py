"""Many flights over a pool of processes, each with a stream of draws of its own."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import numpy as np

from tocsin.errors import TocsinError
from tocsin.study.calibration.moments import watched_of
from tocsin.study.calibration.told import Told, told_of
from tocsin.study.calibration.worlds import WORLDS
from tocsin.study.pool import each

CHUNK = 10


def stream(seed: int, world: str, number: int) -> np.random.Generator:
    """The draws of one flight: they hang on the seed, the world and its number alone."""
    return np.random.default_rng(np.random.SeedSequence([seed, crc32(world.encode()), number]))


def some(world: str, seed: int, first: int, count: int) -> list[Told]:
    """What is told of flights `first` to first + count - 1."""
    own = WORLDS[world]
    numbers = range(first, first + count)
    return told_of([w for k in numbers for w in watched_of(k, own, stream(seed, world, k))], own)


def drawn(
    world: str,
    flights: int,
    seed: int,
    processes: int,
    tell: Callable[[float], None] = lambda share: None,
) -> list[Told]:
    """What is told of so many flights, the same whatever the number of processes; tell: the share done.

    Raises TocsinError where there is no such world.
    """
    if world not in WORLDS:
        raise TocsinError(f"no world {world!r}; there are: {', '.join(WORLDS)}")
    jobs = [(world, seed, k, min(CHUNK, flights - k)) for k in range(0, flights, CHUNK)]
    return [one for part in each(some, jobs, processes, tell) for one in part]
