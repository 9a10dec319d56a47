"""Release policies from TOML: the ones that come with Tocsin, and every mistake at once."""

import re
import tomllib
from pathlib import Path

import pytest

from tocsin.errors import TocsinError
from tocsin.exchange.policy import FIELDS, FROM_STATES, ReleasePolicy
from tocsin.exchange.policyfile import DEFAULT, default_policies, policy_between, read_policies

GOOD = """\
[[policy]]
centre = "russia"
to = "china"
from_state = "probable"
delay_s = 5
fields = ["radars", "state"]
withhold_radar_names = false
position_step_m = 10.0
position_floor_m = 20.0
velocity_floor_m_s = 0.5
"""


def told(folder: Path, text: str | bytes) -> list[str]:
    file = folder / "release.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TocsinError) as error:
        read_policies(file)
    assert all(p.startswith(f"{file}:") for p in error.value.problems)
    return [p.removeprefix(f"{file}:") for p in error.value.problems]


def test_a_policy_is_what_its_file_says(tmp_path: Path) -> None:
    (tmp_path / "release.toml").write_text(GOOD)
    assert read_policies(tmp_path / "release.toml") == (
        ReleasePolicy("russia", "china", "probable", 5.0, ("state", "radars"), False, 10.0, 20.0, 0.5),
    )


def test_the_policies_that_come_with_tocsin_go_both_ways() -> None:
    pairs = {(p.centre, p.to) for p in default_policies()}
    assert pairs == {("russia", "china"), ("china", "russia")}
    assert policy_between(default_policies(), "china", "russia").centre == "china"


def test_every_value_of_the_default_policies_is_marked_as_assumed_and_every_key_explained() -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    values = [line for line in text.splitlines() if re.match(r"\w+ = ", line)]
    unmarked = [v for v in values if "# assumed" not in v and not v.startswith(("centre", "to"))]
    assert unmarked == []
    for key in tomllib.loads(text)["policy"][0]:
        assert re.search(rf"^#   {key} ", text, re.MULTILINE), key
    for state in FROM_STATES:
        assert f'"{state}"' in text


def test_the_documentation_names_every_field_and_key() -> None:
    page = Path(__file__).parents[2] / "docs" / "exchange.md"
    text = page.read_text(encoding="utf-8")
    keys = tomllib.loads(DEFAULT.read_text(encoding="utf-8"))["policy"][0]
    assert [name for name in (*FIELDS, *keys) if f"`{name}`" not in text] == []


def test_a_pair_without_a_policy_is_told_nothing() -> None:
    with pytest.raises(TocsinError, match="no release policy from 'russia' to 'france'"):
        policy_between(default_policies(), "russia", "france")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("delay_s = 5", "delay_s = -1", "5: policy 1, delay_s: is -1; it must be at least 0"),
        ("delay_s = 5", "delay_s = 1e9", "5: policy 1, delay_s: is 1000000000.0; it must be at most 86400"),
        ("delay_s = 5", "delay_s = nan", "5: policy 1, delay_s: is nan; give a finite number"),
        ("delay_s = 5", 'delay_s = "5"', "5: policy 1, delay_s: is '5'; give a number, such as 12.5"),
        ("delay_s = 5", "dealy_s = 5", "5: policy 1, dealy_s: no such key; did you mean 'delay_s'?"),
        (
            '"probable"',
            '"probably"',
            "4: policy 1, from_state: no event state to release from 'probably'; did you mean 'probable'?",
        ),
        ('"radars", ', '"radar", ', "6: policy 1, fields 1: no field 'radar'; did you mean 'radars'?"),
        ("false", "0", "7: policy 1, withhold_radar_names: is 0; give true or false"),
        (
            "step_m = 10.0",
            "step_m = 1e-310",
            "8: policy 1, position_step_m: is 1e-310; give 0 to round nothing, or at least 0.001",
        ),
        ('"china"', '""', "3: policy 1, to: is empty; write something"),
        ('"china"', f'"{65 * "x"}"', "3: policy 1, to: is longer than 64 characters; shorten it"),
        (
            '"radars", ',
            '"model", ',
            "6: policy 1, fields: model tells of infrared, radars; add that, or take model out",
        ),
        (
            '"radars", ',
            '"stereo_t", ',
            "6: policy 1, fields: stereo_t tells of infrared; add that, or take stereo_t out",
        ),
        ('"china"', '"russia"', "3: policy 1, to: is 'russia', the centre itself; give the other centre"),
        ("fields = [", "fields = 3 #", "6: policy 1, fields: is 3; give a list in brackets"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD
    assert problem in told(tmp_path, GOOD.replace(old, new))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    second = GOOD.replace("delay_s = 5\n", "").replace('"state"]', '"stereo_t"]').replace("20.0", "true")
    problems = told(tmp_path, "colour = 1\n" + GOOD.replace("10.0", "-10.0") + second)
    assert [p.split(": ")[:2] for p in problems] == [
        ["1", "colour"],
        ["9", "policy 1, position_step_m"],
        ["12", "policy 2, delay_s"],
        ["14", "policy 2, to"],
        ["16", "policy 2, fields"],
        ["19", "policy 2, position_floor_m"],
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "policy: is missing; add a [[policy]] table"),
        ("policy = 3", "1: policy: is 3; give a list in brackets"),
        ("policy = [3]", "policy 1: is 3; give a table"),
        ("[[policy]\n", "1: not TOML"),
        (b"\n\xff", "2: not text in UTF-8"),
        ("x = " + "[" * 100_000, "not TOML"),
    ],
)
def test_what_is_not_a_policy_file_is_told_as_that(tmp_path: Path, text: str | bytes, problem: str) -> None:
    assert problem in "\n".join(told(tmp_path, text))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.toml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(TocsinError, match=f"cannot be read .{why}"):
            read_policies(path)
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * 1_000_001)
    with pytest.raises(TocsinError, match="larger than 1000000 bytes"):
        read_policies(big)
