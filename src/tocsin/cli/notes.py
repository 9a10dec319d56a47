"""What must be said beside the figures: of the sensors' duty, of what is hypothetical, of what is assumed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.assess.ladder import CONFIRMED, POSSIBLE, PROBABLE
from tocsin.catalogue import Event, Network, RadarSite, Satellite
from tocsin.cli.flightnotes import flights_assumed


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
        "hypothetical": [r.key for r in network.radars if r.hypothetical],
    }


def sensors_note(event: Event, network: Network) -> list[str]:
    """What is known of the sensors' duty, what is hypothetical among them, and the event's own notes."""
    out = [f"{s.name}, status as last published: {s.duty}" for s, _ in network.satellites]
    out += [
        f"{r.name}: {r.notes['in_service_until_utc']}"
        for r in network.radars
        if "in_service_until_utc" in r.notes
    ]
    return [*out, *network.notes, *event.notes]


def assumed(event: Event, network: Network) -> list[str]:
    """What is assumed, one line each: nothing of these sensors' accuracy is published."""
    out = _telescopes([s for s, _ in network.satellites]) + _radars(network.radars) + flights_assumed(event)
    out.append(
        f"threat from P(impact on Russian or Chinese ground): possible from {POSSIBLE:g}, probable from "
        f"{PROBABLE:g}, confirmed from {CONFIRMED:g}"
    )
    return out


def _telescopes(satellites: Iterable[Satellite]) -> list[str]:
    kinds = dict.fromkeys(
        (s.noise_rad, s.bias_rad, s.frame_s, s.cloud_height_m, s.detection_probability) for s in satellites
    )
    return [
        f"telescopes: {noise * 1e6:.0f} microradians a look, {bias * 1e6:.0f} of bias, "
        f"a look every {frame:g} s with probability {p:g}, nothing below a cloud top of {cloud / 1e3:.0f} km"
        for noise, bias, frame, cloud, p in kinds
    ]


def _radars(radars: Iterable[RadarSite]) -> list[str]:
    kinds = dict.fromkeys(
        (r.band, r.sigma_range_m, r.sigma_angle_deg, r.bias_range_m, r.revisit_s) for r in radars
    )
    return [
        f"{band} radars: {sigma_r:.0f} m and {sigma_a:g} deg a look at 13 dB, {bias:.0f} m of bias, "
        f"a look every {revisit:g} s"
        for band, sigma_r, sigma_a, bias, revisit in kinds
    ]
