"""A report is made of a centre's own knowledge, and speaks for its signer alone."""

from dataclasses import replace

import pytest
from msgspec import structs

from tests.exchange.making import T, a_line, a_report, a_scan, an_assessment
from tocsin.errors import TocsinError
from tocsin.exchange.codec import encode_report, encode_scan
from tocsin.exchange.contents import report_in, scan_in
from tocsin.exchange.envelope import Envelope
from tocsin.exchange.report import report_of
from tocsin.track.solution import Phase


def test_a_report_says_what_the_assessment_says() -> None:
    made = an_assessment()
    report = report_of(made, "russia", T + 1.0)
    assert (report.centre, report.issued_t, report.infrared) == ("russia", T + 1.0, 2)
    assert report.radars == (("MIS1", "VHF"), ("YEN", "UHF"))
    shared = set(report.__struct_fields__) & set(made.__struct_fields__)
    assert len(shared) == 16
    # Its channels have no names there: a policy may withhold those of the radars.
    assert [n for n in shared if getattr(report, n) != getattr(made, n)] == ["evidence"]
    names = ["infrared 1", "infrared 2", "radar 1", "radar 2"]
    assert [e.channel for e in report.evidence] == names
    bare = [structs.replace(e, channel="") for e in report.evidence]
    assert bare == [structs.replace(e, channel="") for e in made.evidence]


def test_what_the_partner_told_is_not_told_back() -> None:
    with pytest.raises(ValueError, match="only an assessment of the picture 'alone' is reported"):
        report_of(structs.replace(an_assessment(), picture="joint"), "russia", T)


@pytest.mark.parametrize(
    ("phase", "boosting"),
    [("boost", True), ("ballistic", False), ("manoeuvring", False), ("unobservable", False)],
)
def test_a_state_may_be_under_thrust_until_an_arc_is_known(phase: Phase, boosting: bool) -> None:
    made = structs.replace(an_assessment(), phase=phase)
    assert report_of(made, "russia", T).boosting is boosting
    assert report_of(structs.replace(made, state=None), "russia", T).boosting is False


def test_a_channel_counts_once_and_a_radar_without_a_band_is_refused() -> None:
    twice = (a_line("MIS1", "radar"), a_line("MIS1", "radar"), a_line("cosmos-2518", "infrared"))
    report = report_of(structs.replace(an_assessment(), evidence=twice), "russia", T)
    assert (report.radars, report.infrared) == ((("MIS1", "VHF"),), 1)
    strange = structs.replace(an_assessment(), evidence=(a_line("GARDEN", "radar"),))
    with pytest.raises(TocsinError, match="radar 'GARDEN' is not in the catalogue"):
        report_of(strange, "russia", T)


def envelope(subject: str, producer: str, payload: bytes) -> Envelope:
    return Envelope("00", "simulated", producer, subject, 1, T, payload)


def test_a_scan_is_of_its_signer_and_its_origin() -> None:
    payload = encode_scan(a_scan())
    assert scan_in(envelope("scan", "MIS1", payload)).sensor == "MIS1"
    with pytest.raises(TocsinError, match=r"signed by 'YEN' \(simulated\): says it is of 'MIS1'"):
        scan_in(envelope("scan", "YEN", payload))
    with pytest.raises(TocsinError, match=r"says it is of 'MIS1' \(simulated\); not believed"):
        scan_in(replace(envelope("scan", "MIS1", payload), origin="live"))
    with pytest.raises(TocsinError, match="holds a 'report', not a scan"):
        scan_in(envelope("report", "MIS1", payload))


def test_a_report_is_of_its_signer() -> None:
    payload = encode_report(a_report())
    assert report_in(envelope("report", "russia", payload)) == a_report()
    with pytest.raises(TocsinError, match="signed by 'china': says it is of 'russia'"):
        report_in(envelope("report", "china", payload))
    with pytest.raises(TocsinError, match="holds a 'scan', not a report"):
        report_in(envelope("scan", "russia", payload))
