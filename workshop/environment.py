"""The environment in .venv: made once, stamped when finished, made again when what it depends on changes."""

import hashlib
import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from workshop.installer import install
from workshop.terminal import StopError, say, step

NEEDED_MB = {"runtime": 600, "dev": 1000, "bench": 1500}
LOCKS = {
    "runtime": "requirements.lock",
    "dev": "requirements-dev.lock",
    "bench": "requirements-bench.lock",
}


@dataclass(frozen=True, slots=True)
class Environment:
    """A checkout and the folder of the virtual environment that serves it."""

    checkout: Path
    venv: Path

    @property
    def bin(self) -> Path:
        """The folder of the environment's commands."""
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.bin / "python"

    @property
    def stamp(self) -> Path:
        """The file that says dev.py made this environment, and holds the keys of the finished set-ups."""
        return self.venv / "tocsin-setup"

    def lock(self, kind: str) -> Path:
        """The lock file of the `runtime`, the `dev` or the `bench` packages; each holds those before it."""
        return self.checkout / LOCKS[kind]

    def key(self, kind: str) -> str:
        """What a set-up depends on, as a hash: the Python, the places and the locked packages."""
        text = f"{sys.version}\0{self.venv}\0{self.checkout}\0".encode() + self.lock(kind).read_bytes()
        return hashlib.sha256(text).hexdigest()

    def has(self, kind: str) -> bool:
        """Whether a finished set-up of `kind` is there."""
        try:
            return os.access(self.python, os.X_OK) and self.key(kind) in self.stamp.read_text().split()
        except OSError:
            return False


def set_up(env: Environment, kind: str) -> None:
    """Make the environment hold the packages of `kind`, unless it does; StopError says what is missing."""
    if env.has(kind):
        return
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise StopError(
            f"this Python ({sys.executable}) comes without venv and ensurepip.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv"
        )
    say(f"Setting up Tocsin in {env.venv} (once)")
    try:
        _set_up(env, kind)
    except OSError as error:
        raise StopError(
            f"cannot write the environment: {error}\n"
            "If this checkout is read-only, name another folder for it: TOCSIN_VENV=FOLDER python3 dev.py ..."
        ) from None


def _set_up(env: Environment, kind: str) -> None:
    fresh = not env.has("runtime")
    if fresh:
        clear(env)
    free_mb = shutil.disk_usage(env.venv).free / 1e6
    if free_mb < NEEDED_MB[kind]:
        raise StopError(f"{env.venv} needs {NEEDED_MB[kind]} MB of disk; {free_mb:.0f} MB are free")
    # Empty until the end: a set-up that was interrupted is done again from the start.
    env.stamp.write_text("")
    if fresh:
        # The base interpreter, in case this one runs in the environment that is being replaced.
        base = getattr(sys, "_base_executable", None) or sys.executable
        code, log = step("making the environment", [base, "-m", "venv", str(env.venv)])
        if code:
            raise StopError(f"python -m venv failed; its last lines:\n{log}")
    install(env.lock(kind), env.lock("dev"), env.venv, env.bin, os.environ)
    link(env)
    held = list(LOCKS)[: list(LOCKS).index(kind) + 1]
    env.stamp.write_text(" ".join(env.key(k) for k in held))


def clear(env: Environment) -> None:
    """Make the folder empty but for an empty stamp; a folder that dev.py did not make is left alone."""
    if env.venv.exists() and not env.stamp.exists() and any(env.venv.iterdir()):
        raise StopError(
            f"{env.venv} is there, but dev.py did not make it.\n"
            "Remove it, or name another folder: TOCSIN_VENV=FOLDER python3 dev.py ..."
        )
    env.venv.mkdir(parents=True, exist_ok=True)
    env.stamp.write_text("")
    for child in env.venv.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child != env.stamp:
            child.unlink()


def link(env: Environment) -> None:
    """Make the checkout itself importable in the environment, and `tocsin` a command there."""
    places = {"base": str(env.venv), "platbase": str(env.venv)}
    site = Path(sysconfig.get_path("purelib", "venv", places))
    (site / "tocsin.pth").write_text(f"{env.checkout / 'src'}\n", encoding="utf-8")
    script = env.bin / "tocsin"
    script.write_text(f"#!{env.python}\nimport sys\n\nfrom tocsin.cli import main\n\nsys.exit(main())\n")
    script.chmod(0o755)
