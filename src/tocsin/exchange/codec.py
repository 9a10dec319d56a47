"""Scans and track reports as bytes, and back; what comes back is checked, whoever signed it."""

from __future__ import annotations

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.exchange.report import TrackReport
from tocsin.exchange.reportcheck import report_problems
from tocsin.exchange.scancheck import MAX_LOOKS, VALUES, scan_problems
from tocsin.exchange.unpack import unpack
from tocsin.sensor.scan import Kind, Scan

Array = NDArray[np.float64]
MAX_REPORT_BYTES = 64 * 1024
# Ten numbers a look at most, and the header.
MAX_SCAN_BYTES = MAX_LOOKS * 10 * 8 + 4096


class _WireScan(Struct, frozen=True, omit_defaults=True):
    """A scan's arrays as raw little-endian float64, row by row; what it does not have is not written."""

    sensor: str
    kind: Kind
    origin: str
    t: float
    r_ecef: bytes
    t_look: bytes
    values: bytes
    sigmas: bytes
    snr: bytes
    shed: int
    blind: bool
    rate: bytes | None = None
    rate_sigma: bytes | None = None


def encode_scan(scan: Scan) -> bytes:
    """A scan as MessagePack with named fields; TocsinError where it is not sound."""
    _refuse(f"scan of {scan.sensor[:64]!r}", scan_problems(scan))
    wire = _WireScan(
        scan.sensor,
        scan.kind,
        scan.origin,
        float(scan.t),
        _raw(scan.r_ecef),
        _raw(scan.t_look),
        _raw(scan.values),
        _raw(scan.sigmas),
        _raw(scan.snr),
        scan.shed,
        scan.blind,
        None if scan.rate is None else _raw(scan.rate),
        None if scan.rate_sigma is None else _raw(scan.rate_sigma),
    )
    return msgspec.msgpack.encode(wire)


def decode_scan(data: bytes) -> Scan:
    """The scan in `data`, bit for bit as it was encoded.

    Raises TocsinError, with every problem found, for bytes that are no scan, arrays whose lengths do not
    agree, values that are not finite or impossible, sigmas that are not positive, looks out of order.
    """
    if len(data) > MAX_SCAN_BYTES:
        raise TocsinError(f"scan: {len(data)} bytes; at most {MAX_SCAN_BYTES} are read")
    wire = unpack(data, _WireScan, "scan")
    what = f"scan of {wire.sensor[:64]!r}"
    n, m = len(wire.t_look) // 8, VALUES[wire.kind]
    lengths = {
        "r_ecef": 3,
        "t_look": n,
        "values": n * m,
        "sigmas": n * m,
        "snr": n,
        "rate": n,
        "rate_sigma": n,
    }
    given = {name: data for name in lengths if (data := getattr(wire, name)) is not None}
    _refuse(
        what,
        [
            f"{name} has {len(data)} bytes, not {8 * lengths[name]}"
            for name, data in given.items()
            if len(data) != 8 * lengths[name]
        ],
    )
    scan = Scan(
        sensor=wire.sensor,
        kind=wire.kind,
        origin=wire.origin,
        t=wire.t,
        r_ecef=_array(wire.r_ecef),
        t_look=_array(wire.t_look),
        values=_array(wire.values).reshape(n, m),
        sigmas=_array(wire.sigmas).reshape(n, m),
        snr=_array(wire.snr),
        shed=wire.shed,
        blind=wire.blind,
        rate=None if wire.rate is None else _array(wire.rate),
        rate_sigma=None if wire.rate_sigma is None else _array(wire.rate_sigma),
    )
    _refuse(what, scan_problems(scan))
    return scan


def encode_report(report: TrackReport) -> bytes:
    """A track report as MessagePack with named fields; TocsinError where it is not sound."""
    _refuse(f"report of {report.track[:64]!r}", report_problems(report))
    return msgspec.msgpack.encode(report)


def decode_report(data: bytes) -> TrackReport:
    """The report in `data`, bit for bit; TocsinError, with every problem found, where it is not sound."""
    if len(data) > MAX_REPORT_BYTES:
        raise TocsinError(f"report: {len(data)} bytes; at most {MAX_REPORT_BYTES} are read")
    report = unpack(data, TrackReport, "report")
    _refuse(f"report of {report.track[:64]!r}", report_problems(report))
    return report


def _raw(array: Array) -> bytes:
    return np.ascontiguousarray(array, dtype="<f8").tobytes()


def _array(data: bytes) -> Array:
    # A copy: a view of bytes is read-only, another type to Numba, which would compile every kernel twice.
    return np.frombuffer(data, dtype="<f8").astype(np.float64)


def _refuse(what: str, problems: list[str]) -> None:
    if problems:
        raise TocsinError(f"{what}: {problem}" for problem in problems)
