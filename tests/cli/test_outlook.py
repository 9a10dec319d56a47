"""What lies ahead in a report: the schema's raid and further looks, and the lines that a person reads."""

import io
import json
import math
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import numpy as np
import pytest
from msgspec import structs
from rich.console import Console

from tests.cli.fake_run import FakeRun
from tests.estimate.scenes import BURNOUT, INV_BETA
from tests.exchange.making import an_assessment
from tocsin.assess.assessment import Assessment, DragEstimate, StateEstimate
from tocsin.assess.region import place
from tocsin.assess.territory import Territories
from tocsin.catalogue import Protected, borders, warning_settings
from tocsin.catalogue.protected import circle
from tocsin.centre.event import CentreEvent
from tocsin.cli.report import report
from tocsin.cli.tell.outlook import tell_outlook
from tocsin.cli.tell.words import clock
from tocsin.estimate.body import body_of
from tocsin.estimate.falls import predict_falls
from tocsin.estimate.gaussian import Gaussian

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
AT_S, BURNOUT_S = 320.0, 300.0
P = np.diag([500.0, 500.0, 500.0, 12.0, 12.0, 12.0]) ** 2
FALL = predict_falls([body_of(Gaussian(BURNOUT_S, BURNOUT, P), INV_BETA)])


def ground_beyond(km: float) -> Territories:
    """A protected circle of 500 km whose edge is so far north of the middle of where the arc comes down."""
    middle = circle(math.degrees(FALL.lat[0]), math.degrees(FALL.lon[0]), 500.0 + km)[0]
    settings = replace(warning_settings(), protected=(Protected("it", ring=circle(*middle, 500.0)),))
    return Territories(borders(), settings)


GROUND, NEAR = ground_beyond(0.0), ground_beyond(80.0)


def flying(track: str, start: float, **changes: Any) -> Assessment:
    """A body on the reference arc, 20 s after its burnout, as assessed ten seconds later."""
    drag = DragEstimate(inv_beta=INV_BETA, P=(*[0.0] * 6, 0.04))
    state = StateEstimate(t=start + BURNOUT_S, x=tuple(BURNOUT), P=tuple(P.ravel()))
    wide = np.diag([30e3, 10e3]) ** 2
    told = {
        "track": track,
        "t": start + AT_S - 10.0,
        "picture": "joint",
        "threat_state": "possible",
        "launch": place(math.radians(47.0), math.radians(-110.0), start + 40.0, 3.0, wide),
        "impact": place(FALL.lat[0], FALL.lon[0], start + FALL.t[0], FALL.sigma_t[0], FALL.P[0]),
        "protected": {"it": 0.5},
        "state": state,
        "drag": drag,
    }
    return structs.replace(an_assessment(), **(told | changes))


def event_of(a: Assessment) -> CentreEvent:
    return CentreEvent(
        t=a.t,
        known_t=a.t,
        centre="russia",
        picture=a.picture,
        what="assessment",
        track=a.track,
        event_state=a.event_state,
        threat_state=a.threat_state,
        text="",
        assessment=a,
    )


def made(
    run: FakeRun, *changes: dict[str, Any], at_s: float | None = AT_S, ground: Territories = GROUND
) -> dict[str, Any]:
    """A report of tracks that differ in what is given, held to the schema."""
    start = run.event.start_t_tai
    tracks = [flying(f"russia-{k + 1}", start, **one) for k, one in enumerate(changes)]
    events = tuple(event_of(a) for a in tracks)
    told = report(run.event, run.network, run.truths, 1, events, at_s, territories=ground)
    told = dict(json.loads(json.dumps(told, allow_nan=False)))
    jsonschema.validate(told, SCHEMA, jsonschema.Draft202012Validator)
    return told


def said(told: dict[str, Any]) -> str:
    out = io.StringIO()
    tell_outlook(Console(file=out, width=100, highlight=False), told)
    text = out.getvalue()
    assert max((len(line) for line in text.splitlines()), default=0) <= 100
    assert "\u2026" not in text.replace("hypothetical stati\u2026", "")
    return text


def test_the_further_looks_of_one_track(run: FakeRun) -> None:
    told = made(run, {})
    (track,) = told["tracks"]
    further = track["further"]
    assert told["raid"] is None
    assert further["t_s"] == AT_S
    assert 0.3 < further["protected"] < 0.7
    radars = {r["key"]: r["name"] for r in told["network"]["radars"]}
    assert {"PEC", "LEK"} <= {o["radar"] for o in further["looks"]} <= set(radars)
    for o in further["looks"]:
        assert AT_S <= o["first_s"] < o["look"]["t_s"] < o["minute"]["t_s"] <= o["first_s"] + 60.0
        assert o["minute"]["semi_major_90_km"] < o["look"]["semi_major_90_km"] < further["semi_major_90_km"]
    assert any("further looks: of a body of 1 m2" in line for line in told["assumed"])


