"""The picture of a sensor: of its size, with its parts where they belong, for every kind."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from tocsin.catalogue import borders
from tocsin.console.picture import style
from tocsin.console.picture.page import HEIGHT_PX, MAP, WIDTH_PX
from tocsin.console.picture.radarsensor import Footprint, RadarScene
from tocsin.console.picture.sensor import SensorScene, draw_sensor
from tocsin.console.picture.sensorpanels import LEFT, WIDTH, Line, plain, round_figures
from tocsin.console.picture.telescopedisc import DISC, FIELD, GLINT
from tocsin.console.picture.telescopesensor import (
    DAY,
    DETECTION,
    NIGHT,
    NOISE,
    STAGES,
    Stages,
    TelescopeScene,
)


def ring(radius_deg: float, spread_deg: float = 60.0) -> np.ndarray:
    """An arc eastward of 50 N 90 E."""
    turn = np.radians(np.linspace(90.0 - spread_deg, 90.0 + spread_deg, 61))
    return np.stack([50.0 + radius_deg * np.cos(turn), 90.0 + 1.5 * radius_deg * np.sin(turn)], axis=-1)


def radar_scene() -> RadarScene:
    """A radar made by hand."""
    rcs, km, deg = np.geomspace(0.1, 100.0, 31), np.linspace(200.0, 4000.0, 50), np.linspace(2.0, 15.0, 40)
    half = 3000.0 * rcs**0.25
    return RadarScene(
        centre="russia",
        hypothetical=False,
        all_round=False,
        lat_deg=50.0,
        lon_deg=90.0,
        footprints=(Footprint("near", ring(0.5), ring(10.0)), Footprint("far", ring(2.0), ring(20.0))),
        limit=ring(30.0),
        limit_words="the end",
        where="ahead",
        rcs_m2=rcs,
        half_of=half,
        most_of=0.6 * half,
        at_edge=0.7 * half,
        spread=np.stack([0.5 * half, 2.0 * half]),
        range_max_km=4000.0,
        range_max_words="as far as $x$",
        range_km=km,
        range_noise_m=0.02 * km,
        cross_noise_km=0.001 * km,
        range_lasting_m=np.full(50, 50.0),
        cross_lasting_km=0.0005 * km,
        half_km=3000.0,
        elevation_deg=deg,
        parts=(Line("one", np.full(40, 0.05)), Line("other", 0.2 / deg)),
        whole=np.hypot(0.05, 0.2 / deg),
        at_km=2000.0,
    )


def telescope_scene() -> TelescopeScene:
    """A telescope made by hand."""
    across = np.linspace(-9.0, 9.0, 61)
    x, y = np.meshgrid(across, across)
    away = np.hypot(x, y)
    turn = np.linspace(0.0, 2.0 * np.pi, 181)
    on = np.where(away < 8.5, 1.0, np.nan)
    w = np.geomspace(1e3, 1e7, 101)
    limb = 8.5 * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    return TelescopeScene(
        east_deg=across,
        north_deg=across,
        need=on * (2e4 + 1e3 * away),
        seen_deg=on * (90.0 - 10.5 * away),
        sun_deg=on * 5.0 * x,
        glint=on * 0.5,
        glint_looks=0.01,
        field=(),
        nothing="",
        least_deg=5.0,
        limb=limb,
        outlines=(0.5 * limb,),
        names=((1.0, 2.0, "Somewhere"),),
        where="from there",
        intensity=w,
        found_day=(w > 3e4).astype(float),
        found_night=(w > 2e4).astype(float),
        half_day=3e4,
        half_night=2e4,
        classes=(Stages("one", np.array([2e4]), np.array([1e5])), Stages("b", np.ones(2), np.full(2, 1e5))),
        line_day=np.hypot(3e-5, 3.0 / w),
        line_night=np.hypot(3e-5, 2.0 / w),
        lasting=(("bias", 2e-5),),
        distance_m=4e7,
    )


def drawn(scene: RadarScene | TelescopeScene, folder: Path) -> np.ndarray:
    """The pixels of a scene's picture, 0 to 1, without transparency."""
    whole = SensorScene("A $sensor", "a day", "assumed", "say this", "key", scene, ("Assumed: all.",))
    draw_sensor(whole, borders(), folder / "picture.png")
    pixels = np.asarray(imread(folder / "picture.png"))[..., :3]
    assert pixels.shape == (HEIGHT_PX, WIDTH_PX, 3)
    return pixels


