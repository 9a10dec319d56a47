"""Warning settings: the default, a user's own, and every mistake told at once with its line."""

import math
from pathlib import Path

import numpy as np
import pytest
import shapely

from tocsin.catalogue import Borders, borders, read_warning, warning_settings
from tocsin.catalogue.figures import load_table
from tocsin.errors import TocsinError

AREA = '[[protected]]\nname = "x"\n'
RU = '[[protected]]\nname = "Russia"\ncountries = ["RU"]\n'
SEA = '[[protected]]\nname = "a sea"\nring = [[57, 18], [59, 18], [59, 21], [57, 21]]\n'


def read(tmp_path: Path, text: str, layer: Borders | None = None):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return read_warning(file, layer or borders())


def refused(tmp_path: Path, text: str) -> list[str]:
    """What is told, without the path."""
    with pytest.raises(TocsinError) as told:
        read(tmp_path, text)
    file = tmp_path / "mine.toml"
    assert all(p.startswith(f"{file}:") for p in told.value.problems)
    return [p.removeprefix(f"{file}:") for p in told.value.problems]


def test_the_default() -> None:
    told = warning_settings()
    assert [(p.name, p.countries) for p in told.protected] == [("Russia", ("RU",)), ("China", ("CN",))]
    assert (told.possible, told.probable, told.confirmed, told.fall) == (0.01, 0.5, 0.9, 0.8)
    assert (told.prior_low, told.prior_high, told.prior) == (1e-4, 0.5, None)
    assert warning_settings() is told


def test_every_figure_of_the_default_is_assumed_and_lies_within_its_range() -> None:
    table = load_table("warning.toml")
    for name in ("threshold", "prior"):
        figures = {k: v for k, v in table[name].items() if isinstance(v, float)}
        assert set(figures) == set(table[name]["notes"]) == set(table[name]["ranges"])
        assert all(note.startswith("assumed") for note in table[name]["notes"].values())
        assert all(low < figures[k] < high for k, (low, high) in table[name]["ranges"].items())


def test_a_users_own(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        SEA
        + '[[protected]]\nname = "b"\ncountries = ["KZ", "MN"]\n'
        + '[[protected]]\nname = "c"\ncentre = [0, -150.0]\nradius_km = 500\n'
        + "[threshold]\nconfirmed = 0.95\n[prior]\nodds = 0.25\n",
    )
    sea, countries, disc = told.protected
    assert sea.ring is not None
    assert sea.ring.tolist() == [[57.0, 18.0], [59.0, 18.0], [59.0, 21.0], [57.0, 21.0]]
    assert (countries.countries, countries.ring, countries.polygon) == (("KZ", "MN"), None, None)
    # Half a circle's chord from the centre: the haversine of the way to each of its points.
    lat, lon = np.radians(disc.ring).T
    h = np.sin(lat / 2) ** 2 + np.cos(lat) * np.sin((lon - np.radians(-150.0)) / 2) ** 2
    assert 2.0 * 6371.0072 * np.arcsin(np.sqrt(h)) == pytest.approx(np.full(180, 500.0), rel=1e-9)
    # What is not given is as in the default; odds of 1 : 4 are a share of a fifth.
    assert (told.possible, told.confirmed, told.prior_low) == (0.01, 0.95, 1e-4)
    assert told.prior == pytest.approx(0.2)


