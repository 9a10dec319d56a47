"""Telemetry: what is read is what was written, and every bad table is one line that says what to do."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.interchange.launch_events import LaunchEvents, read_launch_events
from tocsin.interchange.telemetry import read_telemetry

T = [float(t) for t in range(31)]
SPEED = [12.0 * t for t in T]
KM = [0.006 * t * t for t in T]


def columns(**changed):
    return {"time": T, "velocity": SPEED, "altitude": KM, **changed}


def put(values, at, value):
    return [*values[:at], value, *values[at + 1 :]]


ROWS = tuple(zip(T, SPEED, KM, strict=True))


def csv_text(rows=ROWS, head="time_s,speed_m_s,height_km"):
    return "\n".join([head, *(",".join(str(value) for value in row) for row in rows)]) + "\n"


def refused(file: Path, *wanted: str) -> None:
    with pytest.raises(TocsinError) as error:
        read_telemetry(file)
    (line,) = error.value.problems
    assert line.startswith(f"{file}:")
    assert "\n" not in line
    for part in wanted:
        assert part in line


def test_json_and_csv_tell_the_same(tmp_path):
    (tmp_path / "a.analysed.json").write_text(json.dumps(columns()))
    (tmp_path / "a.csv").write_text("\ufeff" + csv_text().replace("\n", "\r\n") + "\n")
    turned = [(h, v, t) for t, v, h in ROWS]
    (tmp_path / "b.csv").write_text(csv_text(turned, "height_km, speed_m_s, time_s"))
    for name in ("a.analysed.json", "a.csv", "b.csv"):
        read = read_telemetry(tmp_path / name)
        assert read.name == name[0]
        np.testing.assert_allclose([read.t, read.speed, read.height], [T, SPEED, np.array(KM) * 1e3])
        assert read.events == LaunchEvents()


def test_the_events_beside_it(tmp_path):
    told = {"maxq": 10, "meco": 15, "ses1": 20.5, "seco1": None, "boostback_start": 25}
    (tmp_path / "a.events.json").write_text(json.dumps(told))
    (tmp_path / "a.analysed.json").write_text(json.dumps(columns()))
    (tmp_path / "a.csv").write_text(csv_text())
    for name in ("a.analysed.json", "a.csv"):
        assert read_telemetry(tmp_path / name).events == LaunchEvents(15.0, 20.5, None, 25.0)


NAN, HUGE = float("nan"), 10**400
BAD_JSON = {
    "no time": ({"velocity": SPEED, "altitude": KM}, "time: there is no list"),
    "a word for a list": (columns(velocity="fast"), "velocity: there is no list"),
    "a list of columns": ([T, SPEED, KM], "time: there is no list"),
    "nan": (columns(altitude=put(KM, 4, NAN)), "altitude[4]: 'nan' is no height"),
    "infinite": (columns(time=put(T, 30, float("inf"))), "time[30]: 'inf' is no time"),
    "text": (columns(velocity=put(SPEED, 7, "300")), "velocity[7]: '300' is no speed"),
    "null": (columns(velocity=put(SPEED, 7, None)), "velocity[7]: 'None' is no speed"),
    "true": (columns(time=put(T, 1, True)), "time[1]: 'True' is no time"),
    "a list in it": (columns(altitude=put(KM, 0, [1.0])), "altitude[0]"),
    "huge": (columns(altitude=put(KM, 9, HUGE)), "altitude[9]"),
    "metres": (columns(altitude=[h * 1e4 for h in KM]), "give -1 to 10000 km"),
    "negative speed": (columns(velocity=put(SPEED, 3, -1.0)), "velocity[3]: '-1.0' is no speed"),
    "unequal": (columns(time=T[:-1]), "lists of unequal length: time 30, velocity 31, altitude 31"),
    "backwards": (columns(time=put(T, 20, 3.0)), "time[20]: the time 3 s does not come after 19 s"),
    "twice": (columns(time=put(T, 20, 19.0)), "time[20]: the time 19 s"),
    "a gap": (columns(time=[*T[:20], *(t + 10.0 for t in T[20:])]), "time[20]: a gap of 11 s"),
    "late": (columns(time=[t + 40.0 for t in T]), "time[0]: begins 40 s after lift-off"),
    "from above": (columns(altitude=[h + 20.0 for h in KM]), "at 20 km"),
    "a descent": (columns(altitude=KM[::-1], velocity=SPEED[::-1]), "at 5.4 km"),
    "on the ground": (columns(altitude=[0.0] * 31), "never climbs"),
    "at rest": (columns(velocity=[0.0] * 31), "never climbs"),
    "short": ({key: v[:15] for key, v in columns().items()}, "tells of 14 s only"),
    "few": ({key: v[:9] for key, v in columns().items()}, "9 samples"),
    "none": (columns(time=[], velocity=[], altitude=[]), "0 samples"),
}


@pytest.mark.parametrize("case", BAD_JSON)
def test_a_json_table_that_is_none(case, tmp_path):
    value, wanted = BAD_JSON[case]
    (tmp_path / "bad.json").write_text(json.dumps(value))
    refused(tmp_path / "bad.json", wanted)


BAD_BYTES = {
    "empty.json": b"",
    "cut.json": json.dumps(columns()).encode()[:-20],
    "deep.json": b"[" * 100_000,
    "number.json": b'{"time": [' + b"9" * 5000 + b"]}",
    "binary.json": bytes(range(256)),
    "binary.csv": b"\x00\x01\x02" * 100,
    "utf16.csv": csv_text().encode("utf-16"),
    "empty.csv": b"\n\n",
    "head.csv": csv_text(head="t,v,h").encode(),
    "wide.csv": csv_text().replace("2.0,24.0", "2.0,24.0,7").encode(),
    "text.csv": csv_text().replace("24.0", "fast").encode(),
    "nan.csv": csv_text().replace("24.0", "nan").encode(),
    "huge.csv": csv_text().replace("24.0", "1e999").encode(),
    "backwards.csv": csv_text().replace("\n2.0,", "\n0.5,").encode(),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_a_file_that_is_no_table(name, tmp_path):
    (tmp_path / name).write_bytes(BAD_BYTES[name])
    refused(tmp_path / name)


def test_a_csv_names_the_line(tmp_path):
    for name, wanted in (
        ("text.csv", "text.csv:4: speed_m_s: 'fast'"),
        ("backwards.csv", "backwards.csv:4: the time 0.5 s"),
    ):
        (tmp_path / name).write_bytes(BAD_BYTES[name])
        refused(tmp_path / name, wanted)


def test_no_file_and_a_folder(tmp_path):
    refused(tmp_path / "nothing.json", "no such file")
    (tmp_path / "folder.csv").mkdir()
    refused(tmp_path / "folder.csv", "is not a file")


BAD_EVENTS = {
    "no json": ("meco: 150", "is not JSON"),
    "a list": ("[150]", "is no JSON object"),
    "text": ('{"meco": "150"}', "meco: '150' is no time"),
    "negative": ('{"ses1": -3}', "ses1: '-3' is no time"),
    "nan": ('{"meco": NaN}', "meco: 'nan' is no time"),
    "order": ('{"meco": 150, "seco1": 140}', "seco1: 140 s does not come after meco, 150 s"),
    "the turn": ('{"meco": 150, "boostback_start": 90}', "boostback_start: 90 s does not come after meco"),
}


@pytest.mark.parametrize("case", BAD_EVENTS)
def test_events_that_are_none(case, tmp_path):
    text, wanted = BAD_EVENTS[case]
    file = tmp_path / "a.events.json"
    file.write_text(text)
    with pytest.raises(TocsinError) as error:
        read_launch_events(file)
    (line,) = error.value.problems
    assert line.startswith(f"{file}: ")
    assert wanted in line


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["time", "velocity", "altitude"]),
        st.lists(st.floats() | st.integers() | st.text(max_size=3) | st.none(), max_size=12) | st.integers(),
    ),
    st.binary(max_size=60),
)
def test_whatever_a_file_holds_is_read_or_refused_in_one_line(tmp_path_factory, value, data):
    folder = tmp_path_factory.mktemp("any")
    (folder / "any.json").write_text(json.dumps(value))
    (folder / "any.csv").write_bytes(data)
    for name in ("any.json", "any.csv"):
        refused(folder / name)


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("Iridium_NEXT_4", LaunchEvents(153.0, 164.0, 543.0, None)),
        ("SpaceX_CRS-12", LaunchEvents(147.0, None, None, 166.0)),
    ],
)
def test_real_launches(name, events, reference):
    read = read_telemetry(reference / "sensors" / "telemetry" / f"{name}.analysed.json")
    assert (read.name, read.events) == (name, events)
    assert len(read.t) > 480
    assert 1500.0 < read.speed[150] < 2000.0
    assert 60e3 < read.height[150] < 70e3
