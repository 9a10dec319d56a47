"""`tocsin study accuracy`: its words, its figures and its picture."""

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tests.cli.test_study import said
from tocsin.cli.study_accuracy import _cell
from tocsin.console.picture.accuracy import AccuracyRow, draw_accuracy
from tocsin.study.accuracy.figures import plain
from tocsin.study.accuracy.figures import told as told_of
from tocsin.study.accuracy.monte_carlo import case_of, some

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
QUICK = ("study", "accuracy", "--case", "radar-uhf-300", "--runs", "20")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    file = tmp_path_factory.mktemp("study") / "accuracy.png"
    status, out, err = said(*QUICK, "--json", "--picture", str(file))
    assert status == 0
    return json.loads(out), file, err


def test_the_figures_keep_to_the_schema(found):
    told, _, err = found
    schema = {**SCHEMA, "$ref": "#/$defs/study_accuracy"}
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert [(row["case"], row["truth"]) for row in told["cases"]] == [
        ("radar-uhf-300", "own"),
        ("radar-uhf-300", "other"),
    ]
    own, other = told["cases"]
    assert (own["runs"], own["ended"]) == (20, {"converged": 20})
    assert own["bound"]["cep_m"] == pytest.approx(3.4e3, rel=0.05)
    assert own["figures"]["nees"]["asked"] == [0.9, 1.15]
    assert other["figures"]["nees"]["asked"] == [0.0, 2.0]
    assert other["figures"]["position"]["verdict"] is other["figures"]["position"]["too_good"] is None
    assert own["figures"]["converged"]["value"] == 1.0
    assert own["bound_of"].startswith("Cramer-Rao")
    assert "Gaussian sigmas" in other["bound_of"]
    assert "drawing runs" in err


def test_the_picture(found):
    image = imread(found[1])[..., :3]
    assert image.shape == (1000, 1600, 3)
    for left in (300, 900, 1250):
        assert np.mean(image[130:900, left : left + 280].max(axis=-1) > 0.6) > 0.002


def test_markers_at_the_edge_are_whole_and_beyond_it_arrows(tmp_path):
    at_edge = {"region_90": (1.0, 0.8, 1.0), "position": (5.0, 4.0, 6.0)}
    file = tmp_path / "a.png"
    draw_accuracy((AccuracyRow("a", "own", "", at_edge, {}),), 20, 1, file)
    image = imread(file)[..., :3]
    right = image[130:900, 1570:1575]  # beside the edge of the regions' panel, at 1568 pixels
    assert np.any(right[..., 0] - right[..., 2] > 0.3)
    beyond = image[130:900, 826:831]  # and of the ratios', at 824
    assert np.any(beyond[..., 2] - beyond[..., 0] > 0.3)


def test_the_table_of_one_truth():
    status, out, _ = said(*QUICK, "--truth", "own", "--seed", "3")
    assert status == 0
    rows = [line.split() for line in out.splitlines() if line.startswith("radar-")]
    assert [row[:2] for row in rows] == [["radar-uhf-300", "own"]]
    assert "every accuracy is assumed" in out


def test_what_is_infinite_and_what_is_not_asked_are_told_apart():
    row = {"value": None, "low": None, "high": None, "verdict": "missed", "too_good": None}
    assert _cell(row) == "infinite !"
    assert _cell({**row, "value": 1.0, "low": 0.0, "high": None, "verdict": None}) == "1.00 -\nfrom 0.00"
    assert _cell({**row, "value": 0.5, "low": 0.34, "high": 0.66, "verdict": "met"}) == "0.50\n0.34-0.66"
    assert _cell(None) == "-"


def test_the_launch_point_is_told_where_it_is_asked():
    status, out, _ = said("study", "accuracy", "--case", "boost-stereo-thrust", "--runs", "6")
    assert status == 0
    assert "launch CEP " in out
    assert "\u2026" not in out  # nothing is cut off


def test_what_is_too_good_is_told_with_that_word(monkeypatch):
    from tocsin.study.accuracy import radar

    monkeypatch.setattr(radar, "midcourse_bound", _wide(radar.midcourse_bound))
    draws = some("radar-uhf-300", "own", 0, 0, 40)
    told = plain(told_of(case_of("radar-uhf-300"), "own", draws))
    assert told["verdict"] == "missed"
    assert _cell(told["figures"]["position"]).endswith("too good")


def _wide(bound):
    def wide(*given, **named):
        found = bound(*given, **named)
        return replace(found, P=9.0 * found.P)

    return wide


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--case", "radar-uhf"), "no case 'radar-uhf'"),
        (("--runs", "1"), "--runs 1"),
        (("--seed", "-1"), "--seed -1"),
        (("--truth", "mine"), "--truth"),
        (("--picture", "a.jpg"), "a picture is a PNG"),
        (
            ("--case", "radar-uhf-60-no-bias", "--truth", "other"),
            "--truth other: there is none of radar-uhf-60-no-bias",
        ),
    ],
)
def test_mistakes_are_told_in_a_line(words, complaint):
    status, out, err = said("study", "accuracy", *words)
    assert status == 2
    assert out == ""
    assert complaint in err
    assert err.startswith("tocsin: ")
    assert err.count("\n") == 1
