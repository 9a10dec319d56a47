"""`tocsin fit`: looks written as a TDM, read, fitted and told; and looks that tell nothing."""

import contextlib
import io
import json
import re
from importlib.resources import files

import jsonschema
import numpy as np
import pytest
from matplotlib.image import imread

from tests.cli.looksfiles import CREATED, FIELD, RATE_SIGMA, SIGMA, STATION, T0, looks, overhead
from tocsin.cli import main
from tocsin.earth.time import tai_from_utc
from tocsin.interchange.arrowlooks import write_arrow
from tocsin.interchange.tdm_write import write_tdm
from tocsin.motion.ballistic import propagate

SCHEMA = json.loads((files("tocsin.cli") / "schema.json").read_text(encoding="utf-8"))
C = 299_792_458.0
NOISE = (
    *("--sigma-range-m", f"{SIGMA[0]}", "--sigma-angle-deg", f"{np.degrees(SIGMA[1])}"),
    *("--sigma-rate-m-s", f"{RATE_SIGMA}"),
)


def said(*words):
    """Exit status, stdout and stderr of a command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def fitted(file, *words):
    """What `fit --json` prints, held to the schema; its status."""
    noise = () if "--sigma-range-m" in words else NOISE
    status, text, complaint = said("fit", file, "--station", STATION, *noise, "--json", *words)
    assert complaint == ""
    told = json.loads(text)
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/fit"}, jsonschema.Draft202012Validator)
    return status, told


def written(folder, table, name="a.tdm"):
    file = folder / name
    file.write_text(write_tdm(table, CREATED))
    return file


def truth_of(told, start=T0, x0=None):
    return propagate(
        start, overhead() if x0 is None else x0, 0.0, [tai_from_utc(told["state"]["utc"])], FIELD
    )[0]


def test_the_truth_is_within_the_covariance_and_the_residuals_are_the_noise(tmp_path):
    """Chi-square of 6 x 8 degrees over them lies within 0.45 and 1.80 in 99.9 of 100 cases."""
    sizes = []
    for seed in range(8):
        status, told = fitted(written(tmp_path, looks(np.random.default_rng(seed))))
        assert (status, told["verdict"], told["object"]) == (0, "converged", "SAT")
        state = told["state"]
        off = np.array(state["r_ecef_m"] + state["v_ecef_m_s"]) - truth_of(told)
        sizes.append(off @ np.linalg.solve(np.array(state["covariance"]), off))
        channels = [row["channel"] for row in told["residuals"]]
        assert channels == ["range", "azimuth", "elevation", "range rate"]
        for row in told["residuals"]:
            assert 0.8 < row["rms_sigma"] < 1.2, row
    assert 0.45 < np.mean(sizes) / 6.0 < 1.80
    assert told["worst"] is None
    assert told["orbit"]["inclination_deg"] == pytest.approx(79.47, abs=0.1)


def test_range_rates_are_fitted_where_they_are_read(tmp_path):
    """A minute of them makes the arc surer; a mean over 10 s is told and left; a turned sign contradicts."""
    table = looks(np.random.default_rng(3))
    short = cut(table, np.arange(9))
    mean = "INTEGRATION_REF = MIDDLE\nINTEGRATION_INTERVAL = 10\nMETA_STOP"
    text = write_tdm(short, CREATED).replace("META_STOP", mean)
    (tmp_path / "b.tdm").write_text(text.replace("DOPPLER_INSTANTANEOUS", "DOPPLER_INTEGRATED"))
    rated, plain = fitted(written(tmp_path, short))[1], fitted(tmp_path / "b.tdm")[1]
    assert (rated["freedom"], plain["freedom"]) == (4 * 9 - 6, 3 * 9 - 6)
    assert rated["state"]["sigma_m_s"] < 0.95 * plain["state"]["sigma_m_s"]
    assert [row["channel"] for row in plain["residuals"]] == ["range", "azimuth", "elevation"]
    assert plain["notes"][-1].endswith("10 s; only a mean over up to 1 s is a look's")
    table.rate[40] += 100.0 * RATE_SIGMA
    told = fitted(written(tmp_path, table))[1]
    assert (told["verdict"], told["worst"]["channel"]) == ("contradictory", "range rate")
    table.rate[:] *= -1.0
    assert fitted(written(tmp_path, table))[1]["verdict"] in ("contradictory", "diverged")


def test_a_tag_of_transmission_is_honoured(tmp_path):
    """Tags moved back by 2 R / c and declared so are the same looks; undeclared they are another arc."""
    table = looks(np.random.default_rng(1), error=np.zeros(4))
    sent = type(table)(
        table.sensor, table.body, table.t - 2.0 * table.values[:, 0] / C, table.values, table.sigmas,
        table.rate, table.rate_sigma, table.place,
    )  # fmt: skip
    received = fitted(written(tmp_path, table))[1]
    text = write_tdm(sent, CREATED)
    (tmp_path / "b.tdm").write_text(text.replace("TIMETAG_REF = RECEIVE", "TIMETAG_REF = TRANSMIT"))
    (tmp_path / "c.tdm").write_text(text)
    told, undeclared = fitted(tmp_path / "b.tdm")[1], fitted(tmp_path / "c.tdm")[1]
    np.testing.assert_allclose(told["state"]["r_ecef_m"], received["state"]["r_ecef_m"], atol=0.05)
    off = [
        np.linalg.norm(np.array(t["state"]["r_ecef_m"]) - truth_of(t)[:3]) / t["state"]["sigma_m"]
        for t in (told, undeclared)
    ]
    assert off[0] < 3.0
    # 5 to 17 ms of some 7 km/s: along the arc it is hidden in the biases, so that only this tells it.
    moved = np.array(undeclared["state"]["r_ecef_m"]) - truth_of(undeclared)[:3]
    assert np.linalg.norm(moved - (np.array(told["state"]["r_ecef_m"]) - truth_of(told)[:3])) > 30.0


def test_arrow_looks_are_the_same_looks(tmp_path):
    pytest.importorskip("arro3.io", reason="arro3 is not installed")
    table = looks(np.random.default_rng(2))
    one = fitted(written(tmp_path, table))[1]
    for name in ("a.arrow", "a.parquet"):
        write_arrow(table, tmp_path / name)
        told = fitted(tmp_path / name)[1]
        np.testing.assert_allclose(told["state"]["r_ecef_m"], one["state"]["r_ecef_m"], atol=1.0)


def test_the_prediction_goes_on_as_the_satellite_does(tmp_path):
    told = fitted(written(tmp_path, looks(np.random.default_rng(3))), "--minutes", "3")[1]
    rows = told["ephemeris"]
    assert len(rows) == 4
    sigmas = [row["sigma_m"] for row in rows]
    assert sigmas == sorted(sigmas)
    x = propagate(T0, overhead(), 0.0, [tai_from_utc(rows[-1]["utc"])], FIELD)[0]
    r = np.linalg.norm(x[:3])
    assert rows[-1]["lat_deg"] == pytest.approx(np.degrees(np.arcsin(x[2] / r)), abs=0.3)
    assert rows[-1]["speed_m_s"] == pytest.approx(np.linalg.norm(x[3:]), abs=20.0)


def test_a_person_reads_it_and_gets_a_picture(tmp_path):
    file = written(tmp_path, looks(np.random.default_rng(4), body="$SAT[1]"))
    assert "ionosphere" in said("fit", file, "--station", "OLE")[1]
    status, text, _ = said(
        "fit", file, "--station", f"RADAR={STATION}", *NOISE, "--picture", tmp_path / "a.png"
    )
    assert status == 0
    assert text.startswith("converged  $SAT[1]: one arc explains the looks")
    for part in (
        "chi-square",
        "osculating: perigee",
        "lasting errors of RADAR",
        "range rate",
        "predicted, UTC",
    ):
        assert part in text
    assert max(len(line) for line in text.splitlines()) <= 132
    image = imread(tmp_path / "a.png")
    assert image.shape[:2] == (1000, 1600)
    assert image[..., :3].std() > 0.05


def cut(table, rows):
    return table.where(np.asarray(rows))


def test_looks_that_tell_too_little_or_contradict(tmp_path):
    table = looks(np.random.default_rng(5))
    status, told = fitted(written(tmp_path, cut(table, [0])))
    assert (status, told["verdict"], told["state"], told["ephemeris"]) == (1, "unobservable", None, [])
    table.values[40, 0] += 100.0 * SIGMA[0]
    file = written(tmp_path, table)
    status, told = fitted(file)
    assert (status, told["verdict"], told["state"]) == (1, "contradictory", None)
    assert told["worst"]["channel"] == "range"
    assert told["worst"]["sigmas"] == pytest.approx(98.0, abs=5.0)
    line = int(re.fullmatch(rf"{file}:(\d+)", told["worst"]["place"])[1])
    assert file.read_text().splitlines()[line - 1].startswith("RANGE = ")
    status, text, _ = said("fit", file, "--station", STATION, *NOISE, "--picture", tmp_path / "b.png")
    assert text.startswith("contradictory  SAT: no arc explains the looks")
    assert f"furthest off: {file}:{line}, range, +" in text


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--station", "60,30"), "--station '60,30' is no place; give latitude and longitude"),
        (("--station", "95,30,0"), "--station '95,30,0' is no place"),
        (("--station", "-95,30,0"), "--station '-95,30,0' is no place"),
        (("--station", STATION, "--sigma-range-m", "1e-300"), "--sigma-range-m 1e-300 is no radar's noise"),
        (("--station", "NOWHERE"), "--station: no radar 'NOWHERE'"),
        (("--station", "OTHER=60,30,0"), "--station: no place is given of 'RADAR'; add"),
        (("--station", STATION, "--station", "OLE"), "--station: several without a name"),
        (
            ("--station", STATION, "--sigma-range-m", "0"),
            "--sigma-range-m 0 is no radar's noise: give 0.0001 to 1e+06",
        ),
        (("--station", STATION, "--sigma-angle-deg", "nan"), "--sigma-angle-deg nan is no radar's noise"),
        (("--station", STATION, "--drag", "-1"), "--drag -1 is no Cd A / m"),
        (("--station", STATION, "--minutes", "0"), "--minutes 0: give more than 0"),
        (("--station", STATION, "--object", "X"), "--object: no looks at 'X'; there are those of SAT"),
        (("--station", STATION, "--uncorrected"), "--uncorrected: the air over RADAR needs a frequency"),
        (("--station", STATION, "--frequency-mhz", "1"), "--frequency-mhz 1 is no radar's: give 30"),
        (("--station", STATION, "--picture", "a.jpg"), "a picture is a PNG"),
    ],
)
def test_mistakes_are_one_line(words, wanted, tmp_path):
    status, text, complaint = said("fit", written(tmp_path, looks(np.random.default_rng(6))), *words)
    assert (status, text) == (2, "")
    assert complaint.startswith("tocsin: ")
    assert wanted in complaint
    assert "Traceback" not in complaint


def test_two_bodies_have_to_be_chosen_from(tmp_path):
    rng = np.random.default_rng(7)
    text = write_tdm(looks(rng), CREATED)
    other = write_tdm(looks(rng, 1.0, body="OTHER"), CREATED)
    (tmp_path / "a.tdm").write_text(text + other[other.index("META_START") :])
    status, _, complaint = said("fit", tmp_path / "a.tdm", "--station", STATION)
    assert (status, complaint) == (2, "tocsin: --object: the looks are of SAT, OTHER; give one of them\n")
    assert fitted(tmp_path / "a.tdm", "--object", "OTHER")[1]["verdict"] == "converged"


def test_the_refraction_that_is_left_in_is_taken_out():
    """To what the look's own refraction bends of it, a hundredth."""
    from tocsin.cli.lookfile import given
    from tocsin.cli.station import stations_of
    from tocsin.sensor.echo.air import Air, whole

    table = looks(np.random.default_rng(8))
    straight = table.values.copy()
    bent = sum(whole(Air(155e6, 315.0, 20.0), straight))
    assert np.degrees(bent[:, 1].max()) > 0.05
    table.values[:, [0, 2]] += bent
    stations = stations_of([STATION], 155.0)
    corrected = given(table, stations, True)
    off = corrected.looks.z - straight
    assert corrected.notes[0].startswith("range rates: not fitted")
    assert np.all(np.abs(off[:, [0, 2]]) < 0.05 * bent)
    plain = given(table, stations, False)
    np.testing.assert_array_equal(plain.looks.z, np.column_stack([table.values, table.rate]))
    assert plain.notes == ()
