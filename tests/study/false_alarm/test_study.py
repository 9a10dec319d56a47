"""`tocsin study false-alarm`: a few windows from end to end, its words, figures and picture."""

import contextlib
import io
import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tocsin.cli import main
from tocsin.study.false_alarm.figures import independent, tenfold
from tocsin.study.false_alarm.parts import PARTS, part_of
from tocsin.study.false_alarm.primary import Start, fresh
from tocsin.study.false_alarm.rates import RATES
from tocsin.study.false_alarm.run import Ran
from tocsin.study.false_alarm.splitting import Job, Level
from tocsin.study.false_alarm.window import BARS, Outcome, Watched, chain

FEW = ("study", "false-alarm", "--effort", "0.01", "--part", "glint and ghost", "--part", "exercise data")


def said(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    file = tmp_path_factory.mktemp("false") / "a.png"
    status, out, _ = said(*FEW, "--json", "--picture", str(file))
    assert status == 0
    return json.loads(out), file


def test_the_figures(found):
    told, _ = found
    schema = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
    schema["$ref"] = "#/$defs/study_false_alarm"
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert [p["name"] for p in told["parts"]] == ["glint and ghost", "exercise data"]
    # Glints beside ghosts are no false warning; of a pair only what needs both is told.
    assert told["independent"]["hits"] == 0
    assert told["parts"][0]["levels"][0]["per_year"] is None
    # Data of an attack in every channel under live keys is told as one: nothing but keys keeps it out.
    assert told["causes"]["exercise data"]["per_year"] == pytest.approx(1e-3)
    assert told["check"] == []


def test_the_picture(found):
    image = imread(found[1])[..., :3]
    assert image.shape == (1000, 1600, 3)
    for x, y, wide, high in ((310, 180, 460, 720), (915, 175, 630, 280), (1060, 590, 490, 310)):
        assert np.mean(image[y : y + high, x : x + wide].max(axis=-1) > 0.5) > 1e-4


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--effort", "0"), "--effort 0"),
        (("--effort", "nan"), "--effort nan"),
        (("--effort", "1e12"), "to 1000"),
        (("--part", "moon", "--part", "mars", "--effort", "-1"), "no part 'mars'"),
        (("--seed", "-1"), "seed"),
        (("--check", "--part", "far launch"), "leave --part out"),
        (("--least", "0"), "--least 0"),
        (("--least", "inf"), "--least inf"),
    ],
)
def test_what_cannot_be_is_told(words, problem):
    status, out, err = said("study", "false-alarm", *words)
    assert status != 0
    assert not out
    assert problem in err
    assert "Traceback" not in err


def test_mistakes_are_told_together():
    _, _, err = said("study", "false-alarm", "--part", "moon", "--part", "mars", "--effort", "-1")
    assert all(word in err for word in ("'moon'", "'mars'", "--effort -1"))


def test_a_window_hangs_on_its_number_alone():
    (one,), (again,) = (chain("ghost alone", 0, Job((0, 3)), 1, RATES) for _ in range(2))
    assert (one.outcome, one.danger) == (again.outcome, again.danger)


def test_a_chain_never_falls_below_its_floor_and_is_drawn_alike_again():
    (seed,) = chain("shared clock", 0, Job((0, 1)), 0, RATES)
    job = Job((1, 0), seed, seed.danger, 3)
    first, again = (chain("shared clock", 0, job, 0, RATES) for _ in range(2))
    assert len(first) == 3
    assert first[0] is seed
    assert [d.danger for d in first] == [d.danger for d in again]
    assert min(d.danger for d in first) >= seed.danger
    # Its windows can be drawn anew from their starts alone.
    last = first[-1]
    (same,) = chain("shared clock", 0, Job((9, 9), None), 0, RATES, last.start)
    assert (same.danger, same.outcome) == (last.danger, last.outcome)


def made(name: str, hits: tuple[bool, ...]) -> Ran:
    """A part with the same outcomes in each of its strata."""
    part = part_of(name)
    start = fresh(np.random.default_rng(1))
    outcomes = [Outcome(1.0, 5 * h, (h,) * len(BARS), (None,) * len(BARS)) for h in hits]
    drawn = tuple((Watched(Start(start.z, start.noise), 0.0 if o.level else -1.0, o),) for o in outcomes)
    return Ran(part, tuple((Level(1.0, 0.0, -np.inf, drawn),) for _ in part.strata))


def test_the_shares_of_every_parts_strata_make_one():
    for part in PARTS:
        total = sum(s.share(0, RATES) for s in part.strata)
        assert total == pytest.approx(1.0, abs=1e-9) or (total < 1.0 and part.name.split()[0] in LANDS)


LANDS = ("glint", "decay,")  # whose landings far from protected ground are left out: they come down elsewhere


def test_tenfold_rates_count_in_the_parts_that_hang_on_them():
    ran = (made("sounding rocket", (True, False)), made("exercise data", (True, True)))
    usual = independent(ran, 0)
    assert usual.mean == pytest.approx(0.5 * RATES.rockets)
    more = tenfold(ran, 0)
    assert more["rockets"][0].mean == pytest.approx(10.0 * usual.mean)
    assert more["rockets"][1].mean == pytest.approx(RATES.exercises)
    assert more["exercises"][1].mean == pytest.approx(10.0 * RATES.exercises)
    assert more["decays"][0].mean == pytest.approx(usual.mean)


def test_a_rate_is_impossible_as_it_is_anywhere():
    with pytest.raises(Exception, match="decays"):
        replace(RATES, decays=-1.0)
