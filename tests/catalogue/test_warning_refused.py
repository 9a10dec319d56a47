"""Warning settings that cannot be: every mistake is told at once, each with its line."""

from pathlib import Path

import pytest

from tests.catalogue.warningfiles import AREA, RU, SEA, refused


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
