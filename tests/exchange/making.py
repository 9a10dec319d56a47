"""Sound things to send, drawn at random or plain, for the tests of the exchange and of the journal."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from tocsin.assess.assessment import Assessment, Ellipse, Evidence, Place, StateEstimate
from tocsin.assess.ladder.event import ORDER
from tocsin.assess.ladder.threat import THREATS
from tocsin.exchange.report import TrackReport
from tocsin.sensor.scan import Scan

T = 5.5e8
RADARS = (
    ("ARM1", "UHF"),
    ("ARM2", "UHF"),
    ("HYP-KOR", "VHF"),
    ("KOR", "UHF"),
    ("MIS1", "VHF"),
    ("YEN", "UHF"),
)
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=20)
TIMES = st.floats(-1e9, 1e9)
SHARES = st.floats(0.0, 0.2)


def numbers(shape: tuple[int, ...], low: float, high: float) -> st.SearchStrategy[np.ndarray]:
    return npst.arrays(np.float64, shape, elements=st.floats(low, high))


@st.composite
def scans(draw: st.DrawFn) -> Scan:
    n = draw(st.integers(0, 8))
    kind = draw(st.sampled_from(["telescope", "radar"]))
    low, high = ([-3.0, -3.0], [3.0, 3.0]) if kind == "telescope" else ([0.0, -6.2, -1.5], [1e7, 6.2, 1.5])
    t = draw(TIMES)
    rates = kind == "radar" and draw(st.booleans())
    return Scan(
        sensor=draw(NAMES),
        kind=kind,
        origin=draw(st.sampled_from(["live", "exercise", "replay", "simulated"])),
        t=t,
        r_ecef=draw(numbers((3,), -1e8, 1e8)),
        t_look=np.sort(t - draw(numbers((n,), 0.0, 10.0))),
        values=np.array(low) + draw(numbers((n, len(low)), 0.0, 1.0)) * (np.array(high) - np.array(low)),
        sigmas=draw(numbers((n, len(low)), 1e-9, 1.0)),
        snr=draw(numbers((n,), 0.0, 1e6)),
        shed=draw(st.integers(0, 1000)),
        blind=draw(st.booleans()) if n == 0 else False,
        rate=draw(numbers((n,), -1e5, 1e5)) if rates else None,
        rate_sigma=draw(numbers((n,), 1e-3, 1e5)) if rates else None,
    )


def a_scan(n: int = 3, sensor: str = "MIS1", origin: str = "simulated", kind: str = "radar") -> Scan:
    m = 3 if kind == "radar" else 2
    return Scan(
        sensor=sensor,
        kind=kind,  # type: ignore[arg-type]
        origin=origin,
        t=T,
        r_ecef=np.array([-0.88e6, 3.76e6, 5.06e6]),
        t_look=T - 1.0 + np.arange(n) / 10.0,
        values=np.full((n, m), 0.5),
        sigmas=np.full((n, m), 0.01),
        snr=np.full(n, 20.0),
    )


def covariance(factor: np.ndarray) -> np.ndarray:
    """A covariance (n, n) from any square matrix: never singular, symmetric to the bit."""
    P = factor @ factor.T + 1e-3 * np.eye(len(factor))
    return np.asarray((P + P.T) / 2.0)


@st.composite
def states(draw: st.DrawFn) -> StateEstimate:
    x = np.concatenate([draw(numbers((3,), -1e8, 1e8)), draw(numbers((3,), -1e4, 1e4))])
    P = covariance(draw(numbers((6, 6), -1e3, 1e3)))
    return StateEstimate(t=draw(TIMES), x=tuple(map(float, x)), P=tuple(map(float, P.ravel())))


@st.composite
def ellipses(draw: st.DrawFn) -> Ellipse:
    minor, major = sorted((draw(st.floats(0.0, 3000.0)), draw(st.floats(0.0, 3000.0))))
    return Ellipse(major, minor, draw(st.floats(0.0, 180.0)))


places = st.builds(
    Place,
    lat_deg=st.floats(-90.0, 90.0),
    lon_deg=st.floats(-180.0, 180.0),
    t=TIMES,
    sigma_s=st.floats(0.0, 1e3),
    ellipse_50_km=ellipses(),
    ellipse_90_km=ellipses(),
)


lines = st.builds(
    Evidence,
    channel=NAMES,
    phenomenology=st.sampled_from(["infrared", "radar"]),
    looks=st.integers(0, 1000),
    first_t=TIMES,
    last_t=TIMES,
    llr=st.floats(-1e6, 1e6),
    slow=st.floats(-1e6, 1e6),
    still=st.floats(-1e6, 1e6),
)


@st.composite
def reports(draw: st.DrawFn) -> TrackReport:
    t = draw(TIMES)
    maybe_t = st.none() | TIMES
    return TrackReport(
        centre="russia",
        track=draw(NAMES),
        t=t,
        issued_t=t + draw(st.floats(0.0, 100.0)),
        state=draw(st.none() | states()),
        model=draw(st.text(max_size=100)),
        launch=draw(st.none() | places),
        heading_deg=draw(st.none() | st.floats(0.0, 360.0)),
        classes=draw(st.dictionaries(NAMES, SHARES, max_size=5)),
        event_state=draw(st.sampled_from(ORDER)),
        infrared=draw(st.integers(0, 4)),
        radars=tuple(draw(st.lists(st.sampled_from(RADARS), unique=True))),
        first_satellite_t=draw(maybe_t),
        stereo_t=draw(maybe_t),
        burnout_t=draw(maybe_t),
        first_radar_t=draw(maybe_t),
        boosting=draw(st.booleans()),
        threat_state=draw(st.sampled_from(THREATS)),
        objects=draw(st.integers(1, 40)),
        evidence=tuple(draw(st.lists(lines, max_size=4))),
        closed_by=draw(st.none() | st.text(max_size=100)),
    )


def a_place() -> Place:
    near, far = Ellipse(3.0, 2.0, 40.0), Ellipse(5.5, 3.6, 40.0)
    return Place(lat_deg=39.87, lon_deg=125.27, t=T, sigma_s=2.0, ellipse_50_km=near, ellipse_90_km=far)


def a_state() -> StateEstimate:
    P = np.diag([50.0**2] * 3 + [0.2**2] * 3)
    x = (-3.1e6, 4.2e6, 5.3e6, 1000.0, -2000.0, 3000.0)
    return StateEstimate(t=T, x=x, P=tuple(map(float, P.ravel())))


def a_report() -> TrackReport:
    return TrackReport(
        centre="russia",
        track="russia-1",
        t=T,
        issued_t=T + 0.5,
        state=a_state(),
        model="ballistic arc from template icbm-liquid and radar",
        launch=a_place(),
        heading_deg=86.0,
        classes={"icbm-liquid": 0.9, "unknown": 0.1},
        event_state="confirmed",
        infrared=2,
        radars=(("MIS1", "VHF"),),
        first_satellite_t=T - 300.0,
        stereo_t=T - 299.0,
        burnout_t=T - 100.0,
        first_radar_t=T - 50.0,
        boosting=False,
        threat_state="possible",
        objects=3,
        evidence=(a_line("infrared 1", "infrared"), a_line("radar 1", "radar")),
        closed_by=None,
    )


def a_line(channel: str, phenomenology: str) -> Evidence:
    return Evidence(
        channel=channel,
        phenomenology=phenomenology,  # type: ignore[arg-type]
        looks=5,
        first_t=T - 9.0,
        last_t=T,
        llr=12.0,
    )


def an_assessment() -> Assessment:
    evidence = [("cosmos-2510", "infrared"), ("cosmos-2518", "infrared"), ("MIS1", "radar"), ("YEN", "radar")]
    return Assessment(
        track="russia-1",
        t=T,
        picture="alone",
        event_state="confirmed",
        threat_state="none",
        phase="ballistic",
        model="ballistic arc and radar",
        launch=a_place(),
        heading_deg=86.0,
        heading_sigma_deg=1.0,
        impact=a_place(),
        landed=1.0,
        orbit=0.0,
        territory={"none": 1.0, "orbit": 0.0},
        classes={"icbm-liquid": 0.9, "unknown": 0.1},
        apogee_km=2802.0,
        apogee_sigma_km=3.0,
        range_km=933.0,
        flight_time_s=2340.0,
        speed_m_s=3000.0,
        height_km=900.0,
        time_to_target_s=1200.0,
        first_satellite_t=T - 300.0,
        stereo_t=T - 299.0,
        burnout_t=T - 100.0,
        first_radar_t=T - 50.0,
        confirmed_t=T,
        objects=1,
        state=a_state(),
        trajectory=(),
        evidence=tuple(a_line(*one) for one in evidence),
        reasons=("infrared and radar agree on one arc",),
    )
