"""`tocsin study ladder`: its table, its figures, its picture and its mistakes, of classes made up here."""

import contextlib
import io
import json
import math
from importlib.resources import files

import jsonschema
import pytest
from matplotlib.image import imread

from tocsin.cli import main
from tocsin.study.ladder.draws import CLASSES, aims_of
from tocsin.study.ladder.soon import Group, Spread

EVENTS, THREATS = ("notice", "probable", "confirmed"), ("possible", "probable", "confirmed")
FLIGHTS = 40


def said(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


def group(name: str, aim: str, degraded: bool) -> Group:
    """The widest cells there are: half an hour, and not reached by all; without satellites by none."""
    some = Spread(600.0, 1581.0, math.inf, 0 if degraded else 25)
    return Group(
        name=name,
        aim=aim,
        degraded=degraded,
        flights=FLIGHTS,
        could=25,
        unseen=0,
        drawn=400,
        event={
            "notice": Spread(2.0, 2.0, 3.0, 40),
            "probable": Spread(7.0, 20.0, 90.0, 40),
            "confirmed": some,
        },
        threat=dict.fromkeys(THREATS, some),
        left=(Spread(1500.0, 1003.0, 61.0, some.reached), Spread(1200.0, 900.0, 0.0, some.reached)),
        gravest={"none": 15, "possible": 0, "probable": 0, "confirmed": 25},
    )


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """Classes that take no time; what was asked for."""
    asked: list[tuple] = []

    def soon(names, flights, seed, processes, tell):
        asked.append((names, flights, seed))
        tell(1.0)
        return tuple(group(n, aim, d) for n in names for aim in aims_of(n) for d in (False, True))

    monkeypatch.setattr("tocsin.study.ladder.soon.soon", soon)
    return asked


def test_the_figures(made):
    status, out, _ = said("study", "ladder", "--flights", "40", "--seed", "3", "--json")
    assert status == 0
    assert made == [(CLASSES, 40, 3)]
    told = json.loads(out)
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    schema["$ref"] = "#/$defs/study_ladder"
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    first, second = told["classes"][:2]
    assert (first["class"], first["aim"], first["degraded"], second["degraded"]) == (
        "srbm",
        "toward",
        False,
        True,
    )
    assert first["event_s"]["confirmed"] == {"median": 1581.0, "p95": None, "never": 0.375}
    assert first["minutes_left"]["event confirmed"] == {"median": 16.72, "least": 1.02}
    assert told["events"] == []
    assert len(told["decision_times"]) == 6


def test_the_table_fits_120_columns(made, monkeypatch):
    monkeypatch.setattr("tocsin.cli.terminal.WIDTH_OF_A_FILE", 120)
    status, out, _ = said("study", "ladder", "--class", "srbm", "--class", "space-launch", "--flights", "40")
    assert status == 0
    lines = out.splitlines()
    assert max(map(len, lines)) <= 120
    assert "\u2026" not in out
    row = next(text for text in lines if text.startswith("srbm"))
    assert row.split()[:9] == ["srbm", "whole", "25/40", "0:02", "0:03", "0:20", "1:30", "26:21", "25/40"]
    assert "16.7 1.0" in row
    assert "never" in lines[lines.index(row) + 1]
    assert sum(text.startswith("Flights ") for text in lines) == 2
    assert any("Reagan" in text for text in lines)


def test_the_picture(made, tmp_path):
    file = tmp_path / "ladder.png"
    assert said("study", "ladder", "--flights", "40", "--picture", str(file))[0] == 0
    image = imread(file)[..., :3]
    assert image.shape == (1000, 1600, 3)
    # Strips in both panels of times, points in that of minutes.
    for left, right in ((300, 740), (780, 1220), (1260, 1560)):
        assert (image[170:900, left:right].max(axis=-1) > 0.6).mean() > 0.002


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--class", "icbm"), "no class 'icbm'"),
        (("--flights", "0"), "from 1 to"),
        (("--event", "ocean-arc-2025-07-15", "--picture", "a.png"), "give --flights too"),
        (("--event", "hwasong-14-2017-07-05"), "hwasong-14-2017-07-04"),
        (("--seed", "-1"), "is not a seed"),
    ],
)
def test_mistakes_are_told_in_a_line(words, complaint):
    status, out, err = said("study", "ladder", *words)
    assert status == 2
    assert out == ""
    assert complaint in err
