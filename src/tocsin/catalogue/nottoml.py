"""A TOML parser's complaint, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable


def not_toml(what: str) -> Callable[[str, Exception], tuple[int | None, str]]:
    """What tells where and why a text that should be `what`, such as "an event's TOML", is not TOML.

    A value beyond the parser's limits has no line to give.
    """

    def told(text: str, reason: Exception) -> tuple[int | None, str]:
        if not isinstance(reason, tomllib.TOMLDecodeError):
            return None, f"not {what}: a number too long or a list too deep; shorten it"
        words, _, place = str(reason).rpartition(" (at ")
        found = re.match(r"line (\d+)", place)
        line = int(found[1]) if found else max(len(text.splitlines()), 1)
        return line, f"not TOML: {words[:1].lower()}{words[1:]}; mend this line"

    return told
