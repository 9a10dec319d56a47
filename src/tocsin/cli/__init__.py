"""The command `tocsin`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from tocsin.errors import TocsinError, first_of

BAD_INPUT, INTERRUPTED, BROKEN_PIPE = 2, 130, 141


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line (by default the process's own) and give its exit status.

    0: done; 1: done, and the answer is no (a replay that differs); 2: a mistake in what was asked, told on
    stderr; 130: interrupted; 141: nobody reads the output any more.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a question mark, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        from tocsin.cli.app import run

        status = run(list(sys.argv[1:] if words is None else words))
        sys.stdout.flush()
        return status
    except TocsinError as error:
        for problem in first_of(error.problems):
            print(f"tocsin: {problem}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("\ntocsin: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # What is still buffered has no reader: let the interpreter flush it into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as reason:
        # A full device, say: what could not be written must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        where = f" {reason.filename}" if reason.filename else ""
        print(
            f"tocsin: cannot read or write{where}: {(reason.strerror or str(reason)).lower()}",
            file=sys.stderr,
        )
        return BAD_INPUT