def part(pixels: np.ndarray, place: tuple[float, float, float, float]) -> np.ndarray:
    """The pixels within axes given as (left, bottom, width, height) of the figure."""
    left, low, width, height = place
    top = round((1.0 - low - height) * HEIGHT_PX)
    columns = slice(round(left * WIDTH_PX), round((left + width) * WIDTH_PX))
    return pixels[top : round((1.0 - low) * HEIGHT_PX), columns]


def share(pixels: np.ndarray, colour: style.Colour, near: float = 0.03) -> float:
    """The share of the pixels that have a colour."""
    return float(np.all(np.abs(pixels - to_rgb(colour)) < near, axis=-1).mean())


@pytest.fixture(scope="module")
def radar(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    """The picture of the radar made by hand."""
    return drawn(radar_scene(), tmp_path_factory.mktemp("radar"))


def test_a_radar_s_sector_lies_on_its_side_of_the_map(radar: np.ndarray) -> None:
    ground = part(radar, MAP)
    middle = ground.shape[1] // 2
    assert share(ground[:, middle + 12 :], style.RUSSIA) > 5.0 * share(ground[:, : middle - 12], style.RUSSIA)
    assert share(ground, style.LAND, 0.01) > 0.2


def test_a_radar_s_colours_and_what_has_no_band(radar: np.ndarray, tmp_path: Path) -> None:
    right = (LEFT, 0.1, WIDTH, 0.78)
    pixels = part(radar, right)
    for colour in (style.RUSSIA, style.CHINA, style.TEXT):
        assert share(pixels, colour) > 1e-3
    hollow = replace(
        radar_scene(), spread=None, hypothetical=True, all_round=True, footprints=(), centre="china"
    )
    other = drawn(hollow, tmp_path)
    assert share(part(other, MAP), style.CHINA) < 1e-3
    assert not np.array_equal(part(other, right), pixels)


def test_a_telescope_s_disc_and_panels(tmp_path: Path) -> None:
    scene = telescope_scene()
    pixels = drawn(scene, tmp_path)
    disc = part(pixels, DISC)
    assert share(disc, style.BACKGROUND, 0.01) < 0.35
    for low, high in (DETECTION, NOISE):
        panel = part(pixels, (LEFT, low, WIDTH, high))
        assert share(panel, style.BADGE, 0.06) > 1e-3
        assert share(panel, style.RUSSIA, 0.06) > 1e-3
    assert share(part(pixels, (LEFT, STAGES[0], WIDTH, STAGES[1])), style.TEXT, 0.06) > 5e-4
    nothing = drawn(replace(scene, nothing="no looks: too low"), tmp_path)
    assert share(part(nothing, DISC), style.SEA, 0.02) > 0.5


def test_the_same_scene_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        drawn(telescope_scene(), tmp_path / name)
    assert (tmp_path / "one/picture.png").read_bytes() == (tmp_path / "two/picture.png").read_bytes()


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(1.0, 100.0, [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]), (0.1, 1e4, [0.1, 1.0, 10.0, 100.0, 1e3, 1e4])],
)
def test_scales_have_round_figures(low: float, high: float, wanted: list[float]) -> None:
    assert round_figures(low, high) == pytest.approx(wanted)
    assert round_figures(16.0, 40.0) == pytest.approx([20.0, 30.0, 40.0])
    assert [plain(v) for v in (0.05, 1.5, 20.0, 5e4)] == ["0.05", "1.5", "20", "50,000"]


def test_a_limb_s_field_and_sunlit_cloud_are_drawn_where_there_are_any(tmp_path: Path) -> None:
    usual = telescope_scene()
    plain_disc = part(drawn(usual, tmp_path), DISC)
    assert share(plain_disc, GLINT, 0.15) == share(plain_disc, FIELD) == 0.0
    bright = usual.glint * (1.0 + 3.0 * (usual.sun_deg > 20.0))
    band = replace(usual, glint=bright, field=(0.9 * usual.limb, 1.05 * usual.limb))
    disc = part(drawn(band, tmp_path), DISC)
    # Thin lines, of which few pixels have the colour whole.
    assert share(disc, GLINT, 0.15) > 3e-4
    assert share(disc, FIELD) > 3e-4


def test_one_curve_where_day_and_night_are_alike(tmp_path: Path) -> None:
    usual = telescope_scene()
    alike = replace(usual, half_day=2e4, found_day=usual.found_night, line_day=usual.line_night)
    panel = (LEFT, DETECTION[0], WIDTH, DETECTION[1])
    both, one = (part(drawn(scene, tmp_path), panel) for scene in (usual, alike))
    assert share(both, NIGHT) > 1e-3
    assert share(one, NIGHT) == 0.0
    assert share(one, DAY) > 1e-3
