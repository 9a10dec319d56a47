"""A national warning centre: signed scans and reports in, events and reports out."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import final

from msgspec import structs

from tocsin.assess.assess import assess, with_launch
from tocsin.assess.assessment import Assessment, Picture
from tocsin.assess.case import Case
from tocsin.assess.evidence.absence import Spans
from tocsin.assess.ladder.rules import ENDED
from tocsin.centre.duty import busy_with, duty_of, watched
from tocsin.centre.event import CentreEvent
from tocsin.centre.evidence import (
    climb_in,
    evidence_from,
    evidence_of,
    grounds_of,
    milestones_of,
    motions_of,
    with_partner,
)
from tocsin.centre.journal import Journal
from tocsin.centre.notice import notices_of_events, notices_of_input
from tocsin.centre.partner import as_solution, joined, same_but_picture
from tocsin.centre.remarks import assessment_meant, remarked
from tocsin.centre.say import changes, merged
from tocsin.centre.setup import Setup
from tocsin.errors import TocsinError
from tocsin.exchange.contents import REPORT, report_in, scan_in
from tocsin.exchange.envelope import Envelope, open_envelope
from tocsin.exchange.keys import KeyRing, Origin
from tocsin.exchange.remark import REMARK, remark_in
from tocsin.exchange.report import TrackReport, report_of
from tocsin.sensor.scan import Scan
from tocsin.track.tracker import Tracker

EVERY_S, AT_MOST_S, GROWTH = 5.0, 30.0, 0.04


@final
class Centre:
    """A fold over what arrives; the caller owns the loop and carries `outbox` to the link.

    `receive` takes one sealed envelope (a scan of an own sensor, the partner's report, or a person's remark),
    writes it to the journal before anything else, and gives the events that follow. The clock is the scans'
    own, so the same envelopes give the same events.
    """

    def __init__(self, setup: Setup, ring: KeyRing, origin: Origin, journal: Journal) -> None:
        self.name = setup.name
        self._setup, self._ring, self._origin, self._journal = setup, ring, origin, journal
        self._tracker = Tracker(
            setup.channels, setup.frames, setup.detection, setup.density, setup.bank, cells=setup.cells,
            known=setup.known,
        )  # fmt: skip
        self._partner: dict[str, TrackReport] = {}
        self._last: dict[tuple[Picture, str], Assessment] = {}
        self._due: dict[int, float] = {}
        self._married: dict[str, str] = {}
        self._sensors = {c.name: float(f) for c, f in zip(setup.channels, setup.frames, strict=True)}
        self._spans: dict[str, Spans] = {}
        self._taken: dict[str, int] = {}
        self.outbox: list[TrackReport] = []

    def receive(self, data: bytes) -> tuple[CentreEvent, ...]:
        """Fold one envelope. Raises TocsinError, before anything changes, where it must not be believed."""
        envelope = open_envelope(data, self._ring, self._origin)
        if envelope.seq <= self._taken.get(envelope.producer, 0):
            raise TocsinError(f"{self.name}: envelope {envelope.seq} of {envelope.producer!r} came before")
        if envelope.subject == REPORT:
            report = report_in(envelope)
            number = self._take(envelope, data)
            self._partner[report.track] = report
            events = self._assess_partners(max(self._tracker.now, report.issued_t))
        elif envelope.subject == REMARK:
            remark = remark_in(envelope)
            if remark.who not in self._setup.people:
                raise TocsinError(f"{self.name}: {remark.who!r} is none of its people; not believed")
            meant = assessment_meant(self.name, remark, self._last)
            number = self._take(envelope, data)
            events = [remarked(self.name, remark, meant, self._tracker.now)]
        else:
            scan = scan_in(envelope)
            if scan.sensor not in self._sensors:
                raise TocsinError(
                    f"{self.name}: has no sensor {scan.sensor!r}; send its scans to their centre"
                )
            number = self._take(envelope, data)
            spans = self._spans.get(scan.sensor, ())
            self._spans[scan.sensor] = watched(spans, scan, self._sensors[scan.sensor])
            changed = self._step(number, scan)
            events = self._assess(scan.t, changed)
        for event in events:
            self._journal.event(number, event)
        return tuple(events)

    def _step(self, number: int, scan: Scan) -> bool:
        """Fold a scan, and note what was left out of it and what has settled that is no track's."""
        before = self._tracker.counts.copy()
        changed = self._tracker.step(scan)
        noted = notices_of_input(self.name, scan.t, scan.sensor, before, self._tracker.counts)
        names = tuple(c.name for c in self._setup.channels)
        noted += notices_of_events(self.name, self._tracker.settled(), names)
        # The picture is asked, not the news of tracks, which would only pile up.
        self._tracker.withdrawn()
        for notice in noted:
            self._journal.notice(number, notice)
        return changed

    def _take(self, envelope: Envelope, data: bytes) -> int:
        """Journal an envelope before it is folded; its number there."""
        self._taken[envelope.producer] = envelope.seq
        return self._journal.input(envelope.t, envelope.subject, data)

    def _assess(self, now: float, changed: bool) -> list[CentreEvent]:
        """Assess each track whose turn has come, alone and with the partner's reports."""
        out: list[CentreEvent] = []
        for system in self._tracker.numbers:
            if not (changed or now >= self._due.get(system, 0.0)):
                continue
            members = self._tracker.members_of(system)
            if not members:
                out += self._gone(system, now)
                continue
            age = now - min(m.first_t for m in members)
            self._due[system] = now + min(max(EVERY_S, GROWTH * age), AT_MOST_S)
            out += self._assess_own(system, now)
        if out:
            out += self._assess_partners(now)
        return out

    def _gone(self, system: int, now: float) -> list[CentreEvent]:
        """A line in each picture for one of our tracks that has turned out to be one with another."""
        name, into = f"{self.name}-{system + 1}", self._tracker.merged_into(system)
        if into is None:
            return []
        # Nothing more will come of it, unless a late scan undoes it.
        self._due[system] = math.inf
        home = f"{self.name}-{into + 1}"
        self._married = {theirs: home if ours == name else ours for theirs, ours in self._married.items()}
        pictures: tuple[Picture, ...] = ("alone", "joint")
        last = [self._last.pop((picture, name), None) for picture in pictures]
        return [merged(self.name, one, home, now) for one in last if one is not None]

    def _assess_own(self, system: int, now: float) -> list[CentreEvent]:
        """One of our own tracks: alone, then with the partner's report that agrees with it."""
        name = f"{self.name}-{system + 1}"
        alone_before = self._last.get(("alone", name))
        if alone_before is not None and alone_before.closed_by in ENDED:
            return []
        channels, members = self._setup.channels, self._tracker.members_of(system)
        solution, picture = self._tracker.solution(system), self._tracker.picture
        looks = self._tracker.looks(tuple(m.local for m in members))
        motions = motions_of(looks, channels)
        evidence = evidence_of(members, channels, motions)
        alone = Case(
            track=name,
            picture="alone",
            now=now,
            solution=solution,
            grounds=grounds_of(members, channels, solution, None, False),
            evidence=evidence,
            milestones=milestones_of(evidence, solution.boost.burnout if solution.boost else None),
            place=next((m.place for m in motions.values() if m.place is not None), None),
            climb=climb_in(looks, channels),
            duty=duty_of(self._setup, self._spans, picture),
            busy=busy_with(picture, self._setup, self._tracker.row(system), min(e.first_t for e in evidence)),
            objects=self._tracker.size(system),
        )
        alike = same_but_picture(alone_before, self._last.get(("joint", name)))
        own = self._record(alone)
        self.outbox.append(report_of(own[0], self.name, now))
        together, report = joined(self._tracker, system, name, solution, self._partner, self._married)
        if report is not None:
            self._married[report.track] = name
        if alike and report is None:
            # Nothing but the picture's name differs: it need not be assessed again.
            both = self._remember(structs.replace(own[0], picture="joint"))
            return own[1] + both[1] + self._merged(name, now)
        joint = replace(alone, picture="joint", solution=together)
        if report is not None:
            joint = replace(
                joint,
                grounds=grounds_of(members, channels, together, report, True),
                evidence=evidence + evidence_from(report),
                milestones=with_partner(alone.milestones, report),
            )
        both = self._record(joint, report)
        return own[1] + both[1] + self._merged(name, now)

    def _merged(self, name: str, now: float) -> list[CentreEvent]:
        """A line for each of the partner's tracks that stood by itself and has become one with ours."""
        out = []
        for theirs in [t for t, ours in self._married.items() if ours == name and ("joint", t) in self._last]:
            last = self._last.pop(("joint", theirs))
            out.append(merged(self.name, last, name, now))
        return out

    def _assess_partners(self, now: float) -> list[CentreEvent]:
        """The partner's tracks that fit none of ours stand in the joint picture under their own names."""
        out: list[CentreEvent] = []
        for report in self._partner.values():
            before = self._last.get(("joint", report.track))
            stale = before is not None and (before.event_state == "closed" or before.t >= report.issued_t)
            if report.track in self._married or stale:
                continue
            solution, evidence = as_solution(report), evidence_from(report)
            case = Case(
                track=report.track,
                picture="joint",
                now=now,
                solution=solution,
                grounds=grounds_of((), (), solution, report, True),
                evidence=evidence,
                milestones=with_partner(milestones_of((), None), report),
                duty=duty_of(self._setup, self._spans, self._tracker.picture),
                busy=busy_with(
                    self._tracker.picture, self._setup, None, min((e.first_t for e in evidence), default=now)
                ),
                objects=report.objects,
            )
            out += self._record(case, report)[1]
        return out

    def _record(self, case: Case, report: TrackReport | None = None) -> tuple[Assessment, list[CentreEvent]]:
        """Assess, remember, and say what changed."""
        before = self._last.get((case.picture, case.track))
        case = replace(case, before=before)
        made = assess(case, self._setup.territories, self._setup.bank.inv_beta)
        if report is not None and report.launch is not None and case.solution.boost is None:
            made = with_launch(made, report.launch, report.heading_deg, report.classes)
        return self._remember(made)

    def _remember(self, made: Assessment) -> tuple[Assessment, list[CentreEvent]]:
        """Take it as its track's last in its picture, and say what changed."""
        before = self._last.get((made.picture, made.track))
        self._last[(made.picture, made.track)] = made
        return made, changes(self.name, before, made)
