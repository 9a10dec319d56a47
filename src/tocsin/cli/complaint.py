"""What is wrong with a command line, in one line."""

from __future__ import annotations

from cyclopts import CycloptsError, UnknownCommandError

from tocsin.catalogue.nearest import unknown
from tocsin.errors import TocsinError


def complaint(error: CycloptsError, commands: tuple[str, ...]) -> TocsinError:
    """The parser's complaint as a mistake of the person who asked, with the nearest name if there is one."""
    if isinstance(error, UnknownCommandError) and error.unused_tokens:
        return TocsinError(unknown("command", error.unused_tokens[0], commands))
    error.verbose = False
    words = " ".join(str(error).split())
    chain = " ".join(error.command_chain or ())
    return TocsinError(f"{chain}: {words}" if chain else words)
