"""Many runs of the study's cases over a pool of processes, each run with a stream of draws of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from zlib import crc32

import numpy as np

from tocsin.errors import TocsinError
from tocsin.study.accuracy import bank, boost, fused, radar
from tocsin.study.accuracy.draw import Case, Draw, Truth
from tocsin.study.accuracy.figures import Told, told

CHUNK = 20


def all_cases() -> tuple[Case, ...]:
    """Every case of the study, in the order in which it is told."""
    return (*radar.cases(), *boost.cases(), *bank.cases(), *fused.cases())


def case_of(name: str) -> Case:
    """A case by its name. Raises TocsinError where there is none."""
    found = {case.name: case for case in all_cases()}
    if name not in found:
        raise TocsinError(f"no case {name!r}; there are: {', '.join(found)}")
    return found[name]


def some(name: str, truth: Truth, seed: int, first: int, count: int) -> list[Draw]:
    """Runs `first` to first + count - 1 of a case: each hangs on the seed, the case and its number alone."""
    draw = case_of(name).draw
    return [draw(stream(seed, name, truth, k), truth) for k in range(first, first + count)]


def stream(seed: int, name: str, truth: Truth, number: int) -> np.random.Generator:
    """The draws of one run: a stream of its own for each seed, case, truth and number."""
    return np.random.default_rng(np.random.SeedSequence([seed, crc32(f"{name} {truth}".encode()), number]))


def measured(
    jobs: Iterable[tuple[str, Truth, int]],
    seed: int,
    processes: int,
    tell: Callable[[float], None] = lambda share: None,
) -> Iterator[Told]:
    """The figures of each job, a case, its truth and a number of runs, once all its runs are there.

    They are the same whatever the number of processes. tell: is told the share that is done.
    """
    asked = tuple(jobs)
    total, done = sum(runs for *_, runs in asked), 0
    with ProcessPoolExecutor(processes) as pool:
        waiting = [
            [pool.submit(some, name, truth, seed, k, min(CHUNK, runs - k)) for k in range(0, runs, CHUNK)]
            for name, truth, runs in asked
        ]
        try:
            for (name, truth, _), parts in zip(asked, waiting, strict=True):
                draws: list[Draw] = []
                for part in parts:
                    draws += part.result()
                    tell((done + len(draws)) / total)
                done += len(draws)
                yield told(case_of(name), truth, draws)
        except BaseException:
            # Who breaks off waits for the chunks that are being drawn, not for all that were to come.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
