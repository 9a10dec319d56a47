"""What is not possible is refused before anyone folds it, by sender and by reader."""

from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pytest
from msgspec import structs

from tests.exchange.making import a_place, a_report, a_scan, a_state
from tocsin.assess.assessment import Ellipse
from tocsin.errors import TocsinError
from tocsin.exchange.codec import decode_report, decode_scan, encode_report, encode_scan
from tocsin.exchange.scancheck import MAX_LOOKS

NAN, INF = float("nan"), float("inf")


def set_in(array: np.ndarray, at: Any, value: float) -> np.ndarray:
    changed = array.copy()
    changed[at] = value
    return changed


def told_of_scan(**change: Any) -> str:
    """The sender's complaint; the reader's, of the same content, must be the same."""
    scan = replace(a_scan(), **change)
    with pytest.raises(TocsinError) as sender:
        encode_scan(scan)
    wire = msgspec.msgpack.decode(encode_scan(a_scan()))
    for name, value in change.items():
        wire[name] = value.tobytes() if isinstance(value, np.ndarray) else value
    with pytest.raises(TocsinError) as reader:
        decode_scan(msgspec.msgpack.encode(wire))
    assert reader.value.problems == sender.value.problems
    return str(sender.value)


@pytest.mark.parametrize("bad", [NAN, INF, -INF])
@pytest.mark.parametrize("name", ["r_ecef", "t_look", "values", "sigmas", "snr"])
def test_what_is_not_finite_is_refused(name: str, bad: float) -> None:
    told = told_of_scan(**{name: set_in(getattr(a_scan(), name), -1, bad)})
    assert f": {name} " in told


@pytest.mark.parametrize("bad", [NAN, INF, 1e12])
def test_a_time_that_is_none_is_refused(bad: float) -> None:
    assert f"t is {bad}; give TAI s" in told_of_scan(t=bad)


@pytest.mark.parametrize("sigma", [0.0, -0.01, -0.0, 1e-300, 1e10])
def test_a_sigma_that_is_none_is_refused(sigma: float) -> None:
    assert "sigmas are not finite, not positive" in told_of_scan(
        sigmas=set_in(a_scan().sigmas, (1, 2), sigma)
    )


def test_looks_out_of_order_or_later_than_the_frame_are_refused() -> None:
    t = a_scan().t_look
    assert "t_look is not finite" in told_of_scan(t_look=np.array([-INF, INF, INF]))
    assert "t_look is not in order" in told_of_scan(t_look=t[::-1].copy())
    assert "later than the frame's end" in told_of_scan(t_look=set_in(t, -1, a_scan().t + 1e-3))
    encode_scan(replace(a_scan(), t_look=np.full(3, a_scan().t)))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("radar", [-1.0, 0.0, 0.0]),
        ("radar", [2e9, 0.0, 0.0]),
        ("radar", [1e6, 7.0, 0.0]),
        ("radar", [1e6, 0.0, 1.6]),
        ("telescope", [3.2, 0.0]),
        ("telescope", [0.0, -3.2]),
    ],
)
def test_looks_at_nowhere_are_refused(kind: str, values: list[float]) -> None:
    scan = a_scan(1, kind=kind)
    encode_scan(scan)
    with pytest.raises(TocsinError, match="values are not finite, or not possible"):
        encode_scan(replace(scan, values=np.array([values])))


@pytest.mark.parametrize("name", ["rate", "rate_sigma"])
@pytest.mark.parametrize("bad", [NAN, INF, -INF, 2e6])
def test_a_range_rate_that_is_none_is_refused(name: str, bad: float) -> None:
    rates = {"rate": np.full(3, -5e3), "rate_sigma": np.full(3, 4.0)}
    told = told_of_scan(**{**rates, name: set_in(rates[name], -1, bad)})
    assert f": {name} is not finite" in told


def test_range_rates_have_sigmas_and_are_a_radar_s() -> None:
    rate, sigma = np.full(3, -5e3), np.full(3, 4.0)
    assert "give both or neither" in told_of_scan(rate=rate)
    assert "give both or neither" in told_of_scan(rate_sigma=sigma)
    assert "not positive" in told_of_scan(rate=rate, rate_sigma=set_in(sigma, 1, 0.0))
    with pytest.raises(TocsinError, match="range rates of a telescope; only a radar"):
        encode_scan(replace(a_scan(kind="telescope"), rate=rate, rate_sigma=sigma))
    with pytest.raises(TocsinError, match=r"rate_sigma has shape \(2,\), not \(3,\)"):
        encode_scan(replace(a_scan(), rate=rate, rate_sigma=sigma[:2]))


def test_every_problem_of_a_scan_is_told_at_once() -> None:
    told = told_of_scan(snr=np.array([1.0, -1.0, 1.0]), origin="real", sensor="", t=NAN)
    assert [word in told for word in ("snr is", "no origin 'real'", "1 to 64 printable", "t is nan")] == [
        True
    ] * 4


