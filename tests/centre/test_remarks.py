"""A person's word is an input and an event like any other: kept, replayed, and of no weight."""

from __future__ import annotations

import pytest

from tests.centre.conftest import Run
from tocsin.centre.centre import Centre
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import simulated_ring
from tocsin.centre.journal import NullJournal, RunJournal, events, inputs
from tocsin.centre.setup import setups
from tocsin.errors import TocsinError
from tocsin.exchange.codec import encode_scan
from tocsin.exchange.envelope import seal
from tocsin.exchange.keys import simulated_key
from tocsin.exchange.remark import Kind, Remark, encode_remark

WHO = "russia duty officer"


def word(kind: Kind, track: str, t: float, seq: int, who: str = WHO, text: str = "") -> bytes:
    remark = Remark(who=who, kind=kind, track=track, t=t, text=text)
    return seal(simulated_key("simulated", who), "remark", seq, t, encode_remark(remark))


def folded(run: Run, journal: NullJournal | RunJournal, words: bool = True) -> list[CentreEvent]:
    """Russia's first 90 s of looks by its telescopes, and what its duty officer says at 70 s."""
    made = setups(run.network)
    russia = next(s for s in made if s.name == "russia")
    centre = Centre(russia, simulated_ring(made, "simulated"), "simulated", journal)
    out: list[CentreEvent] = []
    sent: dict[str, int] = {}
    said = not words
    for scan in run.world.scans:
        if not scan.sensor.startswith("cosmos") or scan.t > run.start + 90.0:
            continue
        if not said and scan.t > run.start + 70.0:
            out += centre.receive(word("acknowledged", "russia-1", scan.t, 1))
            out += centre.receive(word("note", "russia-1", scan.t, 2, text="called Irkutsk"))
            said = True
        sent[scan.sensor] = sent.get(scan.sensor, 0) + 1
        key = simulated_key("simulated", scan.sensor)
        out += centre.receive(seal(key, "scan", sent[scan.sensor], scan.t, encode_scan(scan)))
    return out


def test_it_is_kept_and_replayed_and_changes_nothing(hwasong: Run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    with RunJournal(tmp_path / "russia") as journal:
        made = folded(hwasong, journal)
    said = [e for e in made if e.what in ("acknowledged", "note")]
    assert [(e.what, e.track, e.text) for e in said] == [
        ("acknowledged", "russia-1", WHO),
        ("note", "russia-1", f"{WHO}: called Irkutsk"),
    ]
    assert said[0].event_state == "notice"
    assert [row.event for row in events(tmp_path / "russia")] == made
    assert sum(row.subject == "remark" for row in inputs(tmp_path / "russia")) == 2
    others = [e for e in made if e not in said]
    assert others == folded(hwasong, NullJournal(), words=False)


def test_only_its_own_people_and_on_a_track_that_there_is(hwasong: Run) -> None:
    made = setups(hwasong.network)
    russia = next(s for s in made if s.name == "russia")
    centre = Centre(russia, simulated_ring(made, "simulated"), "simulated", NullJournal())
    with pytest.raises(TocsinError, match="'china duty officer' is none of its people"):
        centre.receive(word("note", "russia-1", hwasong.start, 1, "china duty officer", "mine"))
    with pytest.raises(TocsinError, match="on track 'russia-9'; there is none yet"):
        centre.receive(word("acknowledged", "russia-9", hwasong.start, 1))
