"""An envelope opens for the right ring and origin, whole and unchanged, and otherwise not at all."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.making import NAMES
from tocsin.errors import TocsinError
from tocsin.exchange.envelope import MAX_BYTES, Envelope, open_envelope, seal
from tocsin.exchange.keys import ORIGINS, KeyRing, Origin, SigningKey, signing_key, simulated_key

HEAD = 24
MIS, YEN = simulated_key("simulated", "MIS1"), simulated_key("simulated", "YEN")
RING = KeyRing([MIS.public, YEN.public])


def a_key(origin: Origin, name: str) -> SigningKey:
    return signing_key(origin, name, bytes(32)) if origin == "live" else simulated_key(origin, name)


def told(data: bytes, ring: KeyRing = RING, origin: Origin = "simulated") -> str:
    with pytest.raises(TocsinError) as error:
        open_envelope(data, ring, origin)
    return str(error.value)


@given(
    origin=st.sampled_from(ORIGINS),
    name=NAMES,
    subject=NAMES,
    seq=st.integers(0, 2**63 - 1),
    t=st.floats(allow_nan=False, allow_infinity=False),
    payload=st.binary(max_size=500),
)
def test_what_was_sealed_is_what_is_opened(
    origin: Origin, name: str, subject: str, seq: int, t: float, payload: bytes
) -> None:
    key = a_key(origin, name)
    data = seal(key, subject, seq, t, payload)
    back = open_envelope(data, KeyRing([key.public]), origin)
    assert back == Envelope(key.public.id.hex(), origin, name, subject, seq, t, payload)
    # Ed25519 has no randomness: the same envelope is the same bytes, which a replay needs.
    assert seal(key, subject, seq, t, payload) == data


def test_every_flipped_bit_is_refused() -> None:
    data = seal(MIS, "scan", 7, 1.5, b"a payload")
    open_envelope(data, RING, "simulated")
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            told(bytes(flipped))


@given(st.data())
def test_every_changed_byte_is_refused(draws: st.DataObject) -> None:
    payload = draws.draw(st.binary(max_size=200))
    data = bytearray(seal(MIS, "scan", 7, 1.5, payload))
    data[draws.draw(st.integers(0, len(data) - 1))] ^= draws.draw(st.integers(1, 255))
    told(bytes(data))


def test_every_cut_and_every_tail_is_refused() -> None:
    data = seal(MIS, "scan", 7, 1.5, b"a payload")
    for length in range(len(data)):
        assert "fetch it again" in told(data[:length])
    assert f"{len(data) + 1} bytes where {len(data)} were sealed" in told(data + b"\0")


@given(st.binary(max_size=400))
def test_bytes_from_nowhere_are_refused(data: bytes) -> None:
    told(data)


@pytest.mark.parametrize("sealed", ORIGINS)
@pytest.mark.parametrize("picture", ORIGINS)
def test_origins_never_mix(sealed: Origin, picture: Origin) -> None:
    # Even with every origin's keys in the ring, a picture takes its own alone.
    keys = {origin: a_key(origin, "MIS1") for origin in ORIGINS}
    ring = KeyRing(key.public for key in keys.values())
    data = seal(keys[sealed], "scan", 1, 0.0, b"")
    if sealed == picture:
        assert open_envelope(data, ring, picture).origin == picture
    else:
        assert f"origin {sealed!r} in a picture of origin {picture!r}; refused" in told(data, ring, picture)


def test_each_refusal_says_why() -> None:
    data = seal(MIS, "scan", 7, 1.5, b"a payload")
    stranger = simulated_key("simulated", "stranger")
    assert "which is not in the key ring" in told(seal(stranger, "scan", 7, 1.5, b"a payload"))
    assert "the signature is not of these bytes" in told(data[:-1] + bytes([data[-1] ^ 1]))
    assert "not a Tocsin envelope" in told(b"X" + data[1:])
    assert "of version 9, and this Tocsin reads 1" in told(data[:3] + b"\x09" + data[4:])
    assert f"at most {MAX_BYTES}" in told(bytes(MAX_BYTES + 1))


def test_a_signature_under_another_key_id_is_refused() -> None:
    data = seal(MIS, "scan", 7, 1.5, b"a payload")
    theirs = seal(YEN, "scan", 7, 1.5, b"a payload")
    assert "the signature is not of these bytes" in told(data[:8] + theirs[8:HEAD] + data[HEAD:])


def signed(key: SigningKey, body: bytes) -> bytes:
    """An envelope whose owner signed whatever he pleased."""
    head = seal(key, "scan", 0, 0.0, b"")[:4] + len(body).to_bytes(4, "little") + key.public.id
    return head + key.secret.sign(head + body) + body


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"producer": "YEN"}, "says it is of 'YEN' (simulated); not believed"),
        ({"origin": "live"}, "says it is of 'MIS1' (live); not believed"),
        ({"origin": "dream"}, "cannot be read"),
        ({"t": float("nan")}, "its time is nan"),
        ({"seq": -1}, "cannot be read"),
        ({"subject": ""}, "cannot be read"),
        ({"subject": "s" * 65}, "cannot be read"),
        ({"payload": 3}, "cannot be read"),
    ],
)
def test_a_key_signs_for_its_owner_alone(change: dict[str, object], words: str) -> None:
    sound = {"origin": "simulated", "producer": "MIS1", "subject": "scan", "seq": 1, "t": 0.0, "payload": b""}
    assert open_envelope(signed(MIS, msgspec.msgpack.encode(sound)), RING, "simulated").producer == "MIS1"
    assert words in told(signed(MIS, msgspec.msgpack.encode({**sound, **change})))


@pytest.mark.parametrize(
    "body", [b"", b"\xc0", b"\x91" * 60_000, b"\xdf\xff\xff\xff\xff", b"\x81\xa1\xff\x01"]
)
def test_a_hostile_body_under_a_good_signature_is_refused(body: bytes) -> None:
    assert "cannot be read" in told(signed(MIS, body))


@pytest.mark.parametrize(
    ("subject", "seq", "t", "payload"),
    [("", 0, 0.0, b""), ("s" * 65, 0, 0.0, b""), ("s", -1, 0.0, b""), ("s", 0, float("inf"), b"")],
)
def test_what_could_not_be_opened_is_not_sealed(subject: str, seq: int, t: float, payload: bytes) -> None:
    with pytest.raises(ValueError, match="envelope of 'MIS1'"):
        seal(MIS, subject, seq, t, payload)


def test_a_payload_beyond_the_limit_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="at most"):
        seal(MIS, "scan", 0, 0.0, bytes(MAX_BYTES))
    open_envelope(seal(MIS, "scan", 0, 0.0, bytes(MAX_BYTES - 300)), RING, "simulated")
