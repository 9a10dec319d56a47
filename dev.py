#!/usr/bin/env python3
"""Tocsin's workshop: `python3 dev.py COMMAND` sets up what the command needs, once, and runs it.

Standard library only. A Python too old for Tocsin must still be able to read this file and say so.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"Tocsin needs Python 3.11 or later; this is Python {sys.version.split()[0]} ({sys.executable}).\n"
        "Install a later one and start again with it, as in: python3.12 dev.py demo"
    )

import difflib
import os
import subprocess
from pathlib import Path

from workshop.environment import Environment, set_up
from workshop.installer import pip_config, uv_settings
from workshop.terminal import StopError, become, say

ROOT = Path(__file__).resolve().parent
ENV = Environment(ROOT, Path(os.environ.get("TOCSIN_VENV") or ROOT / ".venv").absolute())


def demo(args: list[str]) -> int:
    """see one real launch seen, tracked, assessed and told"""
    return run(["demo", *args])


def run(args: list[str]) -> int:
    """run any command of Tocsin, as in: dev.py run -- events"""
    set_up(ENV, "runtime")
    return become(ENV.python, "-m", "tocsin", *(args[1:] if args[:1] == ["--"] else args))


def test(args: list[str]) -> int:
    """run the tests, on every core; further arguments go to pytest, on one"""
    set_up(ENV, "dev")
    os.chdir(ROOT)
    return become(ENV.python, "-m", "pytest", *(args or ["-n", "auto", "--dist", "loadfile"]))


def check(args: list[str]) -> int:
    """check the format, the lint rules, the types and the import contracts"""
    if args:
        raise StopError("check takes no arguments")
    set_up(ENV, "dev")
    failed = []
    for line in ("ruff format --check .", "ruff check .", "mypy", "lint-imports --no-logo"):
        say(f"== {line}")
        name, *rest = line.split()
        if subprocess.call([ENV.bin / name, *rest], cwd=ROOT):
            failed.append(line)
    say(f"failed: {'; '.join(failed)}" if failed else "all checks pass")
    return 1 if failed else 0


def lock(args: list[str]) -> int:
    """make the lock files anew from pyproject.toml; with --upgrade, from the latest versions"""
    set_up(ENV, "dev")
    flags, env = uv_settings(pip_config(str(ENV.python)), os.environ)
    uv = [
        str(ENV.bin / "uv"),
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--generate-hashes",
    ]
    uv += ["--no-emit-index-url", "--no-annotate", "--no-header", *flags, *args]
    runtime, dev, bench = (ENV.lock(kind).name for kind in ("runtime", "dev", "bench"))
    each = (
        ["-o", runtime],
        ["--group", "dev", "--constraint", runtime, "-o", dev],
        ["--group", "dev", "--group", "bench", "--constraint", dev, "-o", bench],
    )
    return max(subprocess.call([*uv, *part], cwd=ROOT, env=env) for part in each)


def bench(args: list[str]) -> int:
    """run the benchmark of that name"""
    return script("benchmarks", args, "bench")


def soak(args: list[str]) -> int:
    """run the statistics or faults of that name at their full size"""
    return script("soaks", args, "dev")


def script(folder: str, args: list[str], kind: str) -> int:
    """Run folder/NAME.py, named with a hyphen or an underscore."""
    known = {p.stem.replace("_", "-"): p for p in sorted((ROOT / folder).glob("*.py"))}
    name = args[0].replace("_", "-") if args else ""
    if name not in known:
        raise StopError(f"give one of: {', '.join(known)}")
    set_up(ENV, kind)
    os.chdir(ROOT)
    return become(ENV.python, known[name], *args[1:])


COMMANDS = {command.__name__: command for command in (demo, run, test, check, lock, bench, soak)}


def main(args: list[str]) -> int:
    """Run the named command; its exit status."""
    if not args or args[0] in ("-h", "--help", "help"):
        print("usage: python3 dev.py COMMAND [ARGUMENTS]\n")
        print("\n".join(f"  {name:7}{command.__doc__}" for name, command in COMMANDS.items()))
        return 0
    if args[0] not in COMMANDS:
        near = difflib.get_close_matches(args[0], COMMANDS, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(COMMANDS)}"
        say(f"dev.py: no command {args[0]!r}; {hint}")
        return 2
    try:
        return COMMANDS[args[0]](args[1:])
    except StopError as problem:
        say(f"dev.py: {problem}")
        return 1
    except KeyboardInterrupt:
        say("\ndev.py: stopped; a set-up that was under way will be done again")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
