"""The journal: the envelopes that a centre folded, in order, and what came of them."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self, final

import msgspec

from tocsin.centre.event import CentreEvent
from tocsin.centre.notice import Notice
from tocsin.errors import TocsinError

FILE = "journal.sqlite"
SCHEMA = 2  # from which on there are notices
APPLICATION = int.from_bytes(b"TOCJ")
# A commit is an fsync. One for each of so many inputs, or so much of the run's own time, whichever is first.
BATCH, BATCH_S = 256, 30.0

_SET_UP = (
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {SCHEMA}",
    "CREATE TABLE input (seq INTEGER PRIMARY KEY, t REAL NOT NULL, subject TEXT NOT NULL, data BLOB)",
    "CREATE TABLE event (seq INTEGER PRIMARY KEY, input_seq INTEGER NOT NULL, data BLOB)",
    "CREATE TABLE notice (seq INTEGER PRIMARY KEY, input_seq INTEGER NOT NULL, data BLOB)",
)


class Input(NamedTuple):
    """A row of the journal: the bytes of one envelope, as they were folded."""

    seq: int
    t: float
    subject: str
    data: bytes


class EventRow(NamedTuple):
    """A row of the journal: one event's MessagePack, and the input that it came of."""

    seq: int
    input_seq: int
    data: bytes

    @property
    def event(self) -> CentreEvent:
        """The event itself."""
        return msgspec.msgpack.decode(self.data, type=CentreEvent)


class Journal(Protocol):
    """Where a centre writes what it folds, before it folds it, and what it says."""

    def input(self, t: float, subject: str, data: bytes) -> int:
        """Write one envelope; its number, from 1."""

    def event(self, number: int, event: CentreEvent) -> None:
        """Write one event of input `number`."""

    def notice(self, number: int, notice: Notice) -> None:
        """Write one notice of input `number`."""


@final
class NullJournal:
    """A journal that keeps nothing: for studies, and for replaying one that was kept."""

    def __init__(self) -> None:
        self._inputs = 0

    def input(self, t: float, subject: str, data: bytes) -> int:
        """Count it."""
        self._inputs += 1
        return self._inputs

    def event(self, number: int, event: CentreEvent) -> None:
        """Nothing."""

    def notice(self, number: int, notice: Notice) -> None:
        """Nothing."""


@final
class RunJournal:
    """A new journal in `folder`, which is made: SQLite, write-ahead log, synchronous FULL.

    Inputs and their events are committed together, every 256 inputs or 30 s of the run's time, and at
    `commit` and `close`: a crash loses the last batch whole and nothing before it. As a context it closes
    itself, keeping what was written even if an error ended it. Raises TocsinError where the folder
    cannot be written or already holds a journal.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._inputs = self._events = self._notices = self._pending = 0
        self._since = 0.0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Made here and now, so that two runs cannot both take an empty place.
            self._path.open("xb").close()
        except FileExistsError:
            raise TocsinError(
                f"{folder}: already holds a run's journal, or is a file; give a new folder"
            ) from None
        except OSError as reason:
            raise TocsinError(
                f"{folder}: cannot be written ({reason.strerror}); give another folder"
            ) from None
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._write("PRAGMA journal_mode = WAL", ())
        self._write("PRAGMA synchronous = FULL", ())
        self._write("BEGIN", ())
        for statement in _SET_UP:
            self._write(statement, ())
        self.commit()

    def input(self, t: float, subject: str, data: bytes) -> int:
        """Write one envelope; its number, from 1. Before it, what is due is committed."""
        if self._pending >= BATCH or (self._pending and abs(t - self._since) >= BATCH_S):
            self.commit()
        if not self._pending:
            self._since = t
        self._inputs += 1
        self._pending += 1
        self._write("INSERT INTO input VALUES (?, ?, ?, ?)", (self._inputs, t, subject, data))
        return self._inputs

    def event(self, number: int, event: CentreEvent) -> None:
        """Write one event of input `number`."""
        self._events += 1
        self._write(
            "INSERT INTO event VALUES (?, ?, ?)", (self._events, number, msgspec.msgpack.encode(event))
        )

    def notice(self, number: int, notice: Notice) -> None:
        """Write one notice of input `number`."""
        self._notices += 1
        self._write(
            "INSERT INTO notice VALUES (?, ?, ?)", (self._notices, number, msgspec.msgpack.encode(notice))
        )

    def commit(self) -> None:
        """Make everything so far survive a crash."""
        self._write("COMMIT", ())
        self._write("BEGIN", ())
        self._pending = 0

    def close(self) -> None:
        """Commit, and leave one plain file that can be read where nothing can be written."""
        self._write("COMMIT", ())
        # Refused while someone else reads it; then the last reader leaves the two files beside it.
        with suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        try:
            self._db.execute(statement, values)
        except sqlite3.Error as reason:
            raise TocsinError(f"{self._path}: cannot be written ({reason}); the run stops here") from None


def inputs(folder: Path) -> tuple[Input, ...]:
    """The envelopes of a run's journal, in the order in which they were folded.

    Raises TocsinError where there is none, or it is damaged, foreign, or of a newer Tocsin.
    """
    return tuple(Input(*row) for row in _rows(folder, "SELECT seq, t, subject, data FROM input ORDER BY seq"))


def events(folder: Path) -> tuple[EventRow, ...]:
    """The events of a run's journal, in the order in which they were said; errors as for `inputs`."""
    return tuple(
        EventRow(*row) for row in _rows(folder, "SELECT seq, input_seq, data FROM event ORDER BY seq")
    )


