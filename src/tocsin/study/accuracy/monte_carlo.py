"""Many runs of the study's cases over a pool of processes, each run with a stream of draws of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from zlib import crc32

import numpy as np

from tocsin.errors import TocsinError
from tocsin.study.accuracy import radar
from tocsin.study.accuracy.draw import Case, Draw, Truth

CHUNK = 20
Job = tuple[str, Truth]


def all_cases() -> tuple[Case, ...]:
    """Every case of the study, in the order in which it is told."""
    return radar.cases()


def case_of(name: str) -> Case:
    """A case by its name. Raises TocsinError where there is none."""
    found = {case.name: case for case in all_cases()}
    if name not in found:
        raise TocsinError(f"no case {name!r}: give one of {', '.join(found)}")
    return found[name]


def some(name: str, truth: Truth, seed: int, first: int, count: int) -> list[Draw]:
    """Runs `first` to first + count - 1 of a case: each hangs on the seed, the case and its number alone."""
    draw = case_of(name).draw
    purpose = crc32(f"{name} {truth}".encode())
    streams = (np.random.SeedSequence([seed, purpose, k]) for k in range(first, first + count))
    return [draw(np.random.default_rng(stream), truth) for stream in streams]


def runs_of(
    jobs: tuple[Job, ...], runs: int, seed: int, processes: int, tell: Callable[[float], None] | None = None
) -> Iterator[tuple[Job, list[Draw]]]:
    """Every job with its draws as they come in, in the order of the jobs; one process means this one."""
    chunks = [(job, first) for job in jobs for first in range(0, runs, CHUNK)]
    done: list[Draw] = []
    with _pool(processes) as submit:
        waiting = [submit(*job, seed, first, min(CHUNK, runs - first)) for job, first in chunks]
        for k, ((job, first), result) in enumerate(zip(chunks, waiting, strict=True)):
            done += result()
            if tell is not None:
                tell((k + 1) / len(chunks))
            if first + CHUNK >= runs:
                yield job, done
                done = []
