"""A promise held or broken, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


def hold(kept: object, words: str) -> None:
    """Raise AssertionError with these words unless the promise is kept."""
    if not kept:
        raise AssertionError(words)


@contextmanager
def works(what: str) -> Iterator[None]:
    """Raise AssertionError for any error of the block, with what failed in words; a broken promise passes."""
    try:
        yield
    except AssertionError:
        raise
    except Exception as error:
        raise AssertionError(f"{what} failed: {type(error).__name__}: {error}") from error
