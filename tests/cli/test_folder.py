"""The run's folder: whole or not at all, and never over what is not ours."""

import os
from pathlib import Path

import pytest

from tocsin.cli.folder import MANIFEST, run_folder
from tocsin.errors import TocsinError


def write(folder: Path, text: str) -> None:
    """A run of one file."""
    with run_folder(folder) as part:
        (part / MANIFEST).write_text(text)


def test_a_run_appears_whole_with_the_folders_above_it(tmp_path: Path) -> None:
    wanted = tmp_path / "a" / "b" / "run"
    with run_folder(wanted) as part:
        (part / MANIFEST).write_text("one")
        assert not wanted.exists()
    assert (wanted / MANIFEST).read_text() == "one"
    assert list(wanted.parent.iterdir()) == [wanted]


def test_a_second_run_replaces_the_first_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    wanted = tmp_path / "run"
    write(wanted, "one")
    (wanted / "old").write_text("")
    write(wanted, "two")
    assert [p.name for p in wanted.iterdir()] == [MANIFEST]
    assert (wanted / MANIFEST).read_text() == "two"
    assert list(tmp_path.iterdir()) == [wanted]


def write_half(folder: Path, fault: type[BaseException]) -> None:
    """A run that fails midway."""
    with run_folder(folder) as part:
        (part / MANIFEST).write_text("half")
        raise fault("stop")


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, TocsinError])
def test_a_run_that_fails_leaves_nothing_and_the_last_one_alone(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    kept, new = tmp_path / "run", tmp_path / "a" / "b" / "run"
    write(kept, "one")
    for wanted in (kept, new):
        with pytest.raises(fault):
            write_half(wanted, fault)
    assert (kept / MANIFEST).read_text() == "one"
    assert list(tmp_path.iterdir()) == [kept]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    write(tmp_path / "run", "one")
    assert (tmp_path / "run" / MANIFEST).is_file()


def test_a_folder_of_someone_elses_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(TocsinError, match="holds something that is not a run"):
        write(tmp_path, "one")
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_or_a_link_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name, why in (("file", "is there already and is not a folder"), ("link", "is a link")):
        with pytest.raises(TocsinError, match=why):
            write(tmp_path / name, "one")


def test_a_file_above_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TocsinError, match="cannot be written"):
        write(tmp_path / "file" / "run", "one")


def test_a_read_only_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the system, and so stubbed: for root no folder is read-only."""
    wanted = tmp_path / "run"
    write(wanted, "one")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TocsinError, match="is read-only; give a folder you may write to"):
        write(wanted, "two")
    assert (wanted / MANIFEST).read_text() == "one"


def test_where_nothing_can_be_made_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(TocsinError, match=r"cannot be written \(permission denied\); give a folder"):
        write(tmp_path / "a" / "run", "one")
    assert list(tmp_path.iterdir()) == []


def test_the_current_folder_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "run" / "below"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    for wanted in (Path(), Path(".."), tmp_path / "run"):
        with pytest.raises(TocsinError, match="is the folder you are in"):
            write(wanted, "one")
