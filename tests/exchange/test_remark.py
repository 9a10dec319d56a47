"""A person's word: signed by them, of a track, and no more than a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.making import NAMES, TIMES, T
from tocsin.errors import TocsinError
from tocsin.exchange.envelope import Envelope, open_envelope, seal
from tocsin.exchange.keys import KeyRing, simulated_key
from tocsin.exchange.remark import Remark, encode_remark, remark_in

SEEN = Remark(who="russia duty officer", kind="acknowledged", track="russia-1", t=T)


def envelope(remark: Remark, producer: str = "russia duty officer", subject: str = "remark") -> Envelope:
    return Envelope("00", "simulated", producer, subject, 1, T, encode_remark(remark))


remarks = st.builds(
    Remark,
    who=NAMES,
    kind=st.sampled_from(["acknowledged", "note"]),
    track=NAMES,
    t=TIMES,
    text=st.text(min_size=1, max_size=200).filter(lambda s: bool(s.strip())),
)


@given(remarks)
def test_a_remark_comes_back_as_it_was(remark: Remark) -> None:
    assert remark_in(envelope(remark, remark.who)) == remark


def test_it_travels_sealed() -> None:
    key = simulated_key("simulated", SEEN.who)
    data = seal(key, "remark", 1, T, encode_remark(SEEN))
    assert remark_in(open_envelope(data, KeyRing([key.public]), "simulated")) == SEEN


def test_nobody_speaks_for_another() -> None:
    with pytest.raises(TocsinError, match="signed by 'MIS1': says it is of 'russia duty officer'"):
        remark_in(envelope(SEEN, "MIS1"))
    with pytest.raises(TocsinError, match="holds a 'scan', not a remark"):
        remark_in(envelope(SEEN, subject="scan"))


def test_what_is_wrong_is_told_together() -> None:
    bad = Remark(who="", kind="note", track="a\nb", t=float("nan"), text=" ")
    with pytest.raises(TocsinError) as told:
        encode_remark(bad)
    assert len(told.value.problems) == 4
    assert "give it a text" in str(told.value)


def test_bytes_that_are_none_are_refused() -> None:
    for payload in (b"", b"\xff" * 9, b"x" * 9000):
        with pytest.raises(TocsinError, match="remark"):
            remark_in(Envelope("00", "simulated", "a", "remark", 1, T, payload))