def test_a_layer_of_the_users_has_its_own_codes(tmp_path: Path) -> None:
    """And where that layer could not be read, no code is called unknown."""
    layer = Borders(("Westland",), ("AA",), np.array([shapely.box(0, 0, 9, 9)]), "by hand")
    text = AREA + 'countries = ["AA"]\n'
    assert read(tmp_path, text, layer).protected[0].countries == ("AA",)
    assert refused(tmp_path, text)[0].startswith("3: protected 1, countries: no country 'AA'")
    assert read_warning(tmp_path / "mine.toml", None).protected[0].countries == ("AA",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: protected: is missing; add a [[protected]] table"),
        ("protected = []", "1: protected: is empty; add a [[protected]] table"),
        (RU + "[treshold]\n", "4: treshold: no such key; did you mean 'threshold'?"),
        (AREA, "1: protected 1: holds no area; add countries, ring, or centre with radius_km"),
        (AREA + "centre = [10, 10]", "1: protected 1: is a circle without radius_km; add radius_km = 100.0"),
        (AREA + "radius_km = 9", "1: protected 1: is a circle without centre; add centre = [60.0, 30.0]"),
        (
            AREA + 'countries = ["RU"]\ncentre = [10, 10]\nradius_km = 9',
            "1: protected 1: has countries and centre and radius_km; give one of countries, ring, or",
        ),
        (AREA + "countries = []", "3: protected 1, countries: is empty; add countries = "),
        (
            AREA + 'countries = ["Rusia"]',
            "3: protected 1, countries: no country 'Rusia' in the border layer; did you mean 'RU'?",
        ),
        (
            AREA + 'countries = ["ru"]',
            "3: protected 1, countries: no country 'ru' in the border layer; did you",
        ),
        (
            AREA + 'countries = ["??"]',
            "3: protected 1, countries: no country '??' in the border layer; it has A",
        ),
        (
            AREA + 'countries = ["RU", "CN", "RU"]',
            "3: protected 1, countries: 'RU' is protected 1's already; name each country once",
        ),
        (
            RU + AREA + 'countries = ["CN", "RU"]',
            "6: protected 2, countries: 'RU' is protected 1's already; name each country once",
        ),
        (
            SEA + RU.replace("Russia", "A Sea"),
            "5: protected 2, name: is 'A Sea', as protected 1's; give each its",
        ),
        (AREA + "ring = []", "3: protected 1, ring: has 0 points and so no area; give 3 or more"),
        (AREA + "ring = [[1, 1], [2, 2], [1, 1]]", "3: protected 1, ring: has 2 points and so no area"),
        (
            AREA + "ring = [[1, 1], [2, 2], [3, 3]]",
            "3: protected 1, ring: has all its points on one line and so",
        ),
        (
            AREA + "ring = [[0, 0], [9, 9], [0, 9], [9, 0]]",
            "3: protected 1, ring: crosses or touches itself near",
        ),
        (
            AREA + "ring = [[0, 170], [9, 170], [9, -170]]",
            "3: protected 1, ring: crosses 180 deg near lat 9.0",
        ),
        (
            AREA + "ring = [[80, 0], [80, 120], [80, -120]]",
            "3: protected 1, ring: goes round the north pole; cut",
        ),
        (
            AREA + "ring = [[0, 170], [9, 170], [9, 190]]",
            "3: protected 1, ring 3: is [9.0, 190.0]; give [lat, lon] in degrees, lat from -90 to 90",
        ),
        (
            AREA + "ring = [[0, 0], [9], [9, 9]]",
            "3: protected 1, ring 2: is [9.0]; give [lat, lon] in degrees",
        ),
        (
            AREA + "ring = [[0, 0], [nan, 1], [9, 9]]",
            "3: protected 1, ring 2, 1: is nan; give a finite number",
        ),
        (AREA + 'ring = [[0, 0], ["a", 1], [9, 9]]', "3: protected 1, ring 2, 1: is 'a'; give a number"),
        (AREA + "ring = 3", "3: protected 1, ring: is 3; give a list in brackets"),
        (AREA + "centre = [5, 5]\nradius_km = 0", "4: protected 1, radius_km: is 0; it must be more than 0"),
        (
            AREA + "centre = [5, 5]\nradius_km = 6e3",
            "4: protected 1, radius_km: is 6000.0; it must be at most 5000",
        ),
        (
            AREA + "centre = [85, 5]\nradius_km = 600",
            "3: protected 1, centre: makes a circle over the north pole",
        ),
        (
            AREA + "centre = [-85, 5]\nradius_km = 600",
            "3: protected 1, centre: makes a circle over the south pole",
        ),
        (
            AREA + "centre = [5, 178]\nradius_km = 300",
            "3: protected 1, centre: makes a circle across 180 deg; give",
        ),
        (
            AREA + "centre = [5, -178]\nradius_km = 300",
            "3: protected 1, centre: makes a circle across 180 deg",
        ),
        (
            SEA + AREA + "ring = [[58, 20], [58, 30], [56, 30]]",
            "6: protected 2, ring: overlaps protected 1, 'a sea', by ",
        ),
        (
            SEA + AREA + "centre = [58, 19]\nradius_km = 10",
            "6: protected 2, centre: overlaps protected 1, 'a sea',",
        ),
        (
            AREA + "ring = [[55.7, 37.5], [55.8, 37.5], [55.8, 37.7]]\n" + RU,
            "3: protected 1, ring: overlaps 'RU' of protected 2, by ",
        ),
        (
            RU + "[threshold]\npossible = 0.5",
            "5: threshold.possible: is 0.5; it must be less than probable, 0.5",
        ),
        (
            RU + "[threshold]\nprobable = 0.95",
            "5: threshold.probable: is 0.95; it must be less than confirmed, 0.9",
        ),
        (
            RU + "[threshold]\nprobable = 0.7\nconfirmed = 0.6",
            "6: threshold.confirmed: is 0.6; it must be more than probable, 0.7",
        ),
        (RU + "[threshold]\npossible = 0.0", "5: threshold.possible: is 0.0; it must be more than 0"),
        (RU + "[threshold]\nconfirmed = 1", "5: threshold.confirmed: is 1; it must be less than 1"),
        (RU + "[threshold]\nconfirmed = nan", "5: threshold.confirmed: is nan; give a finite number"),
        (RU + "[threshold]\nfall = 1.5", "5: threshold.fall: is 1.5; it must be at most 1"),
        (RU + "[prior]\nlow = 0.6", "5: prior.low: is 0.6; it must be at most high, 0.5"),
        (RU + "[prior]\nlow = 0.6\nhigh = 0.2", "6: prior.high: is 0.2; it must be at least low, 0.6"),
        (RU + "[prior]\nhigh = nan", "5: prior.high: is nan; give a finite number"),
        (RU + "[prior]\nodds = -1.0", "5: prior.odds: is -1.0; it must be more than 0"),
        (RU + "[prior]\nodds = inf", "5: prior.odds: is inf; give a finite number"),
        (RU + "[prior\n", "4: not TOML: "),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (problem,) = refused(tmp_path, text)
    assert problem.startswith(told)


def test_all_at_once(tmp_path: Path) -> None:
    """A file with a mistake of each kind: every one is told, in the order of its lines."""
    text = (
        AREA
        + 'countries = ["RU", "XX"]\n\n'
        + SEA.replace("a sea", "X")
        + "[[protected]]\nname = 'c'\nring = [[57, 19], [60, 19], [60, 20], [57, 20]]\n"
        + "[[protected]]\nname = 'd'\nring = [[55, 30], [56, 30], [56, 40], [55, 40]]\n"
        + "[[protected]]\nname = 'e'\nring = [[0, 0], [1, 1], [2, 2]]\n"
        + "[[protected]]\nname = 'f'\nring = [[66, 170], [66, -170], [60, -170]]\n"
        + "[threshold]\npossible = 0.7\nconfirmed = 0.6\nfall = 0\n[prior]\nlow = 0.9\n"
    )
    told = refused(tmp_path, text)
    assert [line.split(":")[1].strip() for line in told] == [
        "protected 1, countries",
        "protected 2, name",
        "protected 3, ring",
        "protected 4, ring",
        "protected 5, ring",
        "protected 6, ring",
        "threshold.possible",
        "threshold.fall",
        "prior.low",
    ]
    lines = [int(line.split(":")[0]) for line in told]
    assert lines == sorted(lines)


def test_areas_may_share_a_line_and_a_ring_may_end_at_180_deg(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        SEA
        + AREA
        + "ring = [[57, 21], [59, 21], [59, 21.5], [57, 21.5]]\n"
        + '[[protected]]\nname = "w"\nring = [[-20, 175], [-20, 180], [-15, 180], [-15, 175]]\n'
        + '[[protected]]\nname = "e"\nring = [[-20, -180], [-20, -178], [-15, -178], [-15, -180]]\n',
    )
    assert len(told.protected) == 4


def test_a_circle_that_just_fits(tmp_path: Path) -> None:
    """To the pole there are 10 deg, 1111.95 km on this sphere; to 180 deg fewer km than at the equator."""
    km = math.radians(10.0) * 6371.0072
    assert read(tmp_path, AREA + f"centre = [80, 0]\nradius_km = {km - 1.0}\n").protected
    assert refused(tmp_path, AREA + f"centre = [80, 0]\nradius_km = {km + 1.0}\n")
    # sin(r) = cos(60 deg) sin(10 deg)
    most = math.asin(0.5 * math.sin(math.radians(10.0))) * 6371.0072
    assert read(tmp_path, AREA + f"centre = [60, 170]\nradius_km = {most - 1.0}\n").protected
    assert refused(tmp_path, AREA + f"centre = [60, 170]\nradius_km = {most + 1.0}\n")
