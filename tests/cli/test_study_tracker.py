"""`tocsin study tracker`: its words, its figures and its mistakes."""

import contextlib
import io
import json
from importlib.resources import files

import jsonschema
import pytest

from tocsin.cli import main


def said(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


def test_the_figures():
    status, out, _ = said("study", "tracker", "--runs", "2", "--detection", "0.9", "--json")
    assert status == 0
    told = json.loads(out)
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    schema["$ref"] = "#/$defs/study_tracker"
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert (told["runs"], told["seed"], told["clutter"]) == (2, 0, 1.0)
    assert [s["detection"] for s in told["stages"]] == [0.9] * len(told["stages"])
    assert [s["moment"] for s in told["stages"]][:2] == ["burnout", "30 s of radar"]
    assert all(sum(s["phases"].values()) == 2 for s in told["stages"])


def test_in_words():
    status, out, _ = said("study", "tracker", "--runs", "2", "--detection", "0.9")
    assert status == 0
    assert "2 runs of each chance, seed 0" in out
    assert "600 s of radar" in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--runs", "1"), "too few for a mean"),
        (("--seed", "-1"), "is not a seed"),
        (("--detection", "1"), "no chance of a look"),
        (("--clutter", "-1"), "is no rate"),
    ],
)
def test_mistakes_are_told_in_a_line(words, complaint):
    status, out, err = said("study", "tracker", *words)
    assert status == 2
    assert out == ""
    assert complaint in err
