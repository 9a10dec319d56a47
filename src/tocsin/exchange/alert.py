"""What a centre tells those whom it serves: warnings made of an assessment alone, and their cancellation.

Four incidents live in messages. 1961: one relay dead looked like every line dead, so that `LinkCheck` says
that a line lives. 1979: an exercise's tape shown as live, so that the origin is a key. 1980: a chip wrote
into the count of messages that said nothing, so that a filler has no count. 2018: a template picked by hand,
and no way back, so that an alert is made of an assessment and each can be cancelled.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct, structs

from tocsin.assess.assessment import Assessment, EventState, ThreatState
from tocsin.errors import TocsinError
from tocsin.exchange.keys import MAX_NAME
from tocsin.exchange.scancheck import MAX_TIME_S
from tocsin.exchange.unpack import unpack

ALERT, CANCEL, LINK_CHECK = "alert", "cancel", "link-check"
MAX_BYTES, MAX_REASONS, MAX_TEXT, MAX_OBJECTS = 16 * 1024, 30, 400, 100_000


class Alert(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The states of one track, as its centre's picture has them at t (TAI s), and why.

    number: the centre's own count; objects: at the least, as resolved; p_protected: P(impact on protected
    ground), impact_t and impact_sigma_s when, None before there is a region.
    """

    centre: str
    number: int
    track: str
    t: float
    event_state: EventState
    threat_state: ThreatState
    objects: int
    p_protected: float | None
    impact_t: float | None
    impact_sigma_s: float | None
    reasons: tuple[str, ...]


class Cancel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Takes an alert back, by its number; it goes to everyone whom the alert went to."""

    centre: str
    number: int
    cancels: int
    t: float
    reason: str


class LinkCheck(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Says that a line lives, and nothing else: it has no field that could be taken for a warning."""

    centre: str
    number: int
    t: float


KINDS: dict[str, type[Alert] | type[Cancel] | type[LinkCheck]] = {
    ALERT: Alert,
    CANCEL: Cancel,
    LINK_CHECK: LinkCheck,
}


def alert_of(assessment: Assessment, centre: str, number: int) -> Alert:
    """The alert of an assessment: there is no other way to make one."""
    impact, protected = assessment.impact, assessment.protected
    return Alert(
        centre=centre,
        number=number,
        track=assessment.track,
        t=assessment.t,
        event_state=assessment.event_state,
        threat_state=assessment.threat_state,
        objects=assessment.objects,
        p_protected=None if protected is None else min(sum(protected.values()), 1.0),
        impact_t=None if impact is None else impact.t,
        impact_sigma_s=None if impact is None else impact.sigma_s,
        reasons=tuple(reason[:MAX_TEXT] for reason in assessment.reasons[:MAX_REASONS]),
    )


def cancel_of(alert: Alert, number: int, t: float, reason: str) -> Cancel:
    """What takes an alert back. ValueError for a time before it, or a number that does not follow it."""
    if t < alert.t or number <= alert.number:
        raise ValueError(f"alert {alert.number} cannot be cancelled by message {number} at {t}")
    return Cancel(centre=alert.centre, number=number, cancels=alert.number, t=t, reason=reason)


def standing(messages: tuple[Alert | Cancel, ...]) -> tuple[Alert, ...]:
    """The newest alert of each track, of those that have not been cancelled; in whatever order they came."""
    taken_back = {(m.centre, m.cancels) for m in messages if isinstance(m, Cancel)}
    newest: dict[tuple[str, str], Alert] = {}
    for m in sorted((m for m in messages if isinstance(m, Alert)), key=lambda m: m.number):
        newest[(m.centre, m.track)] = m
    return tuple(m for m in newest.values() if (m.centre, m.number) not in taken_back)


def encode_message(message: Alert | Cancel | LinkCheck) -> tuple[str, bytes]:
    """The subject of a message and its MessagePack; TocsinError where it is not sound."""
    subject = next(name for name, kind in KINDS.items() if isinstance(message, kind))
    _refuse(subject, message)
    return subject, msgspec.msgpack.encode(message)


def decode_message(subject: str, data: bytes) -> Alert | Cancel | LinkCheck:
    """The message of a subject; TocsinError, with every problem, for bytes that are none or not sound.

    A field that a message does not have is refused: a count in a link check is no count.
    """
    if subject not in KINDS:
        raise TocsinError(f"no message has the subject {subject!r}; there are {', '.join(KINDS)}")
    if len(data) > MAX_BYTES:
        raise TocsinError(f"{subject}: {len(data)} bytes; at most {MAX_BYTES} are read")
    message: Alert | Cancel | LinkCheck = unpack(data, KINDS[subject], subject)
    _refuse(subject, message)
    return message


def _refuse(subject: str, message: Alert | Cancel | LinkCheck) -> None:
    fields = structs.asdict(message)
    problems = [
        f"{name} must have 1 to {MAX_NAME} printable characters"
        for name in ("centre", "track")
        if name in fields and not (0 < len(fields[name]) <= MAX_NAME and fields[name].isprintable())
    ]
    problems += [
        f"{name} is {fields[name]}; give 0 or more"
        for name in ("number", "cancels")
        if fields.get(name, 0) < 0
    ]
    for name in ("t", "impact_t", "impact_sigma_s"):
        value = fields.get(name)
        if value is not None and not abs(value) <= MAX_TIME_S:
            problems.append(f"{name} is {value}; give seconds, TAI")
    if isinstance(message, Alert):
        problems += _alert_problems(message)
    elif isinstance(message, Cancel) and not 0 < len(message.reason) <= MAX_TEXT:
        problems.append(f"reason: give 1 to {MAX_TEXT} characters")
    if problems:
        raise TocsinError(f"{subject}: {problem}" for problem in problems)


def _alert_problems(alert: Alert) -> list[str]:
    problems = []
    if not 1 <= alert.objects <= MAX_OBJECTS:
        problems.append(f"objects is {alert.objects}; give 1 to {MAX_OBJECTS}")
    if alert.p_protected is not None and not 0.0 <= alert.p_protected <= 1.0:
        problems.append(f"p_protected is {alert.p_protected}; give a probability")
    if alert.impact_sigma_s is not None and not alert.impact_sigma_s >= 0.0:
        problems.append(f"impact_sigma_s is {alert.impact_sigma_s}; give 0 or more")
    if len(alert.reasons) > MAX_REASONS or any(len(r) > MAX_TEXT for r in alert.reasons):
        problems.append(f"more than {MAX_REASONS} reasons, or one longer than {MAX_TEXT} characters")
    return problems
