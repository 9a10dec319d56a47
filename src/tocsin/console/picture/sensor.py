"""A sensor in one picture: coverage at the left; detection and accuracy at the right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

from matplotlib import rc_context

from tocsin.catalogue import Borders
from tocsin.console.picture.page import footer, heading, page, save
from tocsin.console.picture.radarsensor import RadarScene, draw_radar
from tocsin.console.picture.telescopesensor import TelescopeScene, draw_telescope


@final
@dataclass(frozen=True, slots=True, eq=False)
class SensorScene:
    """A sensor as its picture tells it: what it is, when and where, and its kind's own drawing.

    origin: the badge; about: what must be said at once; key: what the map's marks mean.
    """

    title: str
    date: str
    origin: str
    about: str
    key: str
    drawn: RadarScene | TelescopeScene
    footer: tuple[str, ...]


def draw_sensor(scene: SensorScene, borders: Borders, file: Path) -> None:
    """Write the picture as a PNG of 1600 x 1000 pixels; OSError where it cannot be written."""
    # A name may be the user's: a dollar sign in it is no formula.
    with rc_context({"text.parse_math": False}):
        figure = page()
        if isinstance(scene.drawn, RadarScene):
            draw_radar(figure, scene.drawn, borders)
        else:
            draw_telescope(figure, scene.drawn)
        heading(figure, scene.title, scene.date, scene.origin, scene.about, scene.key, marked=True)
        footer(figure, scene.footer, borders)
        save(figure, file)
