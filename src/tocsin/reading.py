"""A file that somebody gave, read whole or refused."""

from __future__ import annotations

from pathlib import Path

from tocsin.errors import TocsinError


def given_bytes(path: Path, most: int, absent: str | None, unreadable: str, too_large: str) -> bytes:
    """What a file holds, of no more than `most` bytes.

    Raises TocsinError where there is no such file (absent: what to do then; None where that is for the system
    to tell), it cannot be read (unreadable: what to do), or it is larger (too_large: how large, what to do).
    """
    try:
        if absent is not None and not path.is_file():
            missing = "is not a file" if path.exists() else "no such file"
            raise TocsinError(f"{path}: {missing}; {absent}")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or reason
        raise TocsinError(f"{path}: cannot be read ({why}); {unreadable}") from None
    if len(data) > most:
        raise TocsinError(f"{path}: is larger than {too_large}")
    return data
