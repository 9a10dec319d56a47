"""What a centre refuses, before anything changes."""

from __future__ import annotations

import pytest

from tests.centre.conftest import Run
from tocsin.centre.centre import Centre
from tocsin.centre.joint import simulated_ring
from tocsin.centre.journal import NullJournal
from tocsin.centre.setup import setups
from tocsin.errors import TocsinError
from tocsin.exchange.codec import encode_scan
from tocsin.exchange.envelope import seal
from tocsin.exchange.keys import simulated_key


def centre(run: Run, name: str) -> Centre:
    made = setups(run.network)
    mine = next(s for s in made if s.name == name)
    return Centre(mine, simulated_ring(made, "simulated"), "simulated", NullJournal())


def sealed(run: Run, sensor: str, signer: str, seq: int = 1, origin: str = "simulated") -> bytes:
    scan = next(s for s in run.world.scans if s.sensor == sensor)
    return seal(simulated_key(origin, signer), "scan", seq, scan.t, encode_scan(scan))  # type: ignore[arg-type]


def test_a_scan_is_taken_once(hwasong: Run) -> None:
    russia = centre(hwasong, "russia")
    data = sealed(hwasong, "MIS1", "MIS1")
    assert russia.receive(data) == ()
    with pytest.raises(TocsinError, match="came before"):
        russia.receive(data)


def test_a_sensor_of_the_other_centre_is_refused(hwasong: Run) -> None:
    with pytest.raises(TocsinError, match="has no sensor 'MIS1'"):
        centre(hwasong, "china").receive(sealed(hwasong, "MIS1", "MIS1"))


def test_one_sensor_cannot_speak_for_another(hwasong: Run) -> None:
    with pytest.raises(TocsinError, match="not believed"):
        centre(hwasong, "russia").receive(sealed(hwasong, "MIS1", "MIS2"))


def test_an_exercise_never_enters_another_picture(hwasong: Run) -> None:
    with pytest.raises(TocsinError):
        centre(hwasong, "russia").receive(sealed(hwasong, "MIS1", "MIS1", origin="exercise"))


def test_a_changed_byte_is_refused(hwasong: Run) -> None:
    data = bytearray(sealed(hwasong, "MIS1", "MIS1"))
    data[-1] ^= 1
    with pytest.raises(TocsinError, match="signature"):
        centre(hwasong, "russia").receive(bytes(data))
