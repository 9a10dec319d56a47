"""The user's own catalogue: what is added is had back."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from tests.catalogue.ownfiles import EVENT, RADAR, SET, written
from tocsin.catalogue import RadarSite, network, radars, read_event, satellites
from tocsin.catalogue.keeping import keep_elements, keep_radars
from tocsin.catalogue.known import known_radar, known_radars, known_satellites
from tocsin.errors import TocsinError
from tocsin.motion.orbit import satellite_states

pytestmark = pytest.mark.usefixtures("own_catalogue")


def test_a_radar_is_had_back_with_what_is_assumed_of_its_band(tmp_path: Path, own_catalogue: Path) -> None:
    assert keep_radars(written(tmp_path, RADAR), None) == ("MINE",)
    assert [f.name for f in own_catalogue.iterdir()] == ["MINE.toml"]
    mine = known_radar("MINE")
    like = next(r for r in radars() if r.band == "UHF" and not r.hypothetical and r.status == "duty")
    assert mine is not None
    assert (mine.lat_deg, mine.lon_deg, mine.sector_deg, mine.boresight_deg) == (60.0, 30.5, 120.0, 0.0)
    assert mine.source == "added by the user: an exercise"
    assert (mine.country, mine.type) == ("not given", "not given")
    for field in dataclasses.fields(RadarSite):
        if "assumed" in mine.notes.get(field.name, ""):
            assert getattr(mine, field.name) == getattr(like, field.name)
            assert like.notes[field.name] == mine.notes[field.name]
    assert "assumed" in mine.notes["bandwidth_hz"]
    assert mine.ranges == like.ranges


def test_figures_notes_and_ranges_of_ones_own_take_the_defaults_place(tmp_path: Path) -> None:
    more = """\
range_max_km = 4321.5
revisit_s = 2.0
capacity = 7
in_service_from_utc = 2020-01-01
notes = { revisit_s = "read off a \\"film\\"" }
ranges = { revisit_s = [1, 3.5] }
"""
    keep_radars(
        written(tmp_path, RADAR.replace('source = "an exercise"\n', more)), "a \u201cbook\u201d, p. 7"
    )
    mine = known_radar("MINE")
    assert mine is not None
    assert (mine.range_max_km, mine.revisit_s, mine.capacity) == (4321.5, 2.0, 7)
    assert mine.in_service_from_utc == "2020-01-01T00:00:00Z"
    assert mine.notes["revisit_s"] == 'read off a "film"'
    assert "range_max_km" not in mine.notes
    assert mine.ranges["revisit_s"] == (1.0, 3.5)
    assert mine.source == "added by the user: a \u201cbook\u201d, p. 7"


def test_a_file_of_two_arrays_makes_two_files(tmp_path: Path, own_catalogue: Path) -> None:
    keys = keep_radars(written(tmp_path, RADAR + RADAR.replace("MINE", "MINE-2")), None)
    assert keys == ("MINE", "MINE-2")
    assert sorted(f.name for f in own_catalogue.iterdir()) == ["MINE-2.toml", "MINE.toml"]


def test_a_satellite_is_where_its_elements_say(own_catalogue: Path) -> None:
    assert keep_elements("here", "my-sat", "MY SAT", SET) == "my-sat"
    mine = known_satellites()["my-sat"]
    (kept,) = mine.elements
    built = next(s for s in satellites() if s.norad == SET.norad)
    assert mine.source == "added by the user: a friend"
    assert [s.state for s in mine.states] == ["working"]
    assert mine.type == built.type
    assert (mine.frame_s, mine.notes["frame_s"]) == (built.frame_s, built.notes["frame_s"])
    t = SET.epoch_t_tai + np.arange(0.0, 86400.0, 3600.0)
    # A microsecond of the epoch is a hundredth of a metre.
    np.testing.assert_allclose(satellite_states(kept, t)[0], satellite_states(SET, t)[0], rtol=0, atol=0.05)


def test_a_further_set_joins_and_the_nearest_is_taken() -> None:
    later = dataclasses.replace(SET, epoch_t_tai=SET.epoch_t_tai + 50 * 86400.0, source="another friend")
    keep_elements("here", "my-sat", "MY SAT", SET)
    keep_elements("here", "my-sat", "SPELT OTHERWISE", later)
    mine = known_satellites()["my-sat"]
    assert (mine.name, mine.source) == ("MY SAT", "added by the user: a friend")
    assert [e.source for e in mine.elements] == ["a friend", "another friend"]
    ((_, used),) = network("2025-09-15", satellites=("my-sat",), radars=()).satellites
    assert used.source == "another friend"
    with pytest.raises(TocsinError, match=r"has an element set of .* already; give one of another date"):
        keep_elements("here", "my-sat", "MY SAT", later)


def test_events_name_ones_own_like_built_in_ones_and_say_so(tmp_path: Path) -> None:
    keep_radars(written(tmp_path, RADAR), None)
    keep_elements("here", "my-sat", "MY SAT", SET)
    file = tmp_path / "event.toml"
    file.write_text(EVENT.format(satellites='"my-sat", "cosmos-2541"', radars='"MINE", "YEN"'))
    choice = read_event(file).network
    chosen = network(choice.date_utc or "", choice.satellites, choice.radars)
    assert [r.key for r in chosen.radars] == ["MINE", "YEN"]
    assert [s.key for s, _ in chosen.satellites] == ["my-sat", "cosmos-2541"]
    assert chosen.notes[-1] == "from your own catalogue: my-sat, MINE"
    assert not any("MY SAT" in note for note in chosen.notes)


def test_ones_own_are_in_no_network_that_does_not_name_them(tmp_path: Path) -> None:
    before = network("2025-07-15")
    keep_radars(written(tmp_path, RADAR), None)
    keep_elements("here", "my-sat", "MY SAT", SET)
    assert network("2025-07-15") == before
    assert len(radars()) + 1 == len(known_radars())


def test_a_satellite_without_elements_for_the_date_is_refused_with_the_place(tmp_path: Path) -> None:
    keep_elements("here", "my-sat", "MY SAT", SET)
    file = tmp_path / "event.toml"
    file.write_text(EVENT.format(satellites='"my-sat"', radars="").replace("2025-07-20", "2024-07-20"))
    with pytest.raises(TocsinError) as told:
        read_event(file)
    (problem,) = told.value.problems
    assert problem.startswith(f"{file}:11: network.satellites: MY SAT has no element set within 60 days of")
    assert "the nearest is of 2025-07-31" in problem


def test_one_satellite_under_two_keys_is_refused(tmp_path: Path) -> None:
    keep_elements("here", "my-sat", "MY SAT", SET)
    with pytest.raises(TocsinError, match="'cosmos-2563' and 'my-sat' are one satellite, 54223; name one"):
        network("2025-07-20", satellites=("cosmos-2563", "my-sat"))