def test_a_scan_of_too_many_looks_or_an_unknown_kind_is_not_sent() -> None:
    with pytest.raises(TocsinError, match=f"at most {MAX_LOOKS}"):
        encode_scan(a_scan(MAX_LOOKS + 1, kind="telescope"))
    with pytest.raises(TocsinError, match="kind 'sonar'; give one of telescope, radar"):
        encode_scan(replace(a_scan(), kind="sonar"))  # type: ignore[arg-type]
    with pytest.raises(TocsinError, match=r"values has shape \(3, 2\), not \(3, 3\)"):
        encode_scan(replace(a_scan(), values=np.zeros((3, 2))))


def matrix(**entries: float) -> tuple[float, ...]:
    P = np.array(a_state().P).reshape(6, 6)
    for name, value in entries.items():
        P[int(name[1]), int(name[2])] = value
    return tuple(map(float, P.ravel()))


STATE, PLACE = a_state(), a_place()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"centre": ""}, "centre must have 1 to 64"),
        ({"track": "x" * 65}, "track must have 1 to 64"),
        ({"track": "a\nb"}, "printable"),
        ({"model": "x" * 201}, "model is longer"),
        ({"t": NAN}, "t is nan"),
        ({"issued_t": INF}, "issued_t is inf"),
        ({"burnout_t": 1e12}, "burnout_t is 1000000000000.0"),
        ({"issued_t": 0.0}, "sent before it was made"),
        ({"heading_deg": 361.0}, "heading_deg is 361.0"),
        ({"infrared": -1}, "infrared is -1"),
        ({"infrared": 101}, "infrared is 101"),
        ({"radars": (("x" * 65, "VHF"),)}, "radars has"),
        ({"radars": (("MIS1", "VHF"),) * 101}, "radars has"),
        ({"classes": {str(k): 0.0 for k in range(101)}}, "classes has"),
        ({"classes": {"srbm": -0.1}}, "not probabilities"),
        ({"classes": {"srbm": NAN}}, "not probabilities"),
        ({"classes": {"srbm": 0.6, "mrbm": 0.6}}, "not probabilities"),
        ({"state": structs.replace(STATE, x=STATE.x[:5])}, "state has 5 and 36 numbers"),
        ({"state": structs.replace(STATE, P=STATE.P[:35])}, "state has 6 and 35 numbers"),
        ({"state": structs.replace(STATE, x=(NAN, *STATE.x[1:]))}, "state.t or state.x"),
        ({"state": structs.replace(STATE, t=INF)}, "state.t or state.x"),
        ({"state": structs.replace(STATE, x=(*STATE.x[:5], 2e6))}, "state.t or state.x"),
        ({"state": structs.replace(STATE, P=matrix(P00=0.0))}, "a variance that is not positive"),
        ({"state": structs.replace(STATE, P=matrix(P33=NAN))}, "a variance that is not positive"),
        ({"state": structs.replace(STATE, P=matrix(P01=10.0))}, "not symmetric"),
        ({"state": structs.replace(STATE, P=matrix(P01=NAN, P10=NAN))}, "a correlation beyond 1"),
        ({"state": structs.replace(STATE, P=matrix(P01=1e300, P10=-1e300))}, "a correlation beyond 1"),
        ({"state": structs.replace(STATE, P=matrix(P00=1e-320))}, "a variance that is not positive"),
        ({"state": structs.replace(STATE, P=matrix(P01=2600.0, P10=2600.0))}, "a correlation beyond 1"),
        (
            {
                "state": structs.replace(
                    STATE, P=matrix(P01=2e3, P10=2e3, P02=2e3, P20=2e3, P12=-2e3, P21=-2e3)
                )
            },
            "a negative eigenvalue",
        ),
        ({"launch": structs.replace(PLACE, lat_deg=90.1)}, "launch is at latitude 90.1"),
        ({"launch": structs.replace(PLACE, lon_deg=NAN)}, "longitude nan"),
        ({"launch": structs.replace(PLACE, sigma_s=-1.0)}, "sigma_s -1.0"),
        ({"launch": structs.replace(PLACE, ellipse_50_km=Ellipse(1.0, 2.0, 0.0))}, "launch.ellipse_50_km"),
        ({"launch": structs.replace(PLACE, ellipse_90_km=Ellipse(2.0, 1.0, NAN))}, "launch.ellipse_90_km"),
    ],
)
def test_a_report_that_cannot_be_is_refused(change: dict[str, Any], words: str) -> None:
    report = structs.replace(a_report(), **change)
    with pytest.raises(TocsinError) as sender:
        encode_report(report)
    with pytest.raises(TocsinError) as reader:
        decode_report(msgspec.msgpack.encode(report))
    assert reader.value.problems == sender.value.problems
    assert words in str(reader.value)


def test_every_problem_of_a_report_is_told_at_once() -> None:
    with pytest.raises(TocsinError) as error:
        encode_report(structs.replace(a_report(), infrared=-1, heading_deg=NAN, burnout_t=NAN))
    assert len(error.value.problems) == 3
    assert all(problem.startswith("report of 'russia-1': ") for problem in error.value.problems)
