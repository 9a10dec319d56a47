"""Keys: who signed, and of which origin. One origin's keys open nothing of another's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, final, get_args

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tocsin.errors import TocsinError

Origin = Literal["live", "exercise", "replay", "simulated"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
KEY_BYTES = 32
ID_BYTES = 16
MAX_NAME = 64


@final
@dataclass(frozen=True, slots=True)
class PublicKey:
    """What checks the signatures of one source (a sensor or a centre) of one origin."""

    origin: Origin
    name: str
    raw: bytes

    def __post_init__(self) -> None:
        problems = []
        if self.origin not in ORIGINS:
            problems.append(
                f"key of {self.name!r}: no origin {self.origin!r}; give one of {', '.join(ORIGINS)}"
            )
        if not (0 < len(self.name) <= MAX_NAME and self.name.isprintable()):
            problems.append(f"key's name {self.name[:MAX_NAME]!r}: give 1 to {MAX_NAME} printable characters")
        if len(self.raw) != KEY_BYTES:
            problems.append(
                f"key of {self.name!r}: has {len(self.raw)} bytes; an Ed25519 key has {KEY_BYTES}"
            )
        if problems:
            raise TocsinError(problems)

    @property
    def id(self) -> bytes:
        """Its name on the wire: the first 16 bytes of the SHA-256 of the key."""
        return hashlib.sha256(self.raw).digest()[:ID_BYTES]


@final
@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """A source's own key: its public half, and the secret that signs."""

    public: PublicKey
    secret: Ed25519PrivateKey = field(repr=False)


@final
class KeyRing:
    """The keys that a reader believes, found by their id.

    Raises TocsinError for a live key that anyone can derive from a name, and for one key of two sources.
    """

    def __init__(self, keys: Iterable[PublicKey]) -> None:
        self._keys: dict[bytes, tuple[PublicKey, Ed25519PublicKey]] = {}
        for key in keys:
            refuse_derived(key)
            known = self._keys.setdefault(key.id, (key, Ed25519PublicKey.from_public_bytes(key.raw)))[0]
            if known != key:
                raise TocsinError(
                    f"one key for {known.name!r} ({known.origin}) and {key.name!r} ({key.origin}); "
                    "give each source its own"
                )

    def find(self, key_id: bytes) -> tuple[PublicKey, Ed25519PublicKey] | None:
        """The key of that id, with what verifies; None where it is not in the ring."""
        return self._keys.get(key_id)


def simulated_key(origin: Origin, name: str) -> SigningKey:
    """The key that stands for a source in a simulation, exercise or replay: SHA-256 of origin and name.

    Anyone can derive it, so it proves that nothing was changed or mixed up, not who signed. Raises
    TocsinError for the origin `live`, whose keys are files.
    """
    if origin == "live":
        raise TocsinError(f"key of {name!r}: a live key cannot be derived from a name; give its key file")
    return _derived(origin, name)


def signing_key(origin: Origin, name: str, seed: bytes) -> SigningKey:
    """The key of a 32-byte seed (RFC 8032); TocsinError for another length, or a live key of a name."""
    if len(seed) != KEY_BYTES:
        raise TocsinError(f"key of {name!r}: has {len(seed)} bytes; an Ed25519 key has {KEY_BYTES}")
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    key = SigningKey(PublicKey(origin, name, secret.public_key().public_bytes_raw()), secret)
    refuse_derived(key.public)
    return key


def refuse_derived(key: PublicKey) -> None:
    """TocsinError for a live key that `simulated_key` would give for its name in any origin."""
    if key.origin == "live" and any(_derived(o, key.name).public.raw == key.raw for o in ORIGINS):
        raise TocsinError(
            f"key of {key.name!r}: a live key that is derived from its name proves nothing; make a new one"
        )


def _derived(origin: Origin, name: str) -> SigningKey:
    seed = hashlib.sha256(f"tocsin simulated key\0{origin}\0{name}".encode()).digest()
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey(PublicKey(origin, name, secret.public_key().public_bytes_raw()), secret)
