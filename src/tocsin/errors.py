"""The one error that Tocsin raises for a mistake of the person who asked."""

from collections.abc import Iterable, Sequence
from typing import final


@final
class TocsinError(Exception):
    """One or more mistakes in what was asked, told to the person who can mend them.

    Given as one string, several strings, or one collection of strings; `problems` holds them, each saying
    what is wrong, where, and what to do. Mistakes found together are raised together. Raises ValueError
    when there is no problem to tell.
    """

    problems: tuple[str, ...]

    def __init__(self, problems: str | Iterable[str], *further: str) -> None:
        first = (problems,) if isinstance(problems, str) else tuple(problems)
        self.problems = (*first, *further)
        if not self.problems:
            raise ValueError("a TocsinError needs at least one problem")
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


MOST_TOLD = 20


def first_of(problems: Sequence[str]) -> tuple[str, ...]:
    """The problems to show a person: the first MOST_TOLD, and how many more there are."""
    more = len(problems) - MOST_TOLD
    return (*problems[:MOST_TOLD], f"... and {more:,} more") if more > 0 else tuple(problems)
