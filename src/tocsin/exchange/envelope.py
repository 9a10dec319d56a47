"""The envelope: a payload with who sent it, signed as the exact bytes that travel."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from msgspec import Meta, Struct

from tocsin.errors import TocsinError
from tocsin.exchange.keys import ID_BYTES, MAX_NAME, KeyRing, Origin, SigningKey
from tocsin.exchange.unpack import unpack

MAGIC, VERSION = b"TCN", 1
SIGNATURE_BYTES = 64
MAX_BYTES = 8 * 1024 * 1024
_HEAD = struct.Struct(f"<3sBI{ID_BYTES}s")
_BODY_AT = _HEAD.size + SIGNATURE_BYTES


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload, and what its signature vouches for; t is the sender's time of sealing, TAI s."""

    key_id: str
    origin: Origin
    producer: str
    subject: str
    seq: int
    t: float
    payload: bytes


class _Body(Struct, frozen=True):
    origin: Origin
    producer: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
    subject: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
    seq: Annotated[int, Meta(ge=0)]
    t: float
    payload: bytes


def seal(key: SigningKey, subject: str, seq: int, t: float, payload: bytes) -> bytes:
    """An envelope from the key's owner: "TCN", version, body length (u32 LE), key id, signature, body.

    The signature (Ed25519, RFC 8032) is over everything but itself. Raises ValueError for a body that
    `open_envelope` would not take.
    """
    public = key.public
    body = msgspec.msgpack.encode(_Body(public.origin, public.name, subject, seq, t, payload))
    if not (math.isfinite(t) and seq >= 0 and 0 < len(subject) <= MAX_NAME):
        raise ValueError(f"envelope of {public.name!r}: subject {subject!r}, seq {seq}, t {t}")
    if _BODY_AT + len(body) > MAX_BYTES:
        raise ValueError(f"envelope of {public.name!r}: {len(body)} bytes; at most {MAX_BYTES - _BODY_AT}")
    head = _HEAD.pack(MAGIC, VERSION, len(body), public.id)
    return b"".join((head, key.secret.sign(head + body), body))


def open_envelope(data: bytes, ring: KeyRing, origin: Origin) -> Envelope:
    """The envelope in `data`, once its signature, its key's owner and its origin are found to be right.

    Raises TocsinError for bytes that are no envelope, cut short or too long, for a key that is not in the
    ring, a signature that is not of these bytes, another origin, or another producer than the key's owner.
    """
    if len(data) < _BODY_AT:
        raise TocsinError(
            f"envelope: cut short at {len(data)} bytes; the least is {_BODY_AT}; fetch it again"
        )
    if len(data) > MAX_BYTES:
        raise TocsinError(f"envelope: {len(data)} bytes; at most {MAX_BYTES} are read")
    magic, version, length, key_id = _HEAD.unpack_from(data)
    if magic != MAGIC:
        raise TocsinError("envelope: these bytes are not a Tocsin envelope; check where they come from")
    if version != VERSION:
        raise TocsinError(
            f"envelope: of version {version}, and this Tocsin reads {VERSION}; update the older one"
        )
    if len(data) != _BODY_AT + length:
        raise TocsinError(
            f"envelope: {len(data)} bytes where {_BODY_AT + length} were sealed; fetch it again"
        )
    found = ring.find(key_id)
    if found is None:
        raise TocsinError(
            f"envelope: signed with key {key_id.hex()}, which is not in the key ring; not believed"
        )
    key, verifier = found
    body_bytes = data[_BODY_AT:]
    try:
        verifier.verify(data[_HEAD.size : _BODY_AT], data[: _HEAD.size] + body_bytes)
    except InvalidSignature:
        raise TocsinError(
            f"envelope of {key.name!r}: the signature is not of these bytes; not believed"
        ) from None
    if key.origin != origin:
        raise TocsinError(
            f"envelope of {key.name!r}: origin {key.origin!r} in a picture of origin {origin!r}; refused"
        )
    body = unpack(body_bytes, _Body, f"envelope of {key.name!r}")
    if body.origin != key.origin or body.producer != key.name:
        raise TocsinError(
            f"envelope of {key.name!r} ({key.origin}): says it is of {body.producer!r} ({body.origin}); "
            "not believed"
        )
    if not math.isfinite(body.t):
        raise TocsinError(f"envelope of {key.name!r}: its time is {body.t}; not believed")
    return Envelope(key_id.hex(), body.origin, body.producer, body.subject, body.seq, body.t, body.payload)
