"""What a person is told of an event file that is wrong: every mistake, each with its line."""

from pathlib import Path

import pytest

from tests.catalogue.eventfiles import GOOD, told
from tocsin.catalogue import read_event

NOT_UTC = "is not a UTC time: write it as 2017-07-04T00:40:00Z or 2017-07-04"
THREE_KEYS = "bearing_deg = 90.0\napogee_km = 1000.0\nrange_km = 6000.0\n"
AIM = "give either bearing_deg, apogee_km and range_km, or impact and loft"


def test_the_good_file_is_good(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD)
    assert read_event(tmp_path / "mine.toml").flights[0].range_km == 6000.0


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("lat_deg = 40.0", "lat_deg = 95", "5: flight 1, launch.lat_deg: is 95; it must be at most 90"),
        (
            "lat_deg = 40.0",
            "lat_deg = -91.0",
            "5: flight 1, launch.lat_deg: is -91.0; it must be at least -90",
        ),
        ("lon_deg = 170.0", "lon_deg = 190", "5: flight 1, launch.lon_deg: is 190; it must be at most 180"),
        ("lon_deg = 170.0", "lon_deg = nan", "5: flight 1, launch.lon_deg: is nan; give a finite number"),
        ("lon_deg = 170.0", "lon_deg = -inf", "5: flight 1, launch.lon_deg: is -inf; give a finite number"),
        (", lon_deg = 170.0", "", "5: flight 1, launch.lon_deg: is missing; add lon_deg = 0.0"),
        (
            "{ lat_deg = 40.0, lon_deg = 170.0 }",
            "[40.0, 170.0]",
            "5: flight 1, launch: is [40.0, 170.0]; give a table, such as "
            "{ lat_deg = 40.0, lon_deg = 170.0 }",
        ),
        (
            "lon_deg = 170.0",
            "lon_dg = 170.0, lon_deg = 1",
            "5: flight 1, launch.lon_dg: no such key; did you mean 'lon_deg'?",
        ),
        ("apogee_km = 1000.0", "apogee_km = 0", "7: flight 1, apogee_km: is 0; it must be more than 0"),
        (
            "apogee_km = 1000.0",
            'apogee_km = "1000"',
            "7: flight 1, apogee_km: is '1000'; give a number, such as 12.5",
        ),
        (
            "apogee_km = 1000.0",
            "apogee_km = true",
            "7: flight 1, apogee_km: is true; give a number, such as 12.5",
        ),
        (
            "apogee_km = 1000.0",
            "apoge_km = 1.0\napogee_km = 9",
            "7: flight 1, apoge_km: no such key; did you mean 'apogee_km'?",
        ),
        ("apogee_km = 1000.0\n", "", f"3: flight 1, apogee_km: is missing; {AIM}"),
        (THREE_KEYS, "", f"3: flight 1: does not say where to; {AIM}"),
        (THREE_KEYS, "loft = 1.0\n", f"3: flight 1, impact: is missing; {AIM}"),
        (
            "bearing_deg = 90.0",
            "bearing_deg = 90.0\nloft = 1.0",
            f"3: flight 1: has bearing_deg, apogee_km, range_km and loft; {AIM}, not both",
        ),
        (
            'vehicle = "icbm-liquid"',
            'vehicle = "icbm-liqid"',
            "4: flight 1, vehicle: no vehicle 'icbm-liqid'; did you mean 'icbm-liquid'?",
        ),
        ('vehicle = "icbm-liquid"\n', "", '3: flight 1, vehicle: is missing; add vehicle = "icbm-liquid"'),
        ('name = "mine"', "", '1: name: is missing; add name = "my event"'),
        ('name = "mine"', 'name = ""', "1: name: is empty; write something"),
        ('name = "mine"', 'name = "mine"\nnme = 1', "2: nme: no such key; did you mean 'name'?"),
        ("[network]\nhypothetical = true", "[[network]]", "9: network: is [{}]; give a table"),
        ('name = "mine"', f'name = "{"m" * 1001}"', "1: name: is longer than 1000 characters; shorten it"),
        ("[network]", "[netwrk]", "9: netwrk: no such key; did you mean 'network'?"),
        ("hypothetical = true", "doubtful = 0", "10: network.doubtful: is 0; give true or false"),
        (
            "hypothetical = true",
            'doubtful = false\nsatellites = ["cosmos-2541"]',
            "11: network.satellites: 'cosmos-2541' is in doubt on this date, and doubtful = false; "
            "change one of them",
        ),
        (
            "hypothetical = true",
            'doubtful = false\ndate_utc = "2026-09-01"',
            "10: network.doubtful: leaves no satellite on 2026-09-01T00:00:00Z, where those with an element "
            "set near are in doubt; set it true, or network.satellites = [] to do without",
        ),
        ("hypothetical = true", "hypothetical = 0", "10: network.hypothetical: is 0; give true or false"),
        (
            "hypothetical = true",
            'satellites = "cosmos-2546"',
            "10: network.satellites: is 'cosmos-2546'; give a list in brackets",
        ),
        (
            "hypothetical = true",
            'satellites = ["cosmos-2546", "cosmos 2541"]',
            "10: network.satellites 2: no satellite 'cosmos 2541'; did you mean 'cosmos-2541'?",
        ),
        (
            "hypothetical = true",
            'radars = ["mis1"]',
            "10: network.radars 1: no radar 'mis1'; did you mean 'MIS1'?",
        ),
        (
            "hypothetical = true",
            'hypothetical = false\nradars = ["HYP-HUA"]',
            "11: network.radars: 'HYP-HUA' is hypothetical, and hypothetical = false; change one of them",
        ),
        ('"2025-07-15T00:00:00Z"', '"15 July"', f"2: start_utc: '15 July' {NOT_UTC}"),
        (
            '"2025-07-15T00:00:00Z"',
            "2025-07-15T00:00:00+08:00",
            f"2: start_utc: '2025-07-15T00:00:00+08:00' {NOT_UTC}",
        ),
        (
            '"2025-07-15T00:00:00Z"',
            "20250715",
            '2: start_utc: is 20250715; give text in quotes, such as "abc"',
        ),
        (
            "[[flight]]",
            "[flight]",
            "3: flight: is {'vehicle': 'icbm-liquid', 'launch': ...; give a list in brackets",
        ),
    ],
)
def test_one_mistake(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD
    assert told(tmp_path, GOOD.replace(old, new)) == [problem]


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        GOOD.replace("40.0", "95")
        .replace("bearing_deg = 90.0", "bearing = 90.0\nimpact = { lat_deg = 1.0 }")
        .replace("hypothetical = true", "satelites = []")
        + '[[flight]]\nvehicle = "srbm"\n'
    )
    assert told(tmp_path, text) == [
        f"3: flight 1: has apogee_km, range_km and impact; {AIM}, not both",
        "5: flight 1, launch.lat_deg: is 95; it must be at most 90",
        "6: flight 1, bearing: no such key; did you mean 'bearing_deg'?",
        "7: flight 1, impact.lon_deg: is missing; add lon_deg = 0.0",
        "11: network.satelites: no such key; did you mean 'satellites'?",
        "12: flight 2: does not say where to; " + AIM,
        "12: flight 2, launch: is missing; add launch = { lat_deg = 40.0, lon_deg = 170.0 }",
    ]


