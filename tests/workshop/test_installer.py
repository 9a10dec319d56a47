"""The installer: uv as pip is set up, and pip where uv does not succeed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from workshop import installer
from workshop.installer import entry_of, install, package_names, uv_settings
from workshop.terminal import StopError

PIN = "uv==0.9 ; os_name == 'nt' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
LOCK = f"numpy==2.4 \\\n    --hash=sha256:aa\n{PIN}zip==1 \\\n    --hash=sha256:dd\n"


def test_the_pin_of_one_package_comes_with_all_its_hashes() -> None:
    assert entry_of("uv", LOCK) == PIN
    assert entry_of("uvloop", LOCK) == ""


def test_the_packages_are_counted_by_their_pins() -> None:
    assert package_names(LOCK) == ["numpy", "uv", "zip"]


def test_the_settings_of_pip_reach_uv() -> None:
    listed = "\n".join(
        [
            ":env:.index-url='https://user:secret@mirror.example/simple'",
            "download.index-url='https://other.example/simple'",
            "global.cert='/certs.pem'",
            "global.extra-index-url='file:///a\\nfile:///b'",
            "global.find-links='/wheels /more'",
            "global.index-url='https://overridden.example/simple'",
            "global.timeout='60'",
        ]
    )
    flags, env = uv_settings(listed, {"PATH": "/bin"})
    assert flags == []
    assert env == {
        "PATH": "/bin",
        "SSL_CERT_FILE": "/certs.pem",
        "UV_DEFAULT_INDEX": "https://user:secret@mirror.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_HTTP_TIMEOUT": "60",
        "UV_INDEX": "file:///a file:///b",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_no_index_for_pip_is_no_index_for_uv() -> None:
    assert uv_settings("global.no-index='true'", {})[0] == ["--no-index"]
    assert uv_settings("global.no-index='0'", {})[0] == []


def test_what_the_user_set_for_uv_goes_first() -> None:
    assert uv_settings("global.index-url='a'", {"UV_DEFAULT_INDEX": "b"})[1]["UV_DEFAULT_INDEX"] == "b"


def run_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: tuple[str, ...]) -> list[str]:
    """Install with the named steps failing; the steps taken."""
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    taken: list[str] = []

    def step(what: str, command: list[str], env: Mapping[str, str] | None = None) -> tuple[int, str]:
        taken.append(what)
        return int(what in failing), "no route to the index"

    monkeypatch.setattr(installer, "step", step)
    monkeypatch.setattr(installer, "pip_config", lambda python: "")
    install(lock, lock, tmp_path, tmp_path / "bin", {})
    return taken


def test_uv_installs_when_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_install(tmp_path, monkeypatch, ()) == ["fetching the installer", "installing 3 packages"]


@pytest.mark.parametrize("failing", ["fetching the installer", "installing 3 packages"])
def test_pip_installs_when_uv_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    assert run_install(tmp_path, monkeypatch, (failing,))[-1] == "installing 3 packages with pip"


def test_a_failure_is_told_in_pips_last_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StopError, match=r"could not be installed(.|\n)*no route to the index"):
        run_install(tmp_path, monkeypatch, ("fetching the installer", "installing 3 packages with pip"))
