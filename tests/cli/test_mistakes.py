"""Bad input: a clear message on stderr, a non-zero exit, no traceback, nothing half-written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import environment, tocsin

EVENT = """
name = "A test"
start_utc = "2017-07-04T00:40:00Z"

[[flight]]
vehicle = "icbm-liquid"
launch = { lat_deg = 39.87, lon_deg = 125.27 }
bearing_deg = 86.0
apogee_km = 2802.0
range_km = 933.0
"""

SPOKEN = [
    ("evnts", "no command 'evnts'; did you mean 'events'?"),
    ("run --sed 3 x", "Unknown option: --sed. Did you mean --seed?"),
    ("run hwasong-14", "no event 'hwasong-14'; did you mean 'hwasong-14-2017-07-04'?"),
    ("run missing.toml", "missing.toml: no such file"),
    ("run ocean-arc-2025-07-15 --seed three", "--seed"),
    ("run ocean-arc-2025-07-15 --seed=-1", "--seed -1 is not a seed"),
    ("run ocean-arc-2025-07-15 --at nan", "--at nan is not a moment of the run"),
    ("run", "requires an argument"),
    ("replay nowhere", "nowhere: no such run"),
    ("replay .", "holds no manifest.json"),
    ("check missing.toml", "missing.toml: no such file"),
    ("demo extra", "extra"),
]


def refused(words: list[str], folder: Path, *wanted: str) -> None:
    """Run it: it must be refused with each of the wanted words, and leave the folder as it was."""
    before = sorted(folder.rglob("*"))
    done = tocsin(*words, cwd=folder)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for part in wanted:
        assert part in done.stderr
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(("words", "wanted"), SPOKEN, ids=[words for words, _ in SPOKEN])
def test_a_mistake_on_the_command_line(words: str, wanted: str, tmp_path: Path) -> None:
    refused(words.split(), tmp_path, wanted)


def test_several_mistakes_in_a_file_are_all_told_with_their_lines(tmp_path: Path) -> None:
    bad = (
        EVENT.replace("39.87", "95.0").replace("icbm-liquid", "icbm-liquit").replace("start_utc", "start_utd")
    )
    (tmp_path / "bad.toml").write_text(bad)
    for command in ("run", "check"):
        refused(
            [command, "bad.toml"], tmp_path, "bad.toml:3: ", "bad.toml:6: ", "bad.toml:7: ", "'icbm-liquid'"
        )


def test_many_mistakes_are_cut_short(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(EVENT + "".join(f"wrong_{i} = {i}\n" for i in range(3000)))
    done = tocsin("run", "bad.toml", cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 21
    assert all(line.startswith("tocsin: bad.toml:") for line in lines[:20])
    assert lines[-1] == "tocsin: ... and 2,980 more"


@pytest.mark.parametrize("apogee", ["20.0", "40000.0"], ids=["below burnout", "beyond its energy"])
def test_a_flight_that_cannot_be_flown(apogee: str, tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text(EVENT.replace("2802.0", apogee))
    refused(["run", "event.toml"], tmp_path, "apogee")
    refused(["check", "event.toml"], tmp_path, "event.toml: flight 1: ", "apogee")


def test_a_date_without_element_sets(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text(EVENT.replace("2017-07-04T", "2011-07-04T"))
    refused(["run", "event.toml"], tmp_path, "no element set is within 60 days of 2011-07-04")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    refused(["run", "ocean-arc-2025-07-15", "--out", "taken"], tmp_path, "--out taken: is there already")
    refused(["demo", "--out", "taken"], tmp_path, "cannot be written")


def test_a_folder_that_is_not_a_run(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("mine")
    refused(["run", "ocean-arc-2025-07-15", "--out", "mine"], tmp_path, "not a run of Tocsin's")


@pytest.mark.skipif(os.geteuid() == 0, reason="for root no folder is read-only")
def test_a_read_only_folder(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    refused(["run", "ocean-arc-2025-07-15", "--out", "locked"], tmp_path, "read-only")
    refused(["run", "ocean-arc-2025-07-15", "--out", "locked/run"], tmp_path, "cannot be written")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc, where even root cannot write")
def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    refused(
        ["run", "ocean-arc-2025-07-15", "--out", "/proc/run"], tmp_path, "--out /proc/run: cannot be written"
    )


def test_a_broken_pipe_is_quiet(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tocsin", "events", "--json"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


INTERRUPTED = """
import os, signal, sys
# A shell's background job, as a CI may be, is started with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
import tocsin.cli.world as world

def stop(*_):
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        pass

world.simulate = stop
from tocsin.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_an_interrupt_keeps_nothing(tmp_path: Path) -> None:
    done = tocsin("run", "ocean-arc-2025-07-15", "--out", "a/b", cwd=tmp_path, code=INTERRUPTED)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert "interrupted" in done.stderr
    assert list(tmp_path.iterdir()) == []
