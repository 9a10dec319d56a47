"""A recorded run gives the same events again, also where the truth cannot even be imported."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import tocsin
from tests.centre.conftest import Run
from tocsin.centre.journal import FILE
from tocsin.centre.replay import replay

BLIND = """
import sys
from pathlib import Path

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[:2] in (["tocsin", "flight"], ["tocsin", "simulate"]):
            raise ImportError("the truth is out of reach: " + name)

sys.meta_path.insert(0, Refuse())
from tocsin.catalogue import event, network_of
from tocsin.centre.replay import replay

told = event("hwasong-14-2017-07-04")
found = replay(network_of(told.network, told.start_utc), Path(sys.argv[1]))
assert found.identical, found.first_difference
assert not any(name.startswith(("tocsin.flight", "tocsin.simulate")) for name in sys.modules)
print(sum(found.counts.values()))
"""


def test_a_replay_is_identical(hwasong: Run) -> None:
    found = replay(hwasong.network, hwasong.folder)
    assert found.first_difference is None
    assert found.identical
    assert sum(found.counts.values()) == len(hwasong.events)


def test_the_chain_runs_where_the_truth_cannot_be_imported(hwasong: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLIND, str(hwasong.folder)],
        env={**os.environ, "PYTHONPATH": str(Path(tocsin.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(hwasong.events)


def test_a_changed_record_is_noticed(hwasong: Run, tmp_path: Path) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(hwasong.folder, folder)
    with sqlite3.connect(folder / "china" / FILE) as db:
        rows = db.execute("SELECT seq, data FROM event ORDER BY seq").fetchall()
        seq, data = next(row for row in rows if b"probable" in row[1])
        db.execute("UPDATE event SET data = ? WHERE seq = ?", (data.replace(b"probable", b"possible"), seq))
    db.close()
    found = replay(hwasong.network, folder)
    assert not found.identical
    assert found.first_difference is not None
    assert f"china: event {seq}" in found.first_difference
