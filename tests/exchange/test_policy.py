"""What a policy withholds does not leave, in any field, under any name."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.exchange.making import RADARS, a_report, reports
from tocsin.assess.ladder.event import ORDER
from tocsin.exchange.codec import decode_report, encode_report
from tocsin.exchange.policy import FIELDS, FROM_STATES, ReleasePolicy, release
from tocsin.exchange.report import TrackReport

OPEN = ReleasePolicy(
    centre="russia",
    to="china",
    from_state="notice",
    delay_s=0.0,
    fields=FIELDS,
    withhold_radar_names=False,
    position_step_m=0.0,
    position_floor_m=0.0,
    velocity_floor_m_s=0.0,
)
ALWAYS = {"centre", "track", "t", "issued_t", "event_state", "threat_state", "boosting", "closed_by"}
METRES = st.floats(0.0, 1e6)
policies = st.builds(
    ReleasePolicy,
    centre=st.just("russia"),
    to=st.just("china"),
    from_state=st.sampled_from(FROM_STATES),
    delay_s=st.floats(0.0, 1e4),
    fields=st.lists(st.sampled_from(FIELDS), unique=True).map(tuple),
    withhold_radar_names=st.booleans(),
    position_step_m=st.just(0.0) | st.floats(1e-3, 1e6),
    position_floor_m=METRES,
    velocity_floor_m_s=st.floats(0.0, 1e4),
)


def test_every_field_of_a_report_is_released_by_name_or_always() -> None:
    assert set(FIELDS) | ALWAYS == set(TrackReport.__struct_fields__)
    assert set(FIELDS) & ALWAYS == set()


@given(reports(), policies)
def test_a_withheld_field_never_leaves(report: TrackReport, policy: ReleasePolicy) -> None:
    # Every field of the source is full, so that an empty one was emptied.
    full = {n: v for n, v in structs.asdict(a_report()).items() if not getattr(report, n) or n == "objects"}
    out = release(structs.replace(report, **full), policy)
    if out is None:
        return
    empty: dict[str, Any] = {"model": "withheld", "classes": {}, "infrared": 0, "radars": ()}
    empty |= {"objects": 1, "evidence": ()}
    for name in FIELDS:
        if name in policy.fields:
            assert getattr(out, name) != empty.get(name), name
        else:
            assert getattr(out, name) == empty.get(name), name


@given(reports(), policies)
def test_withheld_radars_have_no_names(report: TrackReport, policy: ReleasePolicy) -> None:
    out = release(report, replace(policy, withhold_radar_names=True))
    if out is not None:
        assert {name for name, _ in out.radars} <= {"withheld"}
        assert {band for _, band in out.radars} <= {band for _, band in report.radars}


@given(reports(), policies)
def test_what_leaves_is_a_sound_report_and_no_more_exact(report: TrackReport, policy: ReleasePolicy) -> None:
    out = release(report, policy)
    if out is not None:
        assert decode_report(encode_report(out)) == out
        for name in ALWAYS - {"issued_t"}:
            assert getattr(out, name) == getattr(report, name)


@given(reports())
def test_an_open_policy_changes_nothing(report: TrackReport) -> None:
    out = release(report, OPEN)
    assert out == (None if report.event_state == "quiet" else report)


@pytest.mark.parametrize("state", ORDER)
@pytest.mark.parametrize("start", FROM_STATES)
def test_a_track_is_told_from_its_state_on_and_a_cancellation_always(state: str, start: str) -> None:
    report = structs.replace(a_report(), event_state=state)
    told = release(report, replace(OPEN, from_state=start)) is not None  # type: ignore[arg-type]
    assert told == (ORDER.index(report.event_state) >= [s == start for s in ORDER].index(True))
    if state == "closed":
        assert told


def test_the_delay_moves_the_time_of_issue_alone() -> None:
    out = release(a_report(), replace(OPEN, delay_s=12.5))
    assert out == structs.replace(a_report(), issued_t=a_report().issued_t + 12.5)


def test_arrays_of_one_site_without_names_are_one() -> None:
    # KOR and HYP-KOR stand at one place, and so do both arrays of ARM: not two sites that agree.
    out = release(structs.replace(a_report(), radars=RADARS), replace(OPEN, withhold_radar_names=True))
    assert out is not None
    assert sorted(out.radars) == [
        ("withheld", "UHF"),
        ("withheld", "UHF"),
        ("withheld", "VHF"),
        ("withheld", "VHF"),
    ]


def test_the_policy_of_another_centre_is_not_used() -> None:
    with pytest.raises(ValueError, match="a report of 'russia' under the policy of 'china'"):
        release(a_report(), replace(OPEN, centre="china", to="russia"))
