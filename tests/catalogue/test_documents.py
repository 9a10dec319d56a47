"""docs/events.md holds every key of an event file, every name of the catalogue, and an example that works."""

import re
from pathlib import Path

from tocsin.catalogue import borders, network_of, radars, read_event, satellites, vehicles
from tocsin.catalogue.schema import DEFAULT_START_UTC, TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVENTS = (DOCS / "events.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """The text under the second-level heading that begins so."""
    (text,) = (part for part in EVENTS.split("\n## ") if part.startswith(heading))
    return text


def test_every_key_is_documented_where_it_belongs() -> None:
    for path, table in TABLES.items():
        text = section(f"`[{path[0]}" if path[:1] != ("flight",) else "`[[flight]]`") if path else EVENTS
        for key in table.model_fields:
            in_code = rf"`[^`]*\b{key}\b[^`]*`"
            assert re.search(in_code, text), (path, key)
    assert f'`"{DEFAULT_START_UTC}"`' in section("At the top")


def test_every_satellite_radar_and_vehicle_is_named() -> None:
    for thing in (*satellites(), *radars(), *vehicles()):
        assert f"`{thing.key}`" in EVENTS, thing.key


def test_the_example_can_be_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", EVENTS, flags=re.DOTALL)
    file = tmp_path / "example.toml"
    file.write_text(example, encoding="utf-8")
    event = read_event(file)
    assert len(event.flights) == 2
    assert [r.key for r in network_of(event.network).radars] == ["MIS1", "YEN", "HYP-HUA"]


def test_the_borders_page_names_the_source() -> None:
    text = (DOCS / "borders.md").read_text(encoding="utf-8")
    assert "Natural Earth 4.1.0" in text
    assert "`world-atlas` 2.0.2" in text
    assert "Natural Earth 4.1.0" in borders().source
    assert borders().source.endswith("world-atlas 2.0.2")
