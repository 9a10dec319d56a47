"""docs/events.md holds every key of an event file, every name of the catalogue, and an example that works."""

import re
from pathlib import Path

import pytest

from tocsin.catalogue import borders, network_of, radars, read_event, satellites, vehicles
from tocsin.catalogue.fields import LEAST_RCS_M2
from tocsin.catalogue.plan import KINDS, plan_names
from tocsin.catalogue.schema import DEFAULT_START_UTC, TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVENTS = (DOCS / "events.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """The text under the second-level heading that begins so."""
    (text,) = (part for part in EVENTS.split("\n## ") if part.startswith(heading))
    return text


def test_every_key_is_documented_where_it_belongs() -> None:
    for path, table in TABLES.items():
        text = section(f"`[[{path[0]}]]`" if path[0] in KINDS else f"`[{path[0]}]`") if path else EVENTS
        for key in table.model_fields:
            in_code = rf"`[^`]*\b{key}\b[^`]*`"
            assert re.search(in_code, text), (path, key)
    assert f'`"{DEFAULT_START_UTC}"`' in section("At the top")


def rows(kind: str) -> list[tuple[str, str, str]]:
    """Key, what and default of the rows of a kind's table that are of one key."""
    text, *_ = section(f"`[[{kind}]]`" if kind in KINDS else f"`[{kind}]`").split("\n`[[")
    return re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|$", text, re.MULTILINE)


@pytest.mark.parametrize("kind", [*KINDS, "nature"])
def test_defaults_and_limits_are_as_documented(kind: str) -> None:
    for key, what, default in rows(kind):
        field = TABLES[(kind,)].model_fields[key]
        assert ("needed" in default) == field.is_required(), (kind, key)
        if told := re.match(r"[\d,]*\d", default):
            assert float(told[0].replace(",", "")) == field.default, (kind, key)
        if field.annotation is bool:
            assert default == f"`{field.default}`".lower(), (kind, key)
        bounds = {n: getattr(m, n) for m in field.metadata for n in ("ge", "le") if hasattr(m, n)}
        if bounds and (limits := re.search(r"([\d.]+) to ([\d,.]*\d(?:e\d+)?)", what)):
            least, most = (float(text.replace(",", "")) for text in limits.groups())
            assert (bounds.get("ge", LEAST_RCS_M2), bounds["le"]) == (least, most), (kind, key)


def test_every_satellite_radar_and_vehicle_is_named() -> None:
    for thing in (*satellites(), *radars(), *vehicles()):
        assert f"`{thing.key}`" in EVENTS, thing.key


def test_the_examples_can_be_read(tmp_path: Path) -> None:
    """The first is a whole event; each of the others an event with a name and start put before it."""
    whole, *parts = re.findall(r"```toml\n(.*?)```", EVENTS, flags=re.DOTALL)
    for name in ("track.oem", "telemetry.json"):
        (tmp_path / name).touch()
    file = tmp_path / "example.toml"
    file.write_text(whole, encoding="utf-8")
    event = read_event(file)
    assert len(event.flights) == 2
    assert [r.key for r in network_of(event.network).radars] == ["MIS1", "YEN", "HYP-HUA"]
    head = 'name = "a part"\nstart_utc = "2025-07-15T00:00:00Z"\n'
    seen = set()
    for part in parts:
        file.write_text(head + part, encoding="utf-8")
        seen |= {name.split()[0] for name in plan_names(read_event(file).flights)}
    assert seen == set(KINDS)
    file.write_text(head + "\n".join(parts), encoding="utf-8")
    assert len(read_event(file).flights) == len(parts) + 2


def test_the_borders_page_names_the_source() -> None:
    text = (DOCS / "borders.md").read_text(encoding="utf-8")
    assert "Natural Earth 4.1.0" in text
    assert "`world-atlas` 2.0.2" in text
    assert "Natural Earth 4.1.0" in borders().source
    assert borders().source.endswith("world-atlas 2.0.2")
