"""The flight on the map: its ground path, its launch, and the impact region as it shrank."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from tocsin.assess.assessment import Assessment, Place
from tocsin.console.picture import style
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.projection import View
from tocsin.console.picture.scene import Flown, Scene
from tocsin.interchange.outline import outline

Array = NDArray[np.float64]


def region_outline(view: View, place: Place) -> Array:
    """The 90 % region's outline (n, 2) km on the map, closed; NaN where the map's edge cuts it."""
    e = place.ellipse_90_km
    ring = outline(
        place.lat_deg, place.lon_deg, e.semi_major_km, max(e.semi_minor_km, 0.005), e.azimuth_deg, 181
    )
    return view.line(np.append(ring[:, 1], ring[0, 1]), np.append(ring[:, 0], ring[0, 0]))


def draw_flight(
    ax: Axes, view: View, flown: Flown, labels: Labels, colour: style.Colour = style.TEXT
) -> None:
    """The true ground path with those of its ends that have a name; a companion's as a thin line."""
    line = view.line(flown.lat_deg, flown.lon_deg)
    if flown.thin:
        ax.plot(*line.T, color=style.FAINT, lw=0.6, zorder=4.9)
        return
    xy = view.project(flown.lat_deg, flown.lon_deg)
    ax.plot(*line.T, color=style.BACKGROUND, lw=3.6, alpha=0.7, zorder=5)
    ax.plot(*line.T, color=colour, lw=1.5, zorder=6)
    for step in xy[:: max(len(xy) // 60, 1)]:
        labels.avoid((float(step[0]), float(step[1])), 4.0)
    ends = [end for end in ((xy[0], "o", flown.begin), (xy[-1], "x", flown.end)) if end[2]]
    for at, marker, _ in ends:
        ax.plot(*at, marker=marker, ms=7, mfc=colour, mec=colour, mew=1.8, zorder=8)
    for at, _, words in ends:
        labels.put((float(at[0]), float(at[1])), words, colour, size=style.MIDDLE)


def draw_regions(ax: Axes, view: View, shown: tuple[Assessment, ...], start: float, labels: Labels) -> None:
    """The 90 % regions as nested outlines in the colours of their times, with the time where it has room."""
    for k, a in enumerate(shown):
        if a.impact is None:
            continue
        xy = region_outline(view, a.impact)
        colour = style.by_time(k, len(shown))
        ax.plot(*xy.T, color=colour, lw=1.4, zorder=6.5)
        if np.isnan(xy).any():
            continue
        ax.fill(*xy.T, color=colour, alpha=0.06, lw=0, zorder=2.5)
        far = np.hypot(*(xy - view.project(a.impact.lat_deg, a.impact.lon_deg)).T)
        inside = view.holds(xy, 0.96)
        if far.max() < 0.018 * view.half_height_km or not inside.any():
            continue
        spot = xy[int(np.argmax(np.where(inside, far, -1.0)))]
        labels.put(
            (float(spot[0]), float(spot[1])),
            style.clock(a.t - start),
            colour,
            size=style.MIDDLE,
            weight="bold",
        )


def draw_track(ax: Axes, scene: Scene, view: View, labels: Labels, shown: tuple[Assessment, ...]) -> None:
    """Every flight; of the first track the launch region as it was last known, and the impact regions."""
    for flown in scene.flights:
        draw_flight(ax, view, flown, labels)
    launches = [a.launch for a in scene.known.get("together", ()) if a.launch is not None]
    if launches:
        ax.plot(*region_outline(view, launches[-1]).T, color=style.TEXT, lw=1.0, ls=(0, (1, 1.5)), zorder=6)
    draw_regions(ax, view, shown, scene.start, labels)
