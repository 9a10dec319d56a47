"""What the person at the terminal is told while dev.py works, and how it hands over to a command."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

LAST_LINES = 8


class StopError(Exception):
    """dev.py cannot go on: what is missing, and what to do about it."""


def say(text: str) -> None:
    """Tell on stderr, so that stdout holds only what the command itself writes."""
    print(text, file=sys.stderr, flush=True)


def step(what: str, command: list[str], env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a command out of sight while its name and seconds are shown; its exit status and last lines."""
    start = time.monotonic()
    live = sys.stderr.isatty()
    if not live:
        say(f"  {what} ...")
    with tempfile.TemporaryFile("w+", errors="replace") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)
        try:
            while process.poll() is None:
                if live:
                    sys.stderr.write(f"\r  {what} ... {time.monotonic() - start:.0f} s ")
                    sys.stderr.flush()
                time.sleep(0.1)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        took = f"  {what}: {time.monotonic() - start:.0f} s"
        took += "" if process.returncode == 0 else ", without success"
        # The blanks cover what is left of the longer running line.
        say(f"\r{took}    " if live else took)
        log.seek(0)
        return process.returncode, "".join(log.readlines()[-LAST_LINES:]).rstrip()


def become(*command: str | Path) -> int:
    """Let the command take this process over, so that its signals and exit status are its own."""
    words = [str(word) for word in command]
    if os.name == "nt":
        return subprocess.call(words)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(words[0], words)
