"""Alerts and their cancellation, and the four incidents that lived in messages."""

import math

import msgspec
import pytest
from msgspec import structs

from tests.exchange.making import T, an_assessment
from tocsin.errors import TocsinError
from tocsin.exchange.alert import (
    Alert,
    Cancel,
    LinkCheck,
    alert_of,
    cancel_of,
    decode_message,
    encode_message,
    standing,
)
from tocsin.exchange.envelope import open_envelope, seal
from tocsin.exchange.keys import KeyRing, simulated_key

ASSESSED = structs.replace(an_assessment(), protected={"Russia": 0.2, "China": 0.1}, objects=4)
ALERT = alert_of(ASSESSED, "russia", 7)
LIVES = LinkCheck(centre="russia", number=3, t=T)


@pytest.mark.parametrize("message", [ALERT, cancel_of(ALERT, 8, T + 60.0, "explained: natural"), LIVES])
def test_messages_come_back_as_they_were(message: Alert | Cancel | LinkCheck) -> None:
    assert decode_message(*encode_message(message)) == message


def test_an_alert_says_what_was_assessed() -> None:
    assert (ALERT.event_state, ALERT.threat_state, ALERT.objects) == ("confirmed", "none", 4)
    assert ALERT.p_protected == pytest.approx(0.3)
    assert ALERT.reasons == ASSESSED.reasons


def test_1961_one_dead_line_is_not_every_line() -> None:
    """A line says that it lives by itself, so that silence on one is silence of that one."""
    subject, data = encode_message(LIVES)
    assert subject == "link-check"
    assert decode_message(subject, data) == LIVES


def test_1979_an_exercise_cannot_be_shown_as_live() -> None:
    """The tape was a sound raid in messages: only the key tells, and the key does."""
    tape = simulated_key("exercise", "russia")
    live = KeyRing([simulated_key("simulated", "russia").public, tape.public])
    data = seal(tape, *_sealed(ALERT))
    with pytest.raises(TocsinError, match="origin 'exercise' in a picture of origin 'simulated'"):
        open_envelope(data, live, "simulated")


def _sealed(message: Alert) -> tuple[str, int, float, bytes]:
    subject, payload = encode_message(message)
    return subject, message.number, message.t, payload


def test_1980_a_filler_has_no_count_that_a_chip_could_write_into() -> None:
    fields = structs.asdict(LIVES)
    assert not {"objects", "count", "threat_state", "event_state"} & set(fields)
    for written in ({"objects": 2}, {"count": 222}):
        with pytest.raises(TocsinError, match="unknown field"):
            decode_message("link-check", msgspec.msgpack.encode({**fields, **written}))
    # A changed byte breaks the signature, whichever it is.
    key = simulated_key("simulated", "russia")
    data = bytearray(seal(key, *encode_message(LIVES)[:1], 1, T, encode_message(LIVES)[1]))
    data[-3] ^= 2
    with pytest.raises(TocsinError, match="signature"):
        open_envelope(bytes(data), KeyRing([key.public]), "simulated")


def test_2018_there_is_a_way_back_and_it_goes_as_far() -> None:
    other = alert_of(structs.replace(ASSESSED, track="russia-2"), "russia", 9)
    back = cancel_of(ALERT, 10, T + 60.0, "explained: fault or injected data")
    assert standing((ALERT, other)) == (ALERT, other)
    assert standing((ALERT, other, back)) == (other,)
    assert standing((back, other, ALERT)) == (other,)
    newer = alert_of(structs.replace(ASSESSED, t=T + 90.0), "russia", 11)
    assert standing((newer, back, ALERT)) == (newer,)
    for number, t in ((7, T + 1.0), (8, T - 1.0)):
        with pytest.raises(ValueError, match="cannot be cancelled"):
            cancel_of(ALERT, number, t, "no")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"objects": 0}, "objects is 0"),
        ({"p_protected": 1.5}, "p_protected is 1.5"),
        ({"p_protected": math.nan}, "p_protected is nan"),
        ({"t": math.inf}, "t is inf"),
        ({"centre": ""}, "centre must have"),
        ({"number": -1}, "number is -1"),
        ({"impact_sigma_s": -2.0}, "impact_sigma_s is -2.0"),
        ({"reasons": ("x",) * 31}, "more than 30 reasons"),
    ],
)
def test_what_is_not_possible_is_refused_by_both_ends(change: dict[str, object], told: str) -> None:
    bad = structs.replace(ALERT, **change)
    with pytest.raises(TocsinError, match=told):
        encode_message(bad)
    with pytest.raises(TocsinError, match=told):
        decode_message("alert", msgspec.msgpack.encode(bad))


def test_an_unknown_subject_is_refused() -> None:
    with pytest.raises(TocsinError, match="no message has the subject 'order'"):
        decode_message("order", b"")
