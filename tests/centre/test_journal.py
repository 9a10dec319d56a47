"""The journal keeps exactly what was folded; after a crash all that was committed, and nothing by halves."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.making import T, an_assessment
from tocsin.centre.event import CentreEvent
from tocsin.centre.journal import BATCH, FILE, Journal, NullJournal, RunJournal, events, inputs
from tocsin.errors import TocsinError

ROOT = Path(__file__).resolve().parents[2]


def an_event(text: str = "", t: float = T) -> CentreEvent:
    return CentreEvent(
        t=t,
        known_t=t,
        centre="russia",
        picture="alone",
        what="assessment",
        track="russia-1",
        event_state="confirmed",
        threat_state="none",
        text=text,
        assessment=an_assessment(),
    )


def filled(folder: Path, count: int = 5) -> Path:
    with RunJournal(folder) as journal:
        for k in range(count):
            journal.event(journal.input(T + k, "scan", bytes([k % 256]) * 100), an_event(str(k)))
    return folder


def told(folder: Path) -> str:
    for read in (inputs, events):
        with pytest.raises(TocsinError) as error:
            read(folder)
    return str(error.value)


@settings(max_examples=30)
@given(rows=st.lists(st.tuples(st.floats(-1e9, 1e9), st.text(max_size=9), st.binary(max_size=99), st.text())))
def test_what_was_written_is_read_bit_for_bit_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float, str, bytes, str]]
) -> None:
    folder = tmp_path_factory.mktemp("run") / "new" / "folder"
    said = [an_event(text, t) for t, _, _, text in rows]
    with RunJournal(folder) as journal:
        for event, (t, subject, data, _) in zip(said, rows, strict=True):
            number = journal.input(t, subject, data)
            journal.event(number, event)
            journal.event(number, event)
    assert [(i.t, i.subject, i.data) for i in inputs(folder)] == [row[:3] for row in rows]
    assert [i.seq for i in inputs(folder)] == list(range(1, len(rows) + 1))
    back = events(folder)
    assert [e.input_seq for e in back] == [k + 1 for k in range(len(rows)) for _ in range(2)]
    assert [e.event for e in back[::2]] == said
    assert [e.data for e in back] == [msgspec.msgpack.encode(e) for e in said for _ in range(2)]


def test_a_journal_that_keeps_nothing_counts_all_the_same(tmp_path: Path) -> None:
    kept = RunJournal(tmp_path)
    both: list[Journal] = [NullJournal(), kept]
    for journal in both:
        assert [journal.input(T, "scan", b"") for _ in range(3)] == [1, 2, 3]
        journal.event(3, an_event())
    kept.close()


def test_a_closed_journal_is_one_file(tmp_path: Path) -> None:
    assert [file.name for file in filled(tmp_path / "run").iterdir()] == [FILE]


WRITER = """
import hashlib, sys
from pathlib import Path
from tests.centre.test_journal import T, an_event
from tocsin.centre.journal import RunJournal
journal = RunJournal(Path(sys.argv[1]))
for k in range(1, 1_000_000):
    number = journal.input(T, "scan", hashlib.sha256(b"%d" % k).digest() * 30)
    journal.event(number, an_event(f"{k} a"))
    journal.event(number, an_event(f"{k} b"))
    if k % 20 == 0:
        journal.commit()
        print(k, flush=True)
"""


def writer(code: str, folder: Path) -> "subprocess.Popen[str]":
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


def killed_after(process: "subprocess.Popen[str]", lines: int) -> int:
    """Kill -9 while it goes on writing, once it has printed so many lines; the last number in them."""
    assert process.stdout is not None
    with process:
        printed = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return int(printed[-1])


@pytest.mark.parametrize("lines", [1, 7, 40])
def test_what_was_committed_survives_kill_9_and_nothing_is_half_there(tmp_path: Path, lines: int) -> None:
    committed = killed_after(writer(WRITER, tmp_path), lines)
    kept, said = inputs(tmp_path), events(tmp_path)
    assert (len(kept) >= committed, len(kept) % 20) == (True, 0)
    for row in kept:
        assert row.data == hashlib.sha256(b"%d" % row.seq).digest() * 30
    assert [e.event.text for e in said] == [f"{k + 1} {x}" for k in range(len(kept)) for x in "ab"]
    assert [e.input_seq for e in said] == [k + 1 for k in range(len(kept)) for _ in "ab"]


BATCHES = """
import sys, time
from pathlib import Path
from tests.centre.test_journal import T, an_event
from tocsin.centre.journal import BATCH, BATCH_S, RunJournal
journal = RunJournal(Path(sys.argv[1]))
for k in range(BATCH):
    journal.input(T, "scan", b"of the first batch")
