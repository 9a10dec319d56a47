"""Installing locked packages: with uv, which takes a third of pip's time, or else with pip.

uv itself comes by pip from the lock file. It does not read pip's settings, so they are handed on to it.
"""

import ast
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from workshop.terminal import StopError, step

# pip's settings that uv knows by another name, and what separates several values there.
UV_NAMES = {
    "index-url": ("UV_DEFAULT_INDEX", ""),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", ""),
    "timeout": ("UV_HTTP_TIMEOUT", ""),
    "cert": ("SSL_CERT_FILE", ""),
    "proxy": ("ALL_PROXY", ""),
}


def install(lock: Path, lock_of_uv: Path, venv: Path, bin_folder: Path, env: Mapping[str, str]) -> None:
    """Install every package of `lock` in `venv`; StopError with pip's last lines when that fails."""
    python = str(bin_folder / "python")
    pip = [python, "-m", "pip", "install", "--no-deps", "--no-compile", "--require-hashes"]
    what = f"installing {len(set(package_names(lock.read_text())))} packages"
    uv_only = venv / "uv.lock"
    uv_only.write_text(entry_of("uv", lock_of_uv.read_text()))
    fetch = [*pip, "--only-binary=:all:", "--retries=1", "-r", str(uv_only)]
    if step("fetching the installer", fetch)[0] == 0:
        flags, uv_env = uv_settings(pip_config(python), env)
        uv = [str(bin_folder / "uv"), "pip", "install", "--python", python, "--no-deps", "--require-hashes"]
        if step(what, [*uv, *flags, "-r", str(lock)], uv_env)[0] == 0:
            return
    code, log = step(what + " with pip", [*pip, "-r", str(lock)])
    if code:
        raise StopError(
            f"the packages could not be installed; pip's last lines:\n{log}\n"
            "Is the network up? The index is the one that pip is set to: see `python3 -m pip config list`."
        )


def package_names(lock: str) -> list[str]:
    """The packages that a lock file pins, one a pin."""
    return re.findall(r"^[\w.-]+(?===)", lock, re.MULTILINE)


def entry_of(package: str, lock: str) -> str:
    """The pin of one package with its hashes, as a lock file of its own."""
    entry = re.search(rf"^{re.escape(package)}==(.*\\\n)*.*\n?", lock, re.MULTILINE)
    return entry.group() if entry else ""


def pip_config(python: str) -> str:
    """What `pip config list` says: pip's files and environment, as seen from `python`."""
    listing = [python, "-m", "pip", "config", "list"]
    return subprocess.run(listing, capture_output=True, text=True, check=False).stdout


def uv_settings(listed: str, env: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """The flags and environment that make uv use the indexes, certificates and proxy that pip is set to.

    `listed` is what `pip config list` wrote. What the user has set for uv itself in `env` goes first.
    """
    pip: dict[str, str] = {}
    # pip lists its environment variables first, and lets them override its files.
    for line in sorted(listed.splitlines(), key=lambda line: line.startswith(":env:")):
        name, _, value = line.partition("=")
        section, _, setting = name.rpartition(".")
        if section in ("global", "install", ":env:"):
            pip[setting] = str(ast.literal_eval(value))
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"}  # as pip takes its indexes
    for setting, (name, separator) in UV_NAMES.items():
        if pip.get(setting):
            settings[name] = separator.join(pip[setting].split()) if separator else pip[setting]
    no_index = pip.get("no-index", "").lower() in ("1", "true", "yes", "on")
    return ["--no-index"] if no_index else [], {**settings, **env}
