"""What an event asked of nature."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tocsin.catalogue import Event


def nature_figures(event: Event) -> dict[str, Any]:
    """Clouds, what else shines and echoes, and the Sun's radio bursts, as the event asked or left them."""
    asked = asdict(event.nature)
    return {**asked, "radio_bursts": list(asked["radio_bursts"])}


def nature_lines(event: Event) -> list[str]:
    """What was asked for otherwise than usual, one line each."""
    n = event.nature
    lines = [
        f"a burst of the Sun's radio noise, {b.flux_sfu:,.0f} sfu, {b.start_s:,g} s after the start for "
        f"{b.duration_s:,g} s"
        for b in n.radio_bursts
    ]
    for there, words in (
        (n.aurora > 0.0, f"radar echoes from aurora, activity {n.aurora:g} of 1"),
        (n.meteor_trails, "radar echoes from the trails of meteors"),
        (n.cloud_top_km is not None, f"clouds to {n.cloud_top_km or 0.0:g} km everywhere"),
        (not n.sunlit_cloud, "no false looks from sunlit cloud"),
        (not n.flashes, "no fireballs and no bright lightning"),
        (not n.hot_spots, "no gas flares and no fires"),
    ):
        if there:
            lines.append(words)
    return [f"asked of nature: {line}" for line in lines]