def notices(folder: Path) -> tuple[Notice, ...]:
    """The notices of a run's journal, in order; none of one older than they are; errors as for `inputs`."""
    rows = _rows(folder, "SELECT seq, data FROM notice ORDER BY seq", SCHEMA)
    return tuple(msgspec.msgpack.decode(row[1], type=Notice) for row in rows)


def digest(folder: Path) -> str:
    """SHA-256 over every envelope and event of a run's journal, in order; errors as for `inputs`."""
    found = hashlib.sha256()
    rows = [row.data for row in inputs(folder)] + [row.data for row in events(folder)]
    for data in rows:
        found.update(f"{len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()


def _rows(folder: Path, query: str, since: int = 1) -> list[tuple[Any, ...]]:
    """What a query finds, nothing in a journal of an earlier schema than `since`."""
    path = folder / FILE
    if not path.is_file():
        raise TocsinError(f"{folder}: holds no journal ({FILE}); give the folder of a run")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            _refuse_other(db, path)
            sound = _is_whole(db, path) and _pragma(db, "quick_check(1)") == "ok"
            rows = db.execute(query).fetchall() if _pragma(db, "user_version") >= since else []
    except sqlite3.Error as reason:
        raise TocsinError(f"{path}: cannot be read ({reason}); it is damaged, or not a journal") from None
    if not sound or [row[0] for row in rows] != list(range(1, len(rows) + 1)):
        raise TocsinError(f"{path}: is damaged: part of it is missing or mixed up; give an undamaged copy")
    return rows


def _refuse_other(db: sqlite3.Connection, path: Path) -> None:
    schema = _pragma(db, "user_version")
    if _pragma(db, "application_id") != APPLICATION:
        raise TocsinError(f"{path}: is a database, but not a Tocsin journal; give the folder of a run")
    if schema > SCHEMA:
        raise TocsinError(
            f"{path}: schema {schema}, and this Tocsin reads up to {SCHEMA}; use a newer Tocsin"
        )


def _is_whole(db: sqlite3.Connection, path: Path) -> bool:
    """Whether every byte is there: SQLite reads a last page that was cut as if it ended in zeros.

    After a crash, pages may still be in the write-ahead log, and SQLite's own recovery is what counts.
    """
    size = int(_pragma(db, "page_count")) * int(_pragma(db, "page_size"))
    return path.stat().st_size == size or path.with_name(f"{FILE}-wal").exists()


def _pragma(db: sqlite3.Connection, name: str) -> Any:
    return db.execute(f"PRAGMA {name}").fetchone()[0]
