"""What an event asked of nature, and what it supposes that radars heard."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from tocsin.catalogue import Event
from tocsin.catalogue.nature import BrightCloud


def nature_figures(event: Event) -> dict[str, Any]:
    """Clouds, what else shines and echoes, and the Sun's radio bursts, as the event asked or left them."""
    asked = asdict(event.nature)
    return {
        **asked,
        "radio_bursts": list(asked["radio_bursts"]),
        "bright_clouds": list(asked["bright_clouds"]),
    }


def nature_lines(event: Event) -> list[str]:
    """What was asked for otherwise than usual, one line each."""
    n = event.nature
    lines = [
        f"a burst of the Sun's radio noise, {b.flux_sfu:,.0f} sfu, {b.start_s:,g} s after the start for "
        f"{b.duration_s:,g} s"
        for b in n.radio_bursts
    ]
    lines += [
        f"cloud as bright as a plume, {c.brightness:g} times over the threshold, at {c.lat_deg:g}, "
        f"{c.lon_deg:g}, {c.start_s:,g} s after the start for {c.duration_s:,g} s"
        for c in n.bright_clouds
    ]
    for there, words in (
        (n.moon == "heard", "the Moon's echo, pulses late, which the radars do not reject"),
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


def clouds_named(event: Event) -> list[tuple[BrightCloud, str]]:
    """The cells of bright cloud that begin to shine while the event is watched, each with its name."""
    clouds = event.nature.bright_clouds
    names = ["bright cloud"] if len(clouds) == 1 else [f"bright cloud {k + 1}" for k in range(len(clouds))]
    watched = math.inf if event.duration_s is None else event.duration_s
    return [(c, name) for c, name in zip(clouds, names, strict=True) if c.start_s < watched]


def cloud_marks(event: Event) -> list[tuple[float, str]]:
    """When each cell of bright cloud began to shine, TAI s, for a timeline."""
    return [(event.start_t_tai + cloud.start_s, name) for cloud, name in clouds_named(event)]


def heard_lines(event: Event) -> list[str]:
    """What radars heard by the event's supposition, one line for each body."""
    return [
        f"supposed: radars hear the {row.body} from {row.from_s:,g} s after the start "
        f"{'on' if row.until_s is None else f'to {row.until_s:,g} s'}, and nothing else of what flies"
        for row in event.network.heard
    ]
