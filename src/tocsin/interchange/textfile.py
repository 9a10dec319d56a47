"""A text file of someone else's, read with care."""

from pathlib import Path

from tocsin.errors import TocsinError

MAX_BYTES = 50_000_000


def text_lines(path: Path, what: str) -> list[str]:
    """The lines of a file that should be `what`, such as "an OEM in key-value notation".

    Raises TocsinError where there is no such file, it cannot be read, is larger than 50 MB, or is not UTF-8.
    """
    try:
        if not path.is_file():
            missing = "is not a file" if path.exists() else "no such file"
            raise TocsinError(f"{path}: {missing}; give the path of {what}")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or reason
        raise TocsinError(f"{path}: cannot be read ({why}); give a file you may read") from None
    if len(data) > MAX_BYTES:
        raise TocsinError(
            f"{path}: is larger than {MAX_BYTES // 1_000_000} MB; cut it to the time that is wanted"
        )
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
