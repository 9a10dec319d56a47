"""The files that an event names: relative to its own folder, and there."""

from pathlib import Path
from typing import Any

from tocsin.catalogue.complaints import Problem

FORMS = {"path": (".oem", ".csv"), "ascent": (".json", ".csv")}


def file_problems(raw: dict[str, Any], folder: Path) -> list[Problem]:
    """Files of paths and ascents that are not there, or of another form than can be read."""
    found: list[Problem] = []
    for kind, forms in FORMS.items():
        rows = raw.get(kind)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            name = row.get("file") if isinstance(row, dict) else None
            what = _problem(name, folder, forms) if isinstance(name, str) and name else None
            if what is not None:
                found.append(((kind, number, "file"), what))
    return found


def _problem(name: str, folder: Path, forms: tuple[str, ...]) -> str | None:
    file = folder / name
    if file.suffix.lower() not in forms:
        return f"is {name!r}; give a file whose name ends in {' or '.join(forms)}"
    try:
        if file.is_file():
            return None
        missing = "is not a file" if file.exists() else "no such file"
    except (OSError, ValueError) as reason:
        return f"{name!r} cannot be read ({getattr(reason, 'strerror', None) or reason}); give another"
    return f"{file}: {missing}; give it relative to the event's own folder"
