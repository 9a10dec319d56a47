"""What is no track's is in the journal: silent sensors, and input that was left out."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace

from tests.track.scenes import watched
from tocsin.catalogue import event, network_of
from tocsin.centre.centre import Centre
from tocsin.centre.joint import simulated_ring
from tocsin.centre.journal import FILE, RunJournal, notices
from tocsin.centre.notice import notices_of_input
from tocsin.centre.setup import setups
from tocsin.exchange.codec import encode_scan
from tocsin.exchange.envelope import seal
from tocsin.exchange.keys import simulated_key

OCEAN = "ocean-arc-2025-07-15"


def told(folder, scans):
    """The notices of Russia's centre after these scans."""
    known = event(OCEAN)
    made = setups(network_of(known.network, known.start_utc))
    russia = next(s for s in made if s.name == "russia")
    with RunJournal(folder) as journal:
        centre = Centre(russia, simulated_ring(made, "simulated"), "simulated", journal)
        for k, scan in enumerate(scans):
            key = simulated_key("simulated", scan.sensor)
            centre.receive(seal(key, "scan", k + 1, scan.t, encode_scan(scan)))
    return notices(folder)


def test_a_silent_sensor_and_what_was_left_out_are_noted(tmp_path):
    _, t0, _, scans = watched(OCEAN, "russia", 2)
    scans = [s for s in scans if t0 + 20.0 < s.t < t0 + 110.0]
    dead = next(s.sensor for s in scans if s.kind == "radar")
    scans = [s for s in scans if s.sensor != dead or s.t < t0 + 30.0]
    at = next(k for k, s in enumerate(scans) if s.kind == "telescope" and len(s) > 1)
    bad = replace(scans[at], t_look=scans[at].t_look - 30.0)
    noted = told(tmp_path / "run", [*scans[:at], bad, scans[at + 1], scans[at + 1], *scans[at + 2 :]])
    assert [n.about for n in noted if n.what == "silent"] == [dead]
    refused = [n for n in noted if n.what == "looks refused"]
    assert [(n.about, n.count) for n in refused] == [(bad.sensor, len(bad))]
    assert [n.about for n in noted if n.what == "scan came twice"] == [scans[at + 1].sensor]
    assert (tmp_path / "run" / FILE).is_file()


def test_of_a_sound_run_nothing_is_noted(tmp_path):
    _, t0, _, scans = watched(OCEAN, "russia", 2)
    assert told(tmp_path / "run", [s for s in scans if t0 + 20.0 < s.t < t0 + 40.0]) == ()


def test_a_look_set_aside_for_a_known_object_is_no_input_left_out():
    before, after = Counter({"looks shed": 2}), Counter({"looks shed": 5, "looks of known objects": 40})
    noted = notices_of_input("russia", 0.0, "LEK", before, after)
    assert [(n.what, n.count) for n in noted] == [("looks shed", 3)]


def test_a_journal_from_before_there_were_notices_has_none(tmp_path):
    with RunJournal(tmp_path / "older"):
        pass
    with closing(sqlite3.connect(tmp_path / "older" / FILE)) as db:
        db.execute("DROP TABLE notice")
        db.execute("PRAGMA user_version = 1")
        db.commit()
    assert notices(tmp_path / "older") == ()
