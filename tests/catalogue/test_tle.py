"""Two-line sets: against the package sgp4, and everything that can be wrong with a line."""

import contextlib
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sgp4.api import Satrec
from sgp4.conveniences import sat_epoch_datetime

from tocsin.catalogue.satellite import satellites
from tocsin.catalogue.tle import checksum, elements_of_tle
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

# Cosmos 2563 and 2552 as published (shared reference, space); Vanguard 1 from the report's own test set.
SETS = {
    "cosmos-2563": (
        "1 54223U 22145A   25212.14688203 -.00000873  00000-0  00000-0 0  9993",
        "2 54223  63.5980 322.3565 7157437 269.0287  16.1450  2.00630709 20122",
    ),
    "vanguard": (
        "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
        "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
    ),
}
FIRST, SECOND = SETS["cosmos-2563"]


def resummed(line: str) -> str:
    """The line with the checksum that it should have."""
    return line[:68] + str(checksum(line))


def problems(first: str, second: str) -> tuple[str, ...]:
    with pytest.raises(TocsinError) as refused:
        elements_of_tle(first, second)
    return refused.value.problems


@pytest.mark.parametrize("name", SETS)
def test_it_reads_what_sgp4_reads(name: str) -> None:
    ours, theirs = elements_of_tle(*SETS[name]), Satrec.twoline2rv(*SETS[name])
    rev_day = 1440.0 / (2.0 * 3.141592653589793)
    assert ours.norad == theirs.satnum
    assert ours.mean_motion_rev_day == pytest.approx(theirs.no_kozai * rev_day, rel=1e-12)
    assert ours.eccentricity == theirs.ecco
    assert ours.bstar == pytest.approx(theirs.bstar, rel=1e-12)
    assert ours.ndot_rev_day2 == pytest.approx(theirs.ndot * rev_day * 1440.0, rel=1e-12)
    angles = (ours.inclination_deg, ours.raan_deg, ours.argp_deg, ours.mean_anomaly_deg)
    for degrees, radians in zip(angles, (theirs.inclo, theirs.nodeo, theirs.argpo, theirs.mo), strict=True):
        assert degrees == pytest.approx(radians * 180.0 / 3.141592653589793, rel=1e-12)
    when = sat_epoch_datetime(theirs)
    assert ours.epoch_t_tai == pytest.approx(tai_from_utc(when.strftime("%Y-%m-%dT%H:%M:%S.%f")), abs=1e-3)
    assert abs(tai_from_utc(ours.epoch_utc) - ours.epoch_t_tai) < 1e-3
    assert ours.epoch_utc in ours.source


def test_it_reads_the_catalogues_own_set() -> None:
    """The set of 2025-07-31 stands in the catalogue in figures."""
    ours = elements_of_tle(FIRST, SECOND)
    (known,) = (e for s in satellites() for e in s.elements if e.epoch_utc == ours.epoch_utc)
    assert known.norad == ours.norad
    assert known.epoch_t_tai == pytest.approx(ours.epoch_t_tai, abs=1e-3)
    for name in ("mean_motion_rev_day", "eccentricity", "raan_deg", "mean_anomaly_deg", "ndot_rev_day2"):
        assert getattr(known, name) == getattr(ours, name)


@pytest.mark.parametrize(("year", "full"), [("57", 1957), ("99", 1999), ("00", 2000), ("56", 2056)])
def test_two_digit_years(year: str, full: int) -> None:
    first = resummed(FIRST[:18] + year + "001.50000000" + FIRST[32:])
    assert elements_of_tle(first, SECOND).epoch_utc == f"{full}-01-01T12:00:00.000Z"


def test_an_epoch_after_a_leap_second() -> None:
    """30 June 2015 ended in one: day 182 is 1 July, and begins a second later by TAI."""
    first = resummed(FIRST[:18] + "15182.00000000" + FIRST[32:])
    assert elements_of_tle(first, SECOND).epoch_t_tai == tai_from_utc("2015-07-01T00:00:00Z")


def test_numbers_beyond_99999() -> None:
    first, second = (resummed(line[:2] + "E8493" + line[7:]) for line in (FIRST, SECOND))
    assert elements_of_tle(first, second).norad == 148_493


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("9993", "999", "line 1: has 68 characters; a line of an element set has 69: give it as published"),
        ("1 54223U", "7 54223U", "line 1: is '7 54223U 221'...; it must begin with 1 and hold"),
        ("U 22145A", "\u00dc 22145A", "line 1: is '1 54223\u00dc 221'...; it must begin with 1 and hold"),
        ("63.5980 322", "63.59800322", "line 2: column 17 is '0'; it must be blank: was the line shifted?"),
        (" 63.5980", "193.5980", "line 2: the inclination (columns 9-16) is 193.598; it must be 0 to 180"),
        ("7157437", "7157.37", "line 2: the eccentricity (columns 27-33) is '7157.37'; give the line as"),
        (
            " 2.00630709",
            " 0.00000000",
            "line 2: the mean motion (columns 53-63) is 0; it must be 0.001 to 18",
        ),
        ("25212.", "25412.", "line 1: the epoch's day (columns 21-32) is 412.147; it must be 1 to 367"),
        ("25212.", "2521x.", "line 1: the epoch's day (columns 21-32) is '21x.14688203'; give the line"),
        (
            "2 54223",
            "2 54222",
            "its lines are of two satellites, 54223 and 54222; give the two lines of one set",
        ),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, told: str) -> None:
    """Each with the checksum that the changed line should have."""
    first, second = FIRST.replace(old, new), SECOND.replace(old, new)
    assert (first, second) != (FIRST, SECOND)
    changed = [resummed(line) if len(line) == 69 else line for line in (first, second)]
    (problem,) = problems(*changed)
    assert problem.startswith(told)


def test_a_wrong_checksum_is_told() -> None:
    (problem,) = problems(FIRST[:-1] + "4", SECOND)
    assert problem == "line 1: its checksum is '4' and should be 3: give the line as published"


def test_everything_is_told_at_once() -> None:
    wrong = SECOND.replace("63.5980", "193.598").replace("322.3565", "422.3565")
    assert len(problems(FIRST[:-1] + "0", wrong)) == 4


@given(st.integers(0, 1), st.integers(0, 68), st.sampled_from("0123456789-"))
def test_one_digit_changed_is_always_found(which: int, at: int, digit: str) -> None:
    lines = [FIRST, SECOND]
    weights = {**{str(d): d for d in range(10)}, "-": 1}
    assume(weights.get(lines[which][at], 0) != weights[digit])
    lines[which] = lines[which][:at] + digit + lines[which][at + 1 :]
    assert problems(*lines)


@given(st.integers(0, 2**32), st.integers(1, 12))
def test_no_line_whatever_raises_anything_else(seed: int, changes: int) -> None:
    draw = random.Random(seed)
    lines = [list(FIRST), list(SECOND)]
    for _ in range(changes):
        line = draw.choice(lines)
        line[draw.randrange(69)] = draw.choice("0123456789 .-+Ae\u0663\u00b2")
    first, second = ("".join(line) for line in lines)
    for pair in ((first, second), (resummed(first), resummed(second))):
        with contextlib.suppress(TocsinError):
            elements_of_tle(*pair)
