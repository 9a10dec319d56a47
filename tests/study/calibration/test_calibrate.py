"""`tocsin study calibration`: a few flights from end to end, its words, figures and picture."""

import contextlib
import io
import json
from importlib.resources import files

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tocsin.cli import main
from tocsin.study.calibration.calibrate import calibrated
from tocsin.study.calibration.study import drawn


def said(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    file = tmp_path_factory.mktemp("calibration") / "a.png"
    world = ("--world", "tuning-third")
    status, out, _ = said("study", "calibration", "--flights", "20", *world, "--json", "--picture", str(file))
    assert status == 0
    return json.loads(out), file


def test_the_figures(found):
    told, _ = found
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    schema["$ref"] = "#/$defs/study_calibration"
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert (told["world"], told["flights"], told["seed"]) == ("tuning-third", 20, 0)
    assert told["classes"]["verdict"] == "few"
    assert told["classes"]["flights"] <= 20
    # Better than telling all 14 alike (0.93 and ln 14 = 2.6): 20 flights cannot say more.
    assert told["classes"]["brier"] < 0.8
    assert told["classes"]["log_score"] < 2.0
    assert told["territory"]["brier"] < 0.7


def test_the_picture(found):
    image = imread(found[1])[..., :3]
    assert image.shape == (1000, 1600, 3)
    for left in (100, 480, 860, 1230):
        assert np.mean(image[200:600, left : left + 250].max(axis=-1) > 0.5) > 0.003


def test_the_study_is_the_same_in_one_process():
    one = calibrated("tuning", drawn("tuning", 6, 3, 1), 6, 3)
    two = calibrated("tuning", drawn("tuning", 6, 3, 2), 6, 3)
    assert one.classes.brier == two.classes.brier
    assert one.territory.log_score == two.territory.log_score


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--flights", "3"), "--flights 3"),
        (("--world", "mine"), "--world"),
        (("--seed", "-1"), "--seed -1"),
        (("--picture", "a.jpg"), "a picture is a PNG"),
    ],
)
def test_mistakes_are_told_in_a_line(words, complaint):
    status, out, err = said("study", "calibration", *words)
    assert status == 2
    assert out == ""
    assert complaint in err
    assert err.startswith("tocsin: ")
    assert err.count("\n") == 1
