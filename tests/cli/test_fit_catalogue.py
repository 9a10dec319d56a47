"""`tocsin fit` at a radar of the catalogue, and with no look to spare."""

import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest

from tests.cli.looksfiles import STATION, looks
from tests.cli.test_fit import NOISE, SCHEMA, cut, fitted, said, written


def test_a_radar_of_the_catalogue_brings_its_noise_and_its_sector(tmp_path):
    """Olenegorsk looks between 250 and 10 deg of azimuth, from 7 deg up: half of the pass is not there."""
    table = looks(np.random.default_rng(9))
    file = written(tmp_path, table)
    status, text, _ = said("fit", file, "--station", "OLE", "--json")
    told = json.loads(text)
    jsonschema.validate(told, {**SCHEMA, "$ref": "#/$defs/fit"}, jsonschema.Draft202012Validator)
    assert status == 0  # turned to another place it is an arc just as well
    (row,) = told["stations"]
    assert row["catalogue"]
    azimuth, elevation = np.degrees(table.values[:, 1]), np.degrees(table.values[:, 2])
    out = ((azimuth > 11) & (azimuth < 249)) | (elevation < 6)
    assert row["outside"]["looks"] == pytest.approx(out.sum(), abs=3)
    first = int(row["outside"]["place"].rpartition(":")[2])
    assert file.read_text().splitlines()[first - 1].startswith("RANGE = ")
    assert row["outside"]["azimuth_deg"] == pytest.approx(azimuth[np.argmax(out)], abs=0.01)
    assert told["looks"] == len(table)
    noise, errors = told["assumed"]
    assert "RADAR (OLE), noise" in noise
    assert "75.7 m, 0.2 deg: of the catalogue, assumed, at 13 dB" in noise
    assert "range 150 m, angles 0.05 deg, clock 0.5 ms" in errors
    assert "assumed" in errors
    text = said("fit", file, "--station", "OLE", "--sigma-range-m", "50", "--sigma-angle-deg", "0.1")[1]
    assert "50 m, 0.1 deg, as asked" in text
    words = " ".join(text.split())
    assert f"{row['outside']['looks']} looks lie outside the sector of RADAR" in words
    assert f"the first: {file}:{first}" in words
    assert fitted(file)[1]["stations"][0]["outside"] is None


def test_two_looks_leave_none_to_spare(tmp_path):
    table = looks(np.random.default_rng(5))
    table = replace(table, rate=np.full(len(table), np.nan), rate_sigma=np.full(len(table), np.nan))
    file = written(tmp_path, cut(table, [0, 40]))
    status, told = fitted(file)
    assert (status, told["verdict"], told["freedom"]) == (1, "unchecked", 0)
    assert "no look to spare" in told["why"]
    assert told["state"] is not None
    status, text, _ = said("fit", file, "--station", STATION, *NOISE)
    assert text.startswith("unchecked  SAT: no look to spare:")
    assert fitted(written(tmp_path, cut(table, [0, 20, 40])))[1]["freedom"] == 3
