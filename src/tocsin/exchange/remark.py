"""What a person says of a track: that they have taken note of it, or a note for the record."""

from __future__ import annotations

import math
from typing import Literal

import msgspec
from msgspec import Struct

from tocsin.errors import TocsinError
from tocsin.exchange.envelope import Envelope
from tocsin.exchange.keys import MAX_NAME
from tocsin.exchange.scancheck import MAX_TIME_S
from tocsin.exchange.unpack import unpack

REMARK = "remark"
MAX_REMARK_BYTES, MAX_TEXT = 8 * 1024, 2000
Kind = Literal["acknowledged", "note"]


class Remark(Struct, frozen=True, kw_only=True):
    """By `who`, at t (TAI s), of a track of their centre's picture; a note has a text.

    An acknowledgement changes no state: states follow what was seen. It says who knew, and when.
    """

    who: str
    kind: Kind
    track: str
    t: float
    text: str = ""


def encode_remark(remark: Remark) -> bytes:
    """A remark as MessagePack with named fields; TocsinError where it is not sound."""
    _refuse(remark)
    return msgspec.msgpack.encode(remark)


def remark_in(envelope: Envelope) -> Remark:
    """The remark in an envelope; TocsinError where it is not sound, or of another person than its signer."""
    if envelope.subject != REMARK:
        raise TocsinError(f"envelope of {envelope.producer!r}: holds a {envelope.subject!r}, not a {REMARK}")
    if len(envelope.payload) > MAX_REMARK_BYTES:
        raise TocsinError(f"remark: {len(envelope.payload)} bytes; at most {MAX_REMARK_BYTES} are read")
    remark = unpack(envelope.payload, Remark, REMARK)
    _refuse(remark)
    if remark.who != envelope.producer:
        raise TocsinError(
            f"remark signed by {envelope.producer!r}: says it is of {remark.who!r}; not believed"
        )
    return remark


def _refuse(remark: Remark) -> None:
    problems = [
        f"remark: {name} must have 1 to {MAX_NAME} printable characters"
        for name in ("who", "track")
        if not (0 < len(getattr(remark, name)) <= MAX_NAME and getattr(remark, name).isprintable())
    ]
    if not (math.isfinite(remark.t) and abs(remark.t) <= MAX_TIME_S):
        problems.append(f"remark: t is {remark.t}; give TAI s")
    if len(remark.text) > MAX_TEXT:
        problems.append(f"remark: text is longer than {MAX_TEXT} characters")
    if remark.kind == "note" and not remark.text.strip():
        problems.append("remark: a note says nothing; give it a text")
    if problems:
        raise TocsinError(problems)
