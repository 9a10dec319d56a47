"""The user's own catalogue: what cannot be is refused, with its line."""

from pathlib import Path

import pytest

from tests.catalogue.ownfiles import RADAR, SET, refused, written
from tocsin.catalogue.keeping import keep_elements, keep_radars
from tocsin.catalogue.known import known_radar
from tocsin.errors import TocsinError

pytestmark = pytest.mark.usefixtures("own_catalogue")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "az_end_deg = 60.0",
            "az_end_deg = 300.0",
            "9: radar 1, az_end_deg: is 300, az_start_deg too: a sector",
        ),
        (
            "az_end_deg = 60.0",
            "az_end_deg = 361.0",
            "9: radar 1, az_end_deg: is 361.0; it must be at most 360",
        ),
        (
            "az_start_deg = 300.0",
            "az_start_deg = -1.0",
            "8: radar 1, az_start_deg: is -1.0; it must be at least",
        ),
        (
            "az_start_deg = 300.0",
            "az_start_deg = nan",
            "8: radar 1, az_start_deg: is nan; give a finite number",
        ),
        (
            "band =",
            "el_min_deg = 80.0\nband =",
            "5: radar 1, el_min_deg: is 80; it must be less than el_max_deg, 7",
        ),
        (
            "band =",
            "el_max_deg = 1.0\nband =",
            "5: radar 1, el_max_deg: is 1; it must be more than el_min_deg, 2",
        ),
        (
            "band =",
            "range_min_km = 500.0\nrange_max_km = 500.0\nband =",
            "5: radar 1, range_min_km: is 500; it must be less than range_max_km, 500",
        ),
        ("band =", "range_max_km = 0.0\nband =", "5: radar 1, range_max_km: is 0.0; it must be more than 0"),
        ("band =", "revisit_s = 0.0\nband =", "5: radar 1, revisit_s: is 0.0; it must be more than 0"),
        ("band =", "bias_range_m = -1.0\nband =", "5: radar 1, bias_range_m: is -1.0; it must be at least 0"),
        (
            "band =",
            "reference_snr_db = -30.0\nband =",
            "5: radar 1, reference_snr_db: is -30.0; it must be at",
        ),
        ("band =", "capacity = 0\nband =", "5: radar 1, capacity: is 0; it must be at least 1"),
        ("band =", "bnad =", "5: radar 1, bnad: no such key; did you mean 'band'?"),
        ('"UHF"', '"X"', "5: radar 1, band: is 'X'; give 'VHF' or 'UHF'"),
        ('"russia"', '"france"', "4: radar 1, centre: is 'france'; give 'russia', 'china' or 'america'"),
        ('"MINE"', '"MI NE"', "2: radar 1, key: is 'MI NE'; give 1 to 32 letters, digits, - and _, of ASCII"),
        ('"MINE"', '"../MINE"', "2: radar 1, key: is '../MINE'; give 1 to 32 letters"),
        (
            '"MINE"',
            '"LEK"',
            "2: radar 1, key: is 'LEK', which is built in and stays as it is; give it another",
        ),
        (
            '"MINE"',
            '"lek"',
            "2: radar 1, key: is 'lek', which is built in and stays as it is; give it another",
        ),
        ('"MINE"', '"cosmos-2541"', "2: radar 1, key: is 'cosmos-2541', which is built in"),
        ('source = "an exercise"', "", "1: radar 1, source: is missing; give --source TEXT, or add source ="),
        ('"an exercise"', '" "', "10: radar 1, source: holds what cannot be printed, or nothing"),
        (
            'source = "',
            'notes = { speed = "x" }\nsource = "',
            "10: radar 1, notes.speed: is of no figure of a",
        ),
        ("lat_deg = 60", "lat_deg = 95", "6: radar 1, lat_deg: is 95; it must be at most 90"),
        ("[[radar]]", "[[rader]]", "1: radar: is missing; add a [[radar]] table"),
        ("lat_deg = 60", "lat_deg = ", "6: not TOML: invalid value; mend this line"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(
    tmp_path: Path, own_catalogue: Path, old: str, new: str, told: str
) -> None:
    assert old in RADAR
    problems = refused(tmp_path, RADAR.replace(old, new, 1))
    assert any(problem.startswith(told) for problem in problems), problems
    assert len(problems) <= (2 if "rader" in new or "bnad" in new else 1)
    assert not own_catalogue.exists()


def test_overlapping_array_names_are_refused(tmp_path: Path, own_catalogue: Path) -> None:
    (problem,) = refused(tmp_path, RADAR + RADAR.replace("MINE", "mine"))
    assert problem == "12: radar 2, key: is 'mine', as radar 1's; give each array its own"
    keep_radars(written(tmp_path, RADAR), None)
    (problem,) = refused(tmp_path, RADAR.replace("MINE", "Mine"))
    assert problem.startswith(
        "2: radar 1, key: is 'Mine', which your own catalogue has; remove that with: tocsin"
    )
    with pytest.raises(TocsinError, match="here: key 'mine' which your own catalogue has"):
        keep_elements("here", "mine", "MINE", SET)
    with pytest.raises(
        TocsinError, match="here: key 'cosmos-2563' which is built in and stays as it is; set ano"
    ):
        keep_elements("here", "cosmos-2563", "COSMOS 2563", SET)
    assert [f.name for f in own_catalogue.iterdir()] == ["MINE.toml"]


def test_all_round_is_0_to_360(tmp_path: Path) -> None:
    text = RADAR.replace("az_start_deg = 300.0", "az_start_deg = 0").replace(
        "az_end_deg = 60.0", "az_end_deg = 360"
    )
    keep_radars(written(tmp_path, text), None)
    mine = known_radar("MINE")
    assert mine is not None
    assert mine.sector_deg == 360.0


def test_a_good_array_beside_a_bad_one_is_not_kept(tmp_path: Path, own_catalogue: Path) -> None:
    refused(tmp_path, RADAR + RADAR.replace("MINE", "LEK"))
    assert not own_catalogue.exists()
