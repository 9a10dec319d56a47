"""The close-up of the impact: the late regions, too small for the map, about the true impact."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from tocsin.assess.assessment import Assessment
from tocsin.catalogue import Borders
from tocsin.console.picture import style
from tocsin.console.picture.flightpath import draw_regions
from tocsin.console.picture.ground import draw_ground
from tocsin.console.picture.labels import Labels
from tocsin.console.picture.projection import View
from tocsin.console.picture.scene import Flown, Scene

Array = NDArray[np.float64]
SHARE = 0.30  # of the map's height
ASPECT = 1.25
LARGEST = 10.0  # times the last region


def closeup_view(shown: tuple[Assessment, ...], flown: Flown) -> View:
    """A view about the true impact with the largest region beside which the last can still be seen."""
    axes = [a.impact.ellipse_90_km.semi_major_km for a in shown if a.impact is not None]
    last = shown[-1].impact
    lat, lon = float(flown.lat_deg[-1]), float(flown.lon_deg[-1])
    view = View(lat, lon, 1.0, 1.0)
    miss = float(np.hypot(*view.project(last.lat_deg, last.lon_deg))) if last is not None else 0.0
    fits = max(axis for axis in axes if axis <= LARGEST * axes[-1])
    half = max(1.2 * fits, 2.2 * axes[-1], 1.6 * miss, 0.2)
    return View(lat, lon, half * ASPECT, half)


def draw_closeup(
    ax: Axes, scene: Scene, view: View, shown: tuple[Assessment, ...], borders: Borders, labels: Labels
) -> None:
    """An inset in the emptiest corner of the map, tied to the impact by a line."""
    flown = scene.flights[0]
    close = closeup_view(shown, flown)
    at = view.project(flown.lat_deg[-1], flown.lon_deg[-1])
    x0, y0 = _corner(view, _busy(scene, view), at)
    width, height = SHARE * ASPECT * view.half_height_km * 2.0, SHARE * view.half_height_km * 2.0
    inset = ax.inset_axes((x0, y0, width, height), transform=ax.transData, zorder=8)
    inset.set(
        xlim=(-close.half_width_km, close.half_width_km), ylim=(-close.half_height_km, close.half_height_km)
    )
    inset.set(xticks=[], yticks=[])
    for spine in inset.spines.values():
        spine.set(color=style.QUIET, linewidth=0.9)
    draw_ground(inset, close, borders)
    here = Labels(inset)
    here.avoid((0.0, 0.0), 7.0)
    inset.plot(0.0, 0.0, marker="x", ms=8, mec=style.TEXT, mew=1.8, zorder=9)
    _scale(inset, close, here)
    draw_regions(inset, close, shown, scene.start, here)
    here.put((0.0, 0.0), "true impact", style.TEXT)
    corners = np.array([[x0, y0], [x0 + width, y0], [x0, y0 + height], [x0 + width, y0 + height]])
    nearest = corners[int(np.argmin(np.hypot(*(corners - at).T)))]
    ax.plot(*np.stack([at, nearest]).T, color=style.QUIET, lw=0.8, zorder=4.5)
    for share in np.linspace(0.0, 1.0, 25):
        x, y = at + share * (nearest - at)
        labels.avoid((float(x), float(y)), 3.0)
    pixels = ax.transData.transform(corners)
    labels.taken.append(Bbox([pixels.min(axis=0), pixels.max(axis=0)]))


def _scale(ax: Axes, view: View, labels: Labels) -> None:
    """A bar of a round length."""
    raw = 0.7 * view.half_width_km
    unit = 10.0 ** math.floor(math.log10(raw))
    length = unit * max(m for m in (1.0, 2.0, 5.0) if m * unit <= raw)
    x, y = -0.93 * view.half_width_km, -0.88 * view.half_height_km
    ax.plot([x, x + length], [y, y], color=style.TEXT, lw=1.6, solid_capstyle="butt", zorder=8)
    text = ax.text(x, y + 0.05 * view.half_height_km, style.distance(length), color=style.TEXT)
    text.set(size=style.SMALL, ha="left", va="bottom", path_effects=style.halo(), zorder=9)
    labels.avoid((x + length / 2.0, y), 12.0)
    labels.taken.append(text.get_window_extent())


def _busy(scene: Scene, view: View) -> Array:
    """The points of the map that an inset should not hide."""
    points = [view.project(f.lat_deg[::20], f.lon_deg[::20]) for f in scene.flights]
    points += [
        view.project([r.lat_deg], [r.lon_deg])
        for r in scene.radars
        for _ in range(3 if r.key in scene.saw else 1)
    ]
    points += [view.project([s.lat_deg], [s.lon_deg]) for s in scene.satellites if s.saw]
    return np.concatenate(points)


def _corner(view: View, busy: Array, impact: Array) -> tuple[float, float]:
    """The lower left corner of an inset where it hides the fewest points, as near the impact as can be."""
    width, height = SHARE * ASPECT * view.half_height_km * 2.0, SHARE * view.half_height_km * 2.0
    gap = 0.025 * view.half_height_km
    left, low = -view.half_width_km + gap, -view.half_height_km + gap
    right, high = view.half_width_km - gap - width, view.half_height_km - gap - height
    spots = [(left, low), (right, low), (left, high), (right, high)]

    def hidden(spot: tuple[float, float]) -> tuple[int, float]:
        inside = (busy > np.array(spot) - 2 * gap) & (
            busy < np.array(spot) + np.array([width, height]) + 2 * gap
        )
        middle = np.array(spot) + np.array([width, height]) / 2.0
        return int(inside.all(axis=1).sum()), float(np.hypot(*(middle - impact)))

    return min(spots, key=hidden)
