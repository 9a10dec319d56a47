"""MessagePack from elsewhere, read into one expected shape."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from tocsin.errors import TocsinError

T = TypeVar("T")


def unpack(data: bytes, shape: type[T], what: str) -> T:
    """`data` as the Struct `shape`; TocsinError, naming `what`, for bytes that are not one.

    Fields that `shape` does not have are passed over, so a newer sender can add some.
    """
    try:
        return msgspec.msgpack.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as reason:
        raise TocsinError(f"{what}: cannot be read ({reason}); not believed") from None
