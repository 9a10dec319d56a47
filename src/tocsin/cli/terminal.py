"""The terminal: results on stdout, progress and complaints on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console

WIDTH_OF_A_FILE = 132
Tell = Callable[[float], None]


def screen() -> Console:
    """The console of results: as wide as the terminal, or wide enough for the tables where it is a file."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object, indented, on stdout."""
    print(json.dumps(value, indent=2, allow_nan=False))


@contextmanager
def bar(words: str) -> Iterator[Tell]:
    """A progress bar on stderr while the block runs; the block is given what to tell the share done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=8) as progress:
        task = progress.add_task(words, total=None)

        def tell(share: float) -> None:
            progress.update(task, total=1.0, completed=min(share, 1.0))

        yield tell
        progress.update(task, total=1.0, completed=1.0)
