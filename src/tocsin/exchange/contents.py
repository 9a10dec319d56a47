"""What is in an envelope, once it is the sender's own to say."""

from __future__ import annotations

from tocsin.errors import TocsinError
from tocsin.exchange.codec import decode_report, decode_scan
from tocsin.exchange.envelope import Envelope
from tocsin.exchange.report import TrackReport
from tocsin.sensor.scan import Scan

SCAN, REPORT = "scan", "report"


def scan_in(envelope: Envelope) -> Scan:
    """The scan in an envelope; TocsinError where it is of another sensor or origin than its signer."""
    _expect(envelope, SCAN)
    scan = decode_scan(envelope.payload)
    if scan.sensor != envelope.producer or scan.origin != envelope.origin:
        raise TocsinError(
            f"scan signed by {envelope.producer!r} ({envelope.origin}): says it is of {scan.sensor!r} "
            f"({scan.origin}); not believed"
        )
    return scan


def report_in(envelope: Envelope) -> TrackReport:
    """The track report in an envelope; TocsinError where it is of another centre than its signer."""
    _expect(envelope, REPORT)
    report = decode_report(envelope.payload)
    if report.centre != envelope.producer:
        raise TocsinError(
            f"report signed by {envelope.producer!r}: says it is of {report.centre!r}; not believed"
        )
    return report


def _expect(envelope: Envelope, subject: str) -> None:
    if envelope.subject != subject:
        raise TocsinError(f"envelope of {envelope.producer!r}: holds a {envelope.subject!r}, not a {subject}")
