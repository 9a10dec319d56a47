"""Many jobs of a study over a pool of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

Result = TypeVar("Result")


def each(
    function: Callable[..., Result],
    jobs: Sequence[tuple[Any, ...]],
    processes: int,
    tell: Callable[[float], None] = lambda _: None,
) -> Iterator[Result]:
    """What the function gives for the words of each job, in their order; tell: is told the share done.

    One process is this one. Who breaks off waits for the jobs being done, not for all that were to come.
    """
    if processes == 1:
        for done, job in enumerate(jobs):
            yield function(*job)
            tell((done + 1) / len(jobs))
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from over(pool, function, jobs, tell)


def over(
    pool: ProcessPoolExecutor,
    function: Callable[..., Result],
    jobs: Sequence[tuple[Any, ...]],
    tell: Callable[[float], None] = lambda _: None,
) -> Iterator[Result]:
    """As `each`, over a pool that goes on, unless a job fails: then it is shut down."""
    waiting = [pool.submit(function, *job) for job in jobs]
    try:
        for done, one in enumerate(as_completed(waiting)):
            one.result()  # what failed is told at once, not when all the others are done
            tell((done + 1) / len(jobs))
        for one in waiting:
            yield one.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
