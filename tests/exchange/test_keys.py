"""Keys: RFC 8032's own, those derived from names, and those in files."""

from pathlib import Path

import pytest

from tocsin.errors import TocsinError
from tocsin.exchange.envelope import open_envelope, seal
from tocsin.exchange.keyfile import read_key, read_ring
from tocsin.exchange.keys import ORIGINS, KeyRing, Origin, PublicKey, signing_key, simulated_key

# RFC 8032, section 7.1, TEST 1: a secret key, its public key, and its signature of the empty message.
SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
    "25bf5f0595bbe24655141438e7a100b"
)
DERIVED: tuple[Origin, ...] = ("exercise", "replay", "simulated")


def test_rfc_8032_gives_the_same_key_and_signature() -> None:
    key = signing_key("live", "MIS1", bytes.fromhex(SEED))
    assert key.public.raw.hex() == PUBLIC
    assert key.secret.sign(b"").hex() == SIGNATURE


def test_each_origin_and_name_has_its_own_key_and_always_the_same() -> None:
    made = {simulated_key(o, n).public.raw for o in DERIVED for n in ("MIS1", "YEN", "russia")}
    assert len(made) == 9
    assert simulated_key("replay", "YEN").public == simulated_key("replay", "YEN").public


def test_a_boundary_between_origin_and_name_cannot_be_moved() -> None:
    raw = {simulated_key("replay", name).public.raw for name in ("a", "aa", "a a", "A")}
    assert len(raw) == 4


def test_a_live_key_is_not_derived() -> None:
    with pytest.raises(TocsinError, match="a live key cannot be derived from a name; give its key file"):
        simulated_key("live", "MIS1")


@pytest.mark.parametrize("origin", DERIVED)
def test_a_live_ring_refuses_derived_keys(origin: Origin) -> None:
    derived = simulated_key(origin, "MIS1").public
    with pytest.raises(TocsinError, match="derived from its name proves nothing"):
        KeyRing([PublicKey("live", "MIS1", derived.raw)])
    KeyRing([derived])


def test_one_key_is_not_two_sources() -> None:
    raw = bytes.fromhex(PUBLIC)
    KeyRing([PublicKey("live", "MIS1", raw), PublicKey("live", "MIS1", raw)])
    with pytest.raises(TocsinError, match=r"one key for 'MIS1' \(live\) and 'MIS1' \(exercise\)"):
        KeyRing([PublicKey("live", "MIS1", raw), PublicKey("exercise", "MIS1", raw)])


def test_every_mistake_in_a_key_is_told() -> None:
    with pytest.raises(TocsinError) as error:
        PublicKey("real", "", b"short")  # type: ignore[arg-type]
    assert [p.split(": ")[-1] for p in error.value.problems] == [
        "no origin 'real'; give one of live, exercise, replay, simulated",
        "give 1 to 64 printable characters",
        "has 5 bytes; an Ed25519 key has 32",
    ]
    with pytest.raises(TocsinError, match="has 31 bytes"):
        signing_key("live", "MIS1", bytes(31))


def test_a_secret_is_not_shown() -> None:
    key = signing_key("live", "MIS1", bytes.fromhex(SEED))
    assert SEED not in repr(key)
    assert "secret" not in repr(key)


def key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "key.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_key_and_ring_are_read_from_files(tmp_path: Path) -> None:
    own = key_file(tmp_path, f'origin = "live"\nname = "MIS1"\nsecret_hex = "{SEED}"\n')
    ring = tmp_path / "ring.toml"
    ring.write_text(f'[[key]]\norigin = "live"\nname = "MIS1"\npublic_hex = "{PUBLIC}"\n')
    data = seal(read_key(own), "scan", 1, 0.0, b"payload")
    assert open_envelope(data, read_ring(ring), "live").producer == "MIS1"


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    own = key_file(tmp_path, f'origin = "live"\nname = "MIS1"\nsecret_hex = "{SEED}"\n', 0o644)
    with pytest.raises(TocsinError, match="others may read this secret"):
        read_key(own)


def test_a_derived_secret_in_a_live_file_is_refused(tmp_path: Path) -> None:
    seed = simulated_key("simulated", "MIS1").secret.private_bytes_raw().hex()
    with pytest.raises(TocsinError, match="derived from its name"):
        read_key(key_file(tmp_path, f'origin = "live"\nname = "MIS1"\nsecret_hex = "{seed}"\n'))


def test_every_mistake_in_a_key_file_has_its_line(tmp_path: Path) -> None:
    file = key_file(tmp_path, 'origin = "real"\nname = 3\nsecret_hex = "12"\ncolour = 1\n')
    with pytest.raises(TocsinError) as error:
        read_key(file)
    assert [p.removeprefix(f"{file}:").split(": ")[:2] for p in error.value.problems] == [
        ["1", "origin"],
        ["2", "name"],
        ["3", "secret_hex"],
        ["4", "colour"],
    ]
    assert "give 'live', 'exercise', 'replay' or 'simulated'" in error.value.problems[0]
    assert "secret_hex: must be 64 hexadecimal digits" in error.value.problems[2]


@pytest.mark.parametrize("wrong", [f'"{SEED}ff"', f'"{SEED[:-2]}"', "12345678987654321"])
def test_a_secret_is_not_shown_even_if_it_is_wrong(tmp_path: Path, wrong: str) -> None:
    file = key_file(tmp_path, f'origin = "live"\nname = "MIS1"\nsecret_hex = {wrong}\n')
    with pytest.raises(TocsinError) as error:
        read_key(file)
    assert str(error.value) == f"{file}:3: secret_hex: must be 64 hexadecimal digits in quotes"


@pytest.mark.parametrize("origin", ORIGINS)
def test_an_unknown_key_is_not_in_the_ring(origin: Origin) -> None:
    key = signing_key(origin, "MIS1", bytes.fromhex(SEED))
    assert KeyRing([]).find(key.public.id) is None
    found = KeyRing([key.public]).find(key.public.id)
    assert found is not None
    assert found[0] == key.public
