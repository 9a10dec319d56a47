"""`tocsin study autumn-1983`: its words, its figures and its picture."""

import contextlib
import io
import json
from importlib.resources import files
from pathlib import Path

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


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    file = tmp_path_factory.mktemp("study") / "autumn.png"
    status, out, _ = said("study", "autumn-1983", "--json", "--picture", str(file))
    assert status == 0
    return json.loads(out), file


def test_the_figures(found):
    told, _ = found
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    schema["$ref"] = "#/$defs/study_autumn_1983"
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert told["epoch_utc"] == "1983-09-25T20:15:00Z"
    assert "plausibility, not reproduction" in told["notes"][0]
    assert [row["true_anomaly_deg"] for row in told["phases"]] == [160.0, 170.0, 180.0]
    for row in told["phases"]:
        assert row["held_from_utc"] < "20:15" < row["held_until_utc"]
        assert max(row["held_before"], row["held_after"], row["own_before"]) < 0.1


def test_the_picture(found):
    image = imread(found[1])[..., :3]
    assert image.shape == (1000, 1600, 3)
    # The Earth's lit edge is bright and warm, high on the left; the lower right of the disc is dark.
    edge, night = image[110:190, 240:400], image[500:700, 500:740]
    assert np.mean((edge[..., 0] > 0.8) & (edge[..., 2] < 0.6)) > 0.1
    assert np.mean(night.max(axis=-1) > 0.5) < 0.02
    # Something is drawn in each panel on the right.
    for top in (120, 380, 560, 740):
        assert np.mean(image[top : top + 90, 900:1500].max(axis=-1) > 0.6) > 0.005


def test_no_words_lie_on_others_or_on_a_curve(monkeypatch, tmp_path):
    from tocsin.cli.study_autumn_1983 import _scene
    from tocsin.console.picture import autumn_1983 as picture
    from tocsin.study.autumn_1983 import autumn_1983

    kept = []
    monkeypatch.setattr(picture, "save", lambda figure, file: kept.append(figure))
    picture.draw_autumn(_scene(autumn_1983()), tmp_path / "a.png")
    (figure,) = kept
    figure.canvas.draw()
    words = [t for ax in figure.axes for t in ax.texts if t.get_text().strip()]
    boxes = [t.get_window_extent() for t in words]
    assert len(words) > 10
    for i, one in enumerate(boxes):
        for two in boxes[:i]:
            assert not one.overlaps(two), (words[i].get_text(), one, two)
    for ax in figure.axes:
        drawn = [line.get_xydata() for line in ax.lines]
        curves = [ax.transData.transform(xy) for xy in drawn if len(xy) > 20]
        for text in ax.texts:
            box = text.get_window_extent()
            assert not any(box.contains(*xy) for curve in curves for xy in curve), text.get_text()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("study", "autumn-1984"), "autumn-1984"),
        (("study", "autumn-1983", "--picture", "a.jpg"), "a picture is a PNG"),
        (("study", "autumn-1983", "--pictur", "a.png"), "--pictur"),
    ],
)
def test_mistakes_are_told_in_a_line(words, complaint):
    status, out, err = said(*words)
    assert status == 2
    assert out == ""
    assert complaint in err
    assert err.startswith("tocsin: ")
    assert err.count("\n") == 1
