"""`tocsin study farina`: its words, its figures and its picture."""

import contextlib
import io
import json
from importlib.resources import files

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tocsin.cli import main


def said(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


def test_the_figures_and_the_picture(tmp_path):
    file = tmp_path / "farina.png"
    status, out, _ = said("study", "farina", "--runs", "8", "--json", "--picture", str(file))
    assert status == 0
    told = json.loads(out)
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    schema["$ref"] = "#/$defs/study_farina"
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert (told["runs"], told["seed"]) == (8, 0)
    assert [row["name"] for row in told["estimators"]] == ["extended", "iterated", "unscented", "segment"]
    assert all(len(row["nees"]) == len(told["t_s"]) == len(told["bound"]) == 59 for row in told["estimators"])
    image = imread(file)[..., :3]
    assert image.shape == (1000, 1600, 3)
    # Curves in each of the five panels.
    for top, left in ((150, 80), (150, 590), (550, 80), (550, 590), (150, 1120)):
        assert np.mean(image[top : top + 300, left : left + 420].max(axis=-1) > 0.5) > 0.005


def test_the_picture_tells_its_runs_and_seed(monkeypatch, tmp_path):
    from tocsin.console.picture import farina

    kept = []
    monkeypatch.setattr(farina, "save", lambda figure, file: kept.append(figure))
    assert said("study", "farina", "--runs", "4", "--seed", "3", "--picture", str(tmp_path / "a.png"))[0] == 0
    assert any("4 runs, seed 3" in t.get_text() for t in kept[0].texts)


def test_in_words():
    status, out, _ = said("study", "farina", "--runs", "4")
    assert status == 0
    assert "RMSE over the posterior bound" in out
    assert "4 runs, seed 0" in out
    assert "segment" in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--runs", "1"), "too few for a mean"),
        (("--seed", "-1"), "is not a seed"),
        (("--picture", "a.jpg"), "a picture is a PNG"),
    ],
)
def test_mistakes_are_told_in_a_line(words, complaint):
    status, out, err = said("study", "farina", *words)
    assert status == 2
    assert out == ""
    assert complaint in err
