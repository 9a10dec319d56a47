"""What a person reads: the tables' rows, what sharing gave, and no markup from a file's own words."""

import dataclasses
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.cli.fake_run import FLIGHT_S, FakeRun
from tocsin.centre.replay import Replay
from tocsin.cli.knownby import histories
from tocsin.cli.report import report
from tocsin.cli.tell.sharing import gain
from tocsin.cli.tell.sharpening import MOST_ROWS, short, telling
from tocsin.cli.tell.stereo import stereo_sentence
from tocsin.cli.tell.whole import tell_replay, tell_run
from tocsin.cli.tell.words import clock, figure, size


def told(run: FakeRun, at_s: float | None = None, tale: Callable[..., None] = tell_run) -> str:
    """The tale of the faked run as text."""
    out = io.StringIO()
    made = report(run.event, run.network, run.truths, 1, run.events, at_s)
    tale(Console(file=out, width=132, highlight=False), run.event, run.events, made, Path("runs/one"))
    return out.getvalue()


def known(confirmed: float | None, impact: float | None) -> dict[str, Any]:
    """Minutes left, as in `known_by`."""
    return {"minutes_left_at_confirmed": confirmed, "minutes_left_at_impact_known": impact}


def test_the_tale_has_all_its_parts(run: FakeRun) -> None:
    text = told(run)
    parts = (
        "SIMULATED",
        "first satellite look",
        "The assessment as it sharpened",
        "claimed by Russia",
        "pacificsentinel",
        "Who knew what",
        "nearly mono",
        "duty status in July 2017 is not published",
        "hypothetical stations, published nowhere",
        "microradians",
        "tocsin replay runs/one",
    )
    positions = [text.find(part) for part in parts]
    assert -1 not in positions
    assert max(len(line) for line in text.splitlines()) <= 132


def test_a_replay_says_whether_it_is_the_same(run: FakeRun) -> None:
    made = report(run.event, run.network, run.truths, 1, run.events)
    for same, word in ((True, "identical"), (False, "different")):
        out = io.StringIO()
        outcome = Replay(run.events, {"russia": 3}, same, None if same else "russia: event 1 differs")
        tell_replay(Console(file=out, width=132), made, outcome, Path("runs/one"))
        assert word in out.getvalue()
        assert "REPLAY" in out.getvalue()


@pytest.mark.parametrize("at_s", [0.0, 60.0, 200.0, 700.0, FLIGHT_S])
def test_the_tale_can_be_told_at_any_moment(run: FakeRun, at_s: float) -> None:
    text = told(run, at_s)
    assert f"What was known {at_s:,g} s after the start" in text
    assert ("there is no track" in text) == (at_s < 40.0)
    assert ("38:03" in text) is False


def test_words_of_a_users_own_are_not_taken_for_markup(run: FakeRun) -> None:
    named = dataclasses.replace(run, event=dataclasses.replace(run.event, title="[bold]Mine[/bold] [/]"))
    assert "[bold]Mine[/bold] [/]" in told(named)


def test_the_sharpening_keeps_to_its_rows_and_shows_every_change_of_state(run: FakeRun) -> None:
    made = histories("russia-1", run.events)["together"]
    rows = telling(made)
    assert 6 <= len(rows) <= MOST_ROWS
    assert [a.t for a in rows] == sorted(a.t for a in rows)
    assert (rows[0], rows[-1]) == (made[0], made[-1])
    states = {(a.event_state, a.threat_state) for a in made}
    assert {(a.event_state, a.threat_state) for a in rows} == states


def test_what_sharing_gave_is_said_in_minutes() -> None:
    assert gain("Russia", known(20.0, 18.0), known(24.5, 18.01)) == (
        "What sharing gave Russia: event confirmed 4.5 min sooner; impact known no sooner."
    )
    assert "event confirmed 24.5 min before the impact, and not at all alone" in gain(
        "China", known(None, None), known(24.5, None)
    )
    assert "impact known neither alone nor together" in gain("China", known(None, None), known(24.5, None))
    assert "event confirmed no sooner" in gain("China", known(30.0, 5.0), known(24.5, None))


def test_what_sharing_gave_where_nothing_comes_down():
    def orbit(confirmed_s):
        return {
            "minutes_left_at_confirmed": None,
            "minutes_left_at_impact_known": None,
            "confirmed_s": confirmed_s,
            "impact_known_s": None,
        }

    assert "event confirmed 1.5 min sooner; impact known neither" in gain(
        "Russia", orbit(240.0), orbit(150.0)
    )
    assert "event confirmed together, and not at all alone" in gain("China", orbit(None), orbit(150.0))


def test_the_stereo_angle_is_judged() -> None:
    network = {"satellites": [{}, {}]}
    assert "10.6 deg apart: this is nearly mono" in stereo_sentence(
        {"stereo_angle_deg": 10.56, "network": network}
    )
    assert "58.8 deg apart: good stereo" in stereo_sentence({"stereo_angle_deg": 58.76, "network": network})
    assert "Fewer than two" in stereo_sentence({"stereo_angle_deg": None, "network": network})
    assert "No satellite" in stereo_sentence({"stereo_angle_deg": None, "network": {"satellites": []}})


def test_figures_have_no_more_digits_than_their_sigma() -> None:
    assert figure(2802.123, 0, 12.3) == "2,802 \u00b1 12"
    assert figure(2802.123, 0, 0.31) == "2,802.1 \u00b1 0.3"
    assert figure(None, 1, 2.0) == "\u2013"
    assert (clock(63.4), clock(-24.0), clock(None)) == ("1:03", "-0:24", "\u2013")
    assert (size(321.4), size(3.04), size(0.048)) == ("321", "3.0", "0.05")
    assert short("ballistic arc from template icbm-liquid and radar") == "arc + icbm-liquid + radar"
