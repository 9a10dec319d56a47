"""National centres over one link: each folds its own scans and tells its partner what policy allows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network
from tocsin.centre.centre import Centre
from tocsin.centre.event import CentreEvent
from tocsin.centre.journal import Journal, NullJournal, RunJournal
from tocsin.centre.setup import Setup, setups
from tocsin.exchange.codec import encode_report, encode_scan
from tocsin.exchange.envelope import seal
from tocsin.exchange.keys import KeyRing, Origin, simulated_key
from tocsin.exchange.link import InProcessLink
from tocsin.exchange.policy import release
from tocsin.exchange.policyfile import default_policies
from tocsin.sensor.scan import Scan

ASSUMED_LATENCY_S = 0.5


def simulated_ring(made: tuple[Setup, ...], origin: Origin) -> KeyRing:
    """The keys of every sensor, centre and person of a simulated network."""
    names = [n for s in made for n in (*(c.name for c in s.channels), *s.people, s.name)]
    return KeyRing(simulated_key(origin, name).public for name in names)


def run_joint(
    network: Network,
    scans: tuple[Scan, ...],
    folder: Path | None,
    origin: Origin = "simulated",
    progress: Callable[[float], None] | None = None,
    territories: Territories | None = None,
    until: Callable[[CentreEvent], bool] | None = None,
) -> tuple[CentreEvent, ...]:
    """Run the centres of a network through a set of scans in order of time; every event of each, in order.

    Each scan is sealed with its sensor's key and goes to the centre that owns the sensor; reports pass over
    an in-process link (0.5 s, assumed) after the release policy and its delay; a centre without a policy
    tells nobody. With a folder, each centre keeps its journal under folder/NAME. `progress` is told the
    share done. territories: as in `setups`. until: ends the run with the first event that it is content with.
    """
    made = setups(network, territories)
    ring = simulated_ring(made, origin)
    owner = {c.name: s.name for s in made for c in s.channels}
    names = {s.name for s in made}
    policies = {p.centre: p for p in default_policies() if {p.centre, p.to} <= names}
    keys = {name: simulated_key(origin, name) for name in [*owner, *policies]}
    sent = dict.fromkeys(keys, 0)
    link = InProcessLink(ASSUMED_LATENCY_S)
    events: list[CentreEvent] = []
    asked = 0

    def sealed(producer: str, subject: str, t: float, payload: bytes) -> bytes:
        sent[producer] += 1
        return seal(keys[producer], subject, sent[producer], t, payload)

    with ExitStack() as stack:
        journals: dict[str, Journal] = {
            s.name: stack.enter_context(RunJournal(folder / s.name)) if folder is not None else NullJournal()
            for s in made
        }
        centres = {s.name: Centre(s, ring, origin, journals[s.name]) for s in made}
        for number, scan in enumerate(scans):
            for to, data in link.due(scan.t):
                events.extend(centres[to].receive(data))
            centre = centres[owner[scan.sensor]]
            events.extend(centre.receive(sealed(scan.sensor, "scan", scan.t, encode_scan(scan))))
            for report in centre.outbox:
                policy = policies.get(centre.name)
                told = None if policy is None else release(report, policy)
                if policy is not None and told is not None:
                    data = sealed(centre.name, "report", scan.t, encode_report(told))
                    link.send(told.issued_t, policy.to, data)
            centre.outbox.clear()
            if until is not None and any(until(e) for e in events[asked:]):
                break
            asked = len(events)
            if progress is not None and number % 50 == 0:
                progress(number / len(scans))
    return tuple(events)
