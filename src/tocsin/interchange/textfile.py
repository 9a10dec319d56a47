"""A text file of someone else's, read with care."""

from pathlib import Path

from tocsin.errors import TocsinError
from tocsin.reading import given_bytes

MAX_BYTES = 50_000_000


def text_lines(path: Path, what: str) -> list[str]:
    """The lines of a file that should be `what`, such as "an OEM in key-value notation".

    Raises TocsinError where there is no such file, it cannot be read, is larger than 50 MB, or is not UTF-8.
    """
    too_large = f"{MAX_BYTES // 1_000_000} MB; cut it to the time that is wanted"
    data = given_bytes(path, MAX_BYTES, f"give the path of {what}", "give a file you may read", too_large)
    binary = data.find(b"\0")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        binary = reason.start
    if binary >= 0:
        before = data[:binary]
        line = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
        raise TocsinError(f"{path}:{line}: not text in UTF-8; give {what}")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def number(text: str) -> float | None:
    """The finite number that a text is, in plain decimal or scientific notation; None if it is not one."""
    try:
        value = float(text)
    except ValueError:
        return None
    plain = text.isascii() and "_" not in text and abs(value) < float("inf")
    return value if plain else None


def shown(text: str, most: int = 40) -> str:
    """A file's text as a message may repeat it: `most` characters of it at most, and only printable ones."""
    plain = "".join(c if c.isprintable() else "?" for c in text[: most + 1])
    return plain if len(plain) <= most else plain[: most - 3] + "..."