def test_a_person_reads_which_look_decides(run: FakeRun) -> None:
    told = made(run, {}, ground=NEAR)
    further = told["tracks"][0]["further"]
    assert (further["standing"], further["decides"]) == ("look", "PEC")
    lines = said(told).splitlines()
    assert lines[:2] == [
        "What further looks would change, as of 5:20",
        f"  russia-1: Pechora (PEC) decides by {clock(further['decides_s'])}, after 8 looks",
    ]
    assert "90 % region 118 to " in lines[2]
    assert {"PEC", "LEK"} <= {line.split()[0] for line in lines[5:] if line}
    assert len(lines) < 13


def test_where_none_decides_it_is_said_which_comes_nearest(run: FakeRun) -> None:
    told = made(run, {})
    assert told["tracks"][0]["further"]["standing"] == "open"
    assert "  russia-1: no radar's looks of a minute decide with 0.90; the best are " in said(told)


def test_a_raid_of_three(run: FakeRun) -> None:
    start = run.event.start_t_tai
    later = place(0.8, -1.9, start + 100.0, 3.0, np.eye(2) * 1e8)
    told = made(
        run,
        {},
        {"launch": later, "objects": 3, "drag": None, "impact": None, "protected": None},
        {"event_state": "closed"},
        {"protected": {"it": 0.0}, "threat_state": "none", "event_state": "probable"},
    )
    raid = told["raid"]
    assert (raid["tracks"], raid["closed"], raid["undetermined"], raid["threat_free"]) == (3, 1, 1, 1)
    assert (raid["states"], raid["objects_at_least"]) == ({"confirmed": 2, "probable": 1}, 5)
    assert (raid["protected_low"], raid["protected"], raid["protected_high"]) == (0.5, 0.5, 0.5)
    assert raid["launches_per_min_low"] < raid["launches_per_min"]
    assert [t["further"] is None for t in told["tracks"]].count(True) == 1
    text = said(told)
    for words in (
        "All open tracks as a whole, as of 5:20",
        "3: 2 confirmed, 1 probable; 1 without threat; 1 with no impact region yet",
        "at the least 5",
        "4.5 icbm-liquid, 0.5 unknown (expected numbers)",
        "3 known from",
        "P(at least one) 0.50",
        "not known yet",
    ):
        assert words in text
    assert "if independent" not in text  # the bounds say no more where one track alone may


def test_the_one_that_is_decided_first_stands_first(run: FakeRun) -> None:
    told = made(run, {"drag": None}, {"protected": {"it": 0.05}}, ground=NEAR)
    assert [t["further"]["standing"] for t in told["tracks"]] == ["unknown", "look"]
    lines = said(told).splitlines()
    at = lines.index("What further looks would change, as of 5:20")
    assert lines[at + 1].startswith("  russia-2: Pechora (PEC) decides by")
    rows = [line.split()[0] for line in lines if line.startswith("  russia-")]
    assert rows == ["russia-2:", "russia-2", "russia-1"]


def test_many_tracks_are_told_in_few_lines(run: FakeRun) -> None:
    text = said(made(run, *[{} for _ in range(12)]))
    assert "and 6 further tracks; all are in report.json" in text
    assert len(text.splitlines()) < 25


def test_a_partners_track_is_said_to_be_one(run: FakeRun) -> None:
    a = flying("china-1", run.event.start_t_tai)
    theirs = tuple(structs.replace(e, by="china") for e in a.evidence)
    told = made(run, {}, {"evidence": theirs})
    assert told["raid"]["reported"] == 1
    assert "told by the partner alone, and perhaps one with another track: 1" in said(told)


def test_of_a_whole_run_nothing_is_ahead_and_it_is_said_how_to_ask(run: FakeRun) -> None:
    whole = report(run.event, run.network, run.truths, 1, run.events)
    assert whole["tracks"][0]["further"] is None
    assert "--at SECONDS" in said(whole)
    assert said(report(run.event, run.network, run.truths, 1, run.events, 10.0)) == ""


def test_before_an_arc_is_known_it_is_said_why(run: FakeRun) -> None:
    told = made(run, {"drag": None})
    assert told["tracks"][0]["further"]["semi_major_90_km"] is None
    assert "  russia-1: it burns yet, or is on no ballistic arc" in said(told)


@pytest.mark.parametrize("at_s", [100.0, AT_S])
def test_nothing_of_later_is_ahead(run: FakeRun, at_s: float) -> None:
    told = made(run, {}, {}, at_s=at_s)
    assert (told["raid"] is None) == (at_s < AT_S)
