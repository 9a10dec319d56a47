"""Live keys are files: a source's own secret, and the ring of those that a reader believes."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from tocsin.catalogue.filekind import Table, refusal
from tocsin.catalogue.strict import read_table
from tocsin.errors import TocsinError
from tocsin.exchange.keys import KEY_BYTES, KeyRing, Origin, PublicKey, SigningKey, signing_key
from tocsin.exchange.tomlfile import exchange_file


def _hex(value: object) -> object:
    # Whatever stands here may be a secret, so the complaint does not show it.
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}", value):
        raise refusal(f"must be {2 * KEY_BYTES} hexadecimal digits in quotes")
    return value


Hex = Annotated[str, BeforeValidator(_hex)]


class _KeyFile(Table):
    origin: Origin
    name: str
    secret_hex: Hex


class _RingKey(Table):
    origin: Origin
    name: str
    public_hex: Hex


class _RingFile(Table):
    key: list[_RingKey]


def read_key(path: Path) -> SigningKey:
    """A source's own key from a TOML file: `origin`, `name`, `secret_hex` (32 bytes, RFC 8032 seed).

    Raises TocsinError where the file is not such, where others may read it, or where a live key is derived
    from a name.
    """
    table = read_table(path, _KeyFile, exchange_file({(): _KeyFile}))
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise TocsinError(f"{path}: others may read this secret; make it yours alone (chmod 600)")
    return signing_key(table.origin, table.name, bytes.fromhex(table.secret_hex))


def read_ring(path: Path) -> KeyRing:
    """The keys to believe from a TOML file of `[[key]]` tables: `origin`, `name`, `public_hex` (32 bytes)."""
    table = read_table(path, _RingFile, exchange_file({(): _RingFile, ("key",): _RingKey}))
    return KeyRing(PublicKey(k.origin, k.name, bytes.fromhex(k.public_hex)) for k in table.key)
