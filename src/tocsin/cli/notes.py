"""What must be said beside the figures: of the sensors' duty, of what is hypothetical, of what is assumed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.catalogue import Event, Network, RadarSite, Satellite, WarningSettings
from tocsin.catalogue.vehicle import vehicles
from tocsin.cli.flightnotes import flights_assumed
from tocsin.sensor.echo.accuracy import angle_sigma, range_sigma
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.pointing import POINTING
from tocsin.track.post_boost import POST_BOOST


def network_figures(network: Network) -> dict[str, Any]:
    """Who watched, and with element sets of which date."""
    return {
        "date_utc": network.date_utc,
        "satellites": [
            {"key": s.key, "name": s.name, "elements_utc": e.epoch_utc} for s, e in network.satellites
        ],
        "radars": [
            {"key": r.key, "name": r.name, "centre": r.centre, "band": r.band, "hypothetical": r.hypothetical}
            for r in network.radars
        ],
        "hypothetical": [
            *(r.key for r in network.radars if r.hypothetical),
            *(s.key for s, _ in network.satellites if s.hypothetical),
        ],
    }


def sensors_note(event: Event, network: Network) -> list[str]:
    """What is known of the sensors' duty, what is hypothetical among them, and the event's own notes."""
    out = [
        f"{r.name}: {r.notes['in_service_until_utc']}"
        for r in network.radars
        if "in_service_until_utc" in r.notes
    ]
    return [*out, *network.notes, *event.notes]


def assumed(event: Event, network: Network, settings: WarningSettings) -> list[str]:
    """What is assumed, one line each: nothing of these sensors' accuracy is published."""
    out = [
        *_telescopes([s for s, _ in network.satellites]),
        _clouds(event),
        *_radars(network.radars),
        *flights_assumed(event),
        _buses(),
    ]
    names = ", ".join(area.name for area in settings.protected)
    out.append(
        f"threat from P(impact on protected ground: {names}): possible from {settings.possible:g}, probable "
        f"from {settings.probable:g}, confirmed from {settings.confirmed:g}; priors of attack from "
        f"{settings.prior_low:g} to {settings.prior_high:g}"
    )
    return out


def _buses() -> str:
    gains: dict[float, list[str]] = {}
    for v in vehicles():
        if v.post_boost_m_s > 0.0:
            gains.setdefault(v.post_boost_m_s, []).append(v.key)
    told = "; ".join(f"{', '.join(keys)} by {gain:g} m/s" for gain, keys in gains.items())
    return f"a bus may push once within {POST_BOOST.within_s:g} s after burnout, 1 sigma an axis: {told}"


def _telescopes(satellites: Iterable[Satellite]) -> list[str]:
    kinds = dict.fromkeys(s.frame_s for s in satellites)
    noise, bias, jitter = DETECTOR.noise_rad, POINTING.bias_rad, POINTING.jitter_rad
    return [
        f"telescopes: {noise * 1e6:.0f} microradians a look whose signal is {DETECTOR.reference_snr:g} times "
        f"the noise, {bias * 1e6:.0f} of bias, {jitter * 1e6:.0f} of jitter, a look every {frame:g} s"
        for frame in kinds
    ]


def _clouds(event: Event) -> str:
    top = event.nature.cloud_top_km
    where = "drawn for the run, by latitude" if top is None else f"{top:g} km everywhere"
    return f"clouds: nothing is seen below their tops, {where}"


def _radars(radars: Iterable[RadarSite]) -> list[str]:
    kinds = dict.fromkeys(
        (r.band, r.reference_snr_db, r.bandwidth_hz, r.beamwidth_deg, r.bias_range_m, r.revisit_s)
        for r in radars
    )
    return [
        f"{band} radars: {range_sigma(10 ** (db / 10), width):.0f} m and "
        f"{angle_sigma(10 ** (db / 10), beam):.2g} deg a look at {db:g} dB, {bias:.0f} m of bias, "
        f"a look every {revisit:g} s"
        for band, db, width, beam, bias, revisit in kinds
    ]
