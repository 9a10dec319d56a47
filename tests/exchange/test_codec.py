"""Scans and reports come back as they went, bit for bit."""

from dataclasses import fields, replace

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.making import a_report, a_scan, reports, scans
from tocsin.errors import TocsinError
from tocsin.exchange.codec import (
    MAX_REPORT_BYTES,
    MAX_SCAN_BYTES,
    decode_report,
    decode_scan,
    encode_report,
    encode_scan,
)
from tocsin.exchange.report import TrackReport
from tocsin.sensor.scan import Scan


def bits(value: object) -> object:
    return (value.shape, value.dtype, value.tobytes()) if isinstance(value, np.ndarray) else value


@given(scans())
def test_a_scan_comes_back_bit_for_bit(scan: Scan) -> None:
    data = encode_scan(scan)
    back = decode_scan(data)
    for field in fields(Scan):
        assert bits(getattr(back, field.name)) == bits(getattr(scan, field.name)), field.name
    assert encode_scan(back) == data


def test_minus_zero_and_the_last_bit_survive() -> None:
    scan = a_scan(2, kind="telescope")
    scan.values[:] = [[-0.0, np.nextafter(0.5, 1.0)], [0.0, 5e-324]]
    assert decode_scan(encode_scan(scan)).values.tobytes() == scan.values.tobytes()


def test_a_scan_in_another_memory_order_is_the_same_scan() -> None:
    scan = a_scan(4)
    scan.values[:] = np.arange(12.0).reshape(4, 3) / 10.0
    other = replace(scan, values=np.asfortranarray(scan.values))
    assert encode_scan(other) == encode_scan(scan)


def test_what_is_decoded_can_be_written_to_and_lies_row_by_row() -> None:
    # A read-only or turned array is another type to a compiled kernel.
    back = decode_scan(encode_scan(a_scan()))
    for name in ("r_ecef", "t_look", "values", "sigmas", "snr"):
        array = getattr(back, name)
        assert array.flags.writeable
        assert array.flags.c_contiguous


def test_a_scan_without_range_rates_takes_no_byte_for_them() -> None:
    plain = a_scan(2)
    assert b"rate" not in encode_scan(plain)
    both = encode_scan(replace(plain, rate=np.array([1.0, -2.0]), rate_sigma=np.array([3.0, 4.0])))
    wire = msgspec.msgpack.decode(both)
    for name in ("rate", "rate_sigma"):
        with pytest.raises(TocsinError, match=f"{name} has 8 bytes, not 16"):
            decode_scan(msgspec.msgpack.encode({**wire, name: wire[name][:8]}))


@given(reports())
def test_a_report_comes_back_bit_for_bit(report: TrackReport) -> None:
    data = encode_report(report)
    back = decode_report(data)
    assert back == report
    assert encode_report(back) == data


@given(st.binary(max_size=300))
def test_no_bytes_end_in_anything_but_a_refusal(data: bytes) -> None:
    for decode in (decode_scan, decode_report):
        with pytest.raises(TocsinError, match="not believed"):
            decode(data)


@given(data=st.data(), which=st.sampled_from(["scan", "report"]))
def test_damaged_bytes_give_a_sound_thing_or_a_refusal(data: st.DataObject, which: str) -> None:
    raw = bytearray(encode_scan(a_scan()) if which == "scan" else encode_report(a_report()))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        if which == "scan":
            encode_scan(decode_scan(bytes(raw)))
        else:
            encode_report(decode_report(bytes(raw)))
    except TocsinError:
        pass


@pytest.mark.parametrize(
    "bomb",
    [
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\x91" * 60_000,
        b"\x82\xa1z" + b"\x91" * 60_000,
        b"\x81\xa5state\x83\xa1t\x01\xa1x\xdd\xff\xff\xff\xff",
        b"\x81\xa6sensor\xa1\xff",
    ],
)
def test_lengths_that_lie_and_nests_without_end_are_refused(bomb: bytes) -> None:
    for decode in (decode_scan, decode_report):
        with pytest.raises(TocsinError, match="not believed"):
            decode(bomb)


def test_too_many_bytes_are_not_even_read() -> None:
    with pytest.raises(TocsinError, match=f"at most {MAX_SCAN_BYTES} are read"):
        decode_scan(bytes(MAX_SCAN_BYTES + 1))
    with pytest.raises(TocsinError, match=f"at most {MAX_REPORT_BYTES} are read"):
        decode_report(bytes(MAX_REPORT_BYTES + 1))


@pytest.mark.parametrize("name", ["r_ecef", "t_look", "values", "sigmas", "snr"])
@pytest.mark.parametrize("change", [-8, -1, 1, 8])
def test_arrays_whose_lengths_do_not_agree_are_refused(name: str, change: int) -> None:
    wire = msgspec.msgpack.decode(encode_scan(a_scan()))
    wire[name] = wire[name][:change] if change < 0 else wire[name] + bytes(change)
    with pytest.raises(TocsinError, match="bytes, not"):
        decode_scan(msgspec.msgpack.encode(wire))


def test_a_newer_sender_may_add_a_field() -> None:
    wire = msgspec.msgpack.decode(encode_report(a_report()))
    assert decode_report(msgspec.msgpack.encode({**wire, "colour": [1, 2]})) == a_report()


def test_a_field_of_another_type_or_missing_is_named() -> None:
    wire = msgspec.msgpack.decode(encode_report(a_report()))
    with pytest.raises(TocsinError, match=r"\$\.infrared"):
        decode_report(msgspec.msgpack.encode({**wire, "infrared": "2"}))
    with pytest.raises(TocsinError, match="missing required field `track`"):
        decode_report(msgspec.msgpack.encode({k: v for k, v in wire.items() if k != "track"}))
