"""The network on the map: radars with their sectors, and what stands below the satellites."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.console.picture import style
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.projection import View
from tocsin.console.picture.scene import Overhead

Array = NDArray[np.float64]
# Sectors fade out at this share of the map's half height: they mark where a radar looks, not how far.
REACH_SAW, REACH_IDLE = 0.62, 0.28
RINGS = 24


def draw_radars(
    ax: Axes, view: View, radars: tuple[RadarSite, ...], saw: frozenset[str], labels: Labels
) -> None:
    """Every radar on the map with a sector that fades; brighter and farther where it saw the flight."""
    named: dict[tuple[float, float], list[RadarSite]] = {}
    for site in sorted(radars, key=lambda r: r.key in saw):
        xy = view.project(site.lat_deg, site.lon_deg)
        if not view.holds(xy, 0.99):
            continue
        seeing = site.key in saw
        colour = style.BY_CENTRE[site.centre]
        reach = view.half_height_km * (REACH_SAW if seeing else REACH_IDLE)
        _sector(ax, xy, site, min(reach, site.range_max_km), colour, 0.17 if seeing else 0.06)
        ax.plot(
            *xy,
            marker="^",
            ms=7.0 if seeing else 4.5,
            mfc="none" if site.hypothetical else colour,
            mec=colour,
            mew=1.2,
            alpha=1.0 if seeing else 0.55,
            zorder=7,
        )
        labels.avoid((float(xy[0]), float(xy[1])), 6.0)
        named.setdefault((site.lat_deg, site.lon_deg), []).append(site)
    for there in sorted(named.values(), key=lambda sites: not any(s.key in saw for s in sites)):
        _name(view, there, saw, labels)


def _name(view: View, there: list[RadarSite], saw: frozenset[str], labels: Labels) -> None:
    """One label for all arrays at one site: its place name, and whether a station there is hypothetical."""
    seeing = [s for s in there if s.key in saw]
    shown = seeing or there
    words = shown[0].name.split(" (")[0].split(",")[0]
    if all(s.hypothetical for s in shown):
        words += "\nhypothetical"
    elif any(s.hypothetical for s in shown):
        words += "\n+ hypothetical"
    x, y = view.project(there[0].lat_deg, there[0].lon_deg)
    colour = style.BY_CENTRE[there[0].centre]
    labels.put(
        (float(x), float(y)),
        words,
        colour,
        size=style.SMALL if seeing else 7.0,
        alpha=1.0 if seeing else 0.6,
        style="italic" if all(s.hypothetical for s in shown) else "normal",
        linespacing=1.05,
    )


def _sector(ax: Axes, xy: Array, site: RadarSite, reach: float, colour: str, alpha: float) -> None:
    """A wedge that fades outwards with its two edges, dashed where it is hypothetical."""
    width = (site.az_end_deg - site.az_start_deg) % 360.0 or 360.0
    az = np.radians(site.az_start_deg + np.linspace(0.0, width, 61))
    edge = np.stack([np.sin(az), np.cos(az)], axis=1)
    radii = np.linspace(0.0, reach, RINGS + 1)
    fade = (1.0 - (np.arange(RINGS) + 0.5) / RINGS) ** 1.3
    # Wedges over one another, each a little larger, add up to a fade without seams.
    wedges = [np.concatenate([xy[None], xy + r * edge]) for r in radii[1:]]
    ax.add_collection(
        PolyCollection(wedges, facecolors=to_rgba(colour, 1.6 * alpha / RINGS), edgecolors="none", zorder=3)
    )
    sides = [[xy + a * e, xy + b * e] for e in edge[[0, -1]] for a, b in pairwise(radii)]
    # Every second piece left out makes a dash that keeps the fade.
    drawn = [
        (s, f)
        for k, (s, f) in enumerate(zip(sides, [*fade, *fade], strict=True))
        if not site.hypothetical or k % 2
    ]
    strength = min(4.0 * alpha, 0.8)
    ax.add_collection(
        LineCollection(
            [s for s, _ in drawn],
            colors=[to_rgba(colour, strength * f) for _, f in drawn],
            linewidths=0.9,
            zorder=4,
        )
    )


def draw_satellites(ax: Axes, view: View, satellites: tuple[Overhead, ...], labels: Labels) -> None:
    """The point below each satellite that saw the launch, or an arrow at the map's edge towards it."""
    seeing = [s for s in satellites if s.saw]
    spots = [_mark(ax, view, s, labels) for s in seeing]
    # The words come after every mark, so that they keep off all of them.
    for s, spot in zip(seeing, spots, strict=True):
        labels.put(spot, f"{s.name.split(' (')[0]}, {s.height_km:,.0f} km up", style.RUSSIA, size=style.SMALL)


def draw_spots(ax: Axes, view: View, spots: tuple[tuple[float, float, str], ...], labels: Labels) -> None:
    """What is marked beside flights and sensors, each with its words where there is room."""
    for lat_deg, lon_deg, words in spots:
        xy = view.project(lat_deg, lon_deg)
        if not view.holds(xy, 0.99):
            continue
        x, y = float(xy[0]), float(xy[1])
        ax.plot(x, y, marker="*", ms=8.0, mfc=style.BADGE, mec=style.BADGE, zorder=7)
        labels.avoid((x, y), 6.0)
        labels.put((x, y), words, style.BADGE)


def _mark(ax: Axes, view: View, satellite: Overhead, labels: Labels) -> tuple[float, float]:
    """Mark one satellite; the point beside which its name goes."""
    xy = view.project(satellite.lat_deg, satellite.lon_deg)
    if view.holds(xy, 0.97):
        x, y = float(xy[0]), float(xy[1])
        ax.plot(x, y, marker="D", ms=5.5, mfc=style.BACKGROUND, mec=style.RUSSIA, mew=1.3, zorder=7)
        labels.avoid((x, y), 8.0)
        return x, y
    box = np.array([view.half_width_km, view.half_height_km])
    tip = xy * float(np.min(0.975 * box / np.maximum(np.abs(xy), 1e-9)))
    tail = tip * (1.0 - 0.05 * view.half_height_km / float(np.hypot(*tip)))
    arrow = {"arrowstyle": "-|>", "color": style.RUSSIA, "lw": 1.3}
    ax.annotate(
        "", (float(tip[0]), float(tip[1])), (float(tail[0]), float(tail[1])), arrowprops=arrow, zorder=7
    )
    for share in (0.0, 0.5, 1.0):
        x, y = tail + share * (tip - tail)
        labels.avoid((float(x), float(y)), 6.0)
    return float(tail[0]), float(tail[1])
