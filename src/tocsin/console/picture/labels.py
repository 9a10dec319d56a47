"""Labels that keep out of each other's way."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from tocsin.console.picture import style

# Where a label may stand about its point, in units of its own half size, the best first.
_AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
_STEPS_PX = (9.0, 16.0, 26.0, 40.0, 58.0)


class Labels:
    """Places labels on one axes one after the other; `taken` holds what later ones must avoid, in pixels."""

    def __init__(self, ax: Axes) -> None:
        self._ax = ax
        self.taken: list[Bbox] = []

    def avoid(self, xy: tuple[float, float], radius_px: float = 5.0) -> None:
        """Keep labels off a point of the axes."""
        x, y = self._ax.transData.transform(xy)
        self.taken.append(Bbox([[x - radius_px, y - radius_px], [x + radius_px, y + radius_px]]))

    def put(
        self, xy: tuple[float, float], words: str, colour: style.Colour, size: float = style.SMALL, **kw: Any
    ) -> bool:
        """Write the words beside a point where nothing stands yet; without room, nothing is written."""
        text = self._ax.text(*xy, words, color=colour, size=size, ha="center", va="center", zorder=9, **kw)
        text.set_path_effects(style.halo())
        text.set_fontfamily(style.LETTERS["family"])
        box = text.get_window_extent()
        x, y = self._ax.transData.transform(xy)
        frame = self._ax.get_window_extent().padded(-4.0)
        for step in _STEPS_PX:
            for east, north in _AROUND:
                spread = 0.7 if east and north else 1.0
                cx = x + east * (step * spread + box.width / 2.0)
                cy = y + north * (step * spread + box.height / 2.0)
                place = Bbox.from_bounds(cx - box.width / 2.0, cy - box.height / 2.0, box.width, box.height)
                if self._free(place, frame):
                    x, y = self._ax.transData.inverted().transform((cx, cy))
                    text.set_position((x, y))
                    self.taken.append(place.padded(2.0))
                    return True
        text.remove()
        return False

    def centre(self, xy: tuple[float, float], words: str, colour: str) -> None:
        """Write the words quietly on a point, if nothing stands there."""
        text = self._ax.text(*xy, words, color=colour, size=7.0, ha="center", va="center", zorder=2.6)
        box = text.get_window_extent()
        if self._free(box, self._ax.get_window_extent()):
            self.taken.append(box)
        else:
            text.remove()

    def _free(self, place: Bbox, frame: Bbox) -> bool:
        inside = (
            place.x0 >= frame.x0 and place.x1 <= frame.x1 and place.y0 >= frame.y0 and place.y1 <= frame.y1
        )
        return inside and not any(place.overlaps(other) for other in self.taken)