def test_a_date_far_from_every_element_set(tmp_path: Path) -> None:
    far = (
        "no element set is within 60 days of 2024-06-01T00:00:00Z, "
        "the nearest is of 2025-06-30T12:00:59.238Z; "
    )
    what_to_do = "set network.date_utc near that, or network.satellites = [] to do without"
    assert told(tmp_path, GOOD.replace("2025-07-15T00", "2024-06-01T00")) == [
        f"2: start_utc: {far}{what_to_do}"
    ]
    dated = GOOD.replace("[network]", "[network]\ndate_utc = 2024-06-01")
    assert told(tmp_path, dated) == [f"10: network.date_utc: {far}{what_to_do}"]
    named = dated.replace("hypothetical = true", 'satellites = ["cosmos-2546"]')
    (problem,) = told(tmp_path, named)
    assert problem.startswith("11: network.satellites: Cosmos 2546 (EKS-4) has no element set within 60 days")
    assert "the nearest is of 2025-07-06T01:34:25.947Z, 400 days away" in problem
    (tmp_path / "mine.toml").write_text(dated.replace("hypothetical = true", "satellites = []"))
    assert read_event(tmp_path / "mine.toml").network.satellites == ()


def test_more_flights_than_one_event_may_have(tmp_path: Path) -> None:
    flight = GOOD[GOOD.index("[[flight]]") : GOOD.index("[network]")]
    problems = told(tmp_path, 'name = "many"\n' + 1001 * flight)
    assert problems == ["2: flight: has 1001 entries; give at most 1000"]


def test_numbers_beyond_a_double_are_told(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, GOOD.replace("6000.0", "1" * 400))
    assert problem.startswith("8: flight 1, range_km: is 1111")
    assert len(problem) < 120