for k in range(10):
    number = journal.input(T, "scan", b"of the second")
    journal.event(number, an_event())
journal.input(T + BATCH_S, "scan", b"of the third")
journal.event(BATCH + 11, an_event())
print(1, flush=True)
time.sleep(600.0)
"""


def test_batches_end_by_number_and_by_the_run_s_time_and_are_kept_whole(tmp_path: Path) -> None:
    killed_after(writer(BATCHES, tmp_path), 1)
    assert [row.data for row in inputs(tmp_path)] == [b"of the first batch"] * BATCH + [b"of the second"] * 10
    assert [row.input_seq for row in events(tmp_path)] == [BATCH + 1 + k for k in range(10)]


def test_an_error_in_the_run_keeps_what_was_written(tmp_path: Path) -> None:
    def fails() -> None:
        with RunJournal(tmp_path) as journal:
            journal.input(T, "scan", b"the last thing seen")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fails()
    assert [row.data for row in inputs(tmp_path)] == [b"the last thing seen"]


def test_a_run_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    filled(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(TocsinError, match="already holds a run's journal"):
        RunJournal(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    journal = RunJournal(tmp_path)
    journal.close()
    with pytest.raises(TocsinError, match=r"cannot be written .*; the run stops here"):
        journal.input(T, "scan", b"too late")


def test_a_run_can_be_read_while_it_is_written_and_ends_all_the_same(tmp_path: Path) -> None:
    journal = RunJournal(tmp_path)
    journal.input(T, "scan", b"first")
    assert inputs(tmp_path) == ()
    journal.commit()
    assert [row.data for row in inputs(tmp_path)] == [b"first"]
    reader = sqlite3.connect(tmp_path / FILE)
    reader.execute("SELECT * FROM input").fetchone()
    journal.input(T, "scan", b"second")
    journal.close()
    reader.close()
    assert [row.data for row in inputs(tmp_path)] == [b"first", b"second"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(TocsinError, match=r"give a(nother| new) folder"):
            RunJournal(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_folder_without_a_journal_is_told(tmp_path: Path) -> None:
    assert told(tmp_path) == f"{tmp_path}: holds no journal ({FILE}); give the folder of a run"
    assert "holds no journal" in told(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_journal_is_told(tmp_path: Path) -> None:
    file = filled(tmp_path, 400) / FILE
    whole = file.read_bytes()
    for length in (0, 1, 50, 99, 100, 4096, 4097, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert str(file) in told(tmp_path), length
    file.write_bytes(whole)
    assert len(inputs(tmp_path)) == 400


@pytest.mark.parametrize("content", [b"not a database at all\n" * 500, b"\0" * 8192])
def test_another_file_under_its_name_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert "not a" in told(tmp_path)


def changed(folder: Path, *statements: str) -> Path:
    db = sqlite3.connect(folder / FILE)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()
    return folder


def test_another_database_and_a_newer_journal_are_told(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert "not a Tocsin journal" in told(changed(tmp_path / "other", "CREATE TABLE input (seq)"))
    newer = changed(filled(tmp_path / "newer"), "PRAGMA user_version = 3")
    assert "schema 3, and this Tocsin reads up to 2; use a newer Tocsin" in told(newer)


def test_missing_rows_and_tables_are_told(tmp_path: Path) -> None:
    gap = changed(
        filled(tmp_path / "gap"), "DELETE FROM input WHERE seq = 3", "DELETE FROM event WHERE seq = 1"
    )
    assert "part of it is missing" in told(gap)
    assert "no such table" in told(
        changed(filled(tmp_path / "table"), "DROP TABLE input", "DROP TABLE event")
    )
