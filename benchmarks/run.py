"""Run the benchmarks that are named, or say which there are: `python3 dev.py bench NAME [ARGUMENTS]`."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main(args: list[str]) -> int:
    """Run one benchmark in a fresh process; its exit status."""
    known = {p.stem: p for p in sorted(FOLDER.glob("*.py")) if p.name != "run.py"}
    if args and args[0] in known:
        return subprocess.call([sys.executable, known[args[0]], *args[1:]])
    print(f"usage: python3 dev.py bench NAME [ARGUMENTS]; there are: {', '.join(known)}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
