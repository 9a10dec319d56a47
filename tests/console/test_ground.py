"""The ground of the map: what is drawn of it, and what must not be."""

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from tocsin.catalogue import borders
from tocsin.console.picture import style
from tocsin.console.picture.ground import draw_ground
from tocsin.console.picture.page import frame
from tocsin.console.picture.projection import EARTH_KM, View

WORLD = View(0.0, 0.0, np.pi * EARTH_KM, np.pi * EARTH_KM, flat=True)


def drawn(view: View) -> np.ndarray:
    """The pixels of a view's ground, 0 to 1."""
    figure = Figure(figsize=(10, 10), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    frame(ax, view)
    draw_ground(ax, view, borders())
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3] / 255.0


def near(pixels: np.ndarray, colour: str) -> np.ndarray:
    """Which pixels have a colour."""
    return np.all(np.abs(pixels - to_rgb(colour)) < 0.005, axis=-1)


def test_the_whole_world_has_its_land() -> None:
    """The map here is twice as high as the world: half lies beyond the poles; borders hide some land."""
    area = sum(shapely.area(part) for part in borders().geometry) / (360.0 * 180.0)
    assert 0.6 < near(drawn(WORLD), style.LAND).mean() / (area / 2.0) < 1.0


def test_beyond_the_poles_of_a_flat_map_there_is_nothing() -> None:
    pixels = drawn(WORLD)
    assert not near(pixels[:200], style.LAND).any()
    assert not near(pixels[:200], style.SEA).any()
    assert near(pixels[:200], style.BACKGROUND).mean() > 0.9
