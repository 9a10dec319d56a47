"""Where the compiled kernels are kept: one cache folder for each state of the source.

Numba's cache notices a change in the file that holds a kernel, but not a changed constant that the kernel
took from another module: it would go on answering with the old number. So the folder's name is a hash of
every module with a kernel and of all that these import, and of the numba, llvmlite, numpy and Python that
compiled them.
"""

import atexit
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).parent
COMPILED = re.compile(r"^(?:from|import) (?:numba|tocsin\.earth\.kernel)\b", re.MULTILINE)
IMPORTED = re.compile(r"^from (tocsin[\w.]*) import (\([^)]*\)|.*)$|^import (tocsin[\w.]*)", re.MULTILINE)
KEPT_FOLDERS = 3
IN_USE_S = 3600.0


def prepare() -> None:
    """Point Numba at the folder of this source, unless the user has chosen a cache folder.

    Must run before Numba is first imported. A folder chosen by a parent Tocsin is chosen anew.
    """
    # An active wait makes a loaded machine many times slower in parallel kernels.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # The fits' matrices are small: threads cost more than they save, and one thread gives the same bits.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    root = cache_root()
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen and Path(chosen).parent != root:
        return
    folder = make_folder(root, source_key(PACKAGE))
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if "numba" in sys.modules:
        sys.modules["numba"].config.reload_config()


def cache_root() -> Path:
    """The user's own cache folder for kernels, by the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    parent = Path(base) if os.path.isabs(base) else Path(os.path.expanduser("~")) / ".cache"
    return parent / "tocsin" / "kernels"


def source_key(package: Path) -> str:
    """A hash of the kernels under `package`, what they may hold and what compiles them: 16 hex digits."""
    digest = hashlib.sha256(sys.version.encode())
    # Reading the version files is 40 ms faster than importing importlib.metadata.
    for module, file in (("numba", "_version.py"), ("llvmlite", "_version.py"), ("numpy", "version.py")):
        spec = find_spec(module)
        if spec and spec.origin:
            digest.update((Path(spec.origin).parent / file).read_bytes())
    for source in sorted([*kernel_sources(package), *package.rglob("egm2008.txt")]):
        text = source.read_bytes()
        digest.update(f"\0{source.relative_to(package).as_posix()}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()[:16]


def kernel_sources(package: Path) -> set[Path]:
    """The modules with kernels and all that they import from the package, directly or not.

    Read from the text, so that a start imports nothing for it; an import that is not at the margin gives a
    kernel no constant.
    """
    text = {
        ".".join(("tocsin", *source.relative_to(package).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): source
        for source in package.rglob("*.py")
        if not source.name.startswith(".")  # an editor's lock, which may point nowhere
    }
    found: set[str] = set()
    waiting = [name for name, source in text.items() if COMPILED.search(source.read_text(encoding="utf-8"))]
    while waiting:
        name = waiting.pop()
        if name in found or name not in text:
            continue
        found.add(name)
        for module, names, alone in IMPORTED.findall(text[name].read_text(encoding="utf-8")):
            origin = module or alone
            parts = origin.split(".")
            waiting += [".".join(parts[: k + 1]) for k in range(len(parts))]
            waiting += [f"{origin}.{word}" for word in re.findall(r"\w+", names)]
    return {text[name] for name in found}


def make_folder(root: Path, key: str) -> Path:
    """The folder `root/key`, made and tried; where that fails, one that ends with this process."""
    folder = root / key
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Also moves the folder's modification time, by which the old ones are known.
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="tocsin-kernels-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
    drop_old(root)
    return folder


def drop_old(root: Path) -> None:
    """Delete all but the newest folders, sparing those that a running process may still be using."""
    with suppress(OSError):  # another process may be deleting the same folders
        used = sorted(((p.stat().st_mtime, p) for p in root.iterdir()), reverse=True)
        for moment, folder in used[KEPT_FOLDERS:]:
            if time.time() - moment > IN_USE_S:
                shutil.rmtree(folder, ignore_errors=True)
