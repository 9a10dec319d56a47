"""Warning settings: the default, and a user's own."""

import math
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.catalogue.warningfiles import AREA, SEA, read, refused
from tocsin.catalogue import Borders, read_warning, warning_settings
from tocsin.catalogue.figures import load_table


def test_the_default() -> None:
    told = warning_settings()
    assert [(p.name, p.countries) for p in told.protected] == [("Russia", ("RU",)), ("China", ("CN",))]
    assert (told.possible, told.probable, told.confirmed, told.fall) == (0.01, 0.5, 0.9, 0.8)
    assert (told.prior_low, told.prior_high, told.prior) == (1e-4, 0.5, None)
    assert warning_settings() is told


def test_every_figure_of_the_default_is_assumed_and_lies_within_its_range() -> None:
    table = load_table("warning.toml")
    for name in ("threshold", "prior"):
        figures = {k: v for k, v in table[name].items() if isinstance(v, float)}
        assert set(figures) == set(table[name]["notes"]) == set(table[name]["ranges"])
        assert all(note.startswith("assumed") for note in table[name]["notes"].values())
        assert all(low < figures[k] < high for k, (low, high) in table[name]["ranges"].items())


def test_a_users_own(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        SEA
        + '[[protected]]\nname = "b"\ncountries = ["KZ", "MN"]\n'
        + '[[protected]]\nname = "c"\ncentre = [0, -150.0]\nradius_km = 500\n'
        + "[threshold]\nconfirmed = 0.95\n[prior]\nodds = 0.25\n",
    )
    sea, countries, disc = told.protected
    assert sea.ring is not None
    assert sea.ring.tolist() == [[57.0, 18.0], [59.0, 18.0], [59.0, 21.0], [57.0, 21.0]]
    assert (countries.countries, countries.ring, countries.polygon) == (("KZ", "MN"), None, None)
    # Half a circle's chord from the centre: the haversine of the way to each of its points.
    lat, lon = np.radians(disc.ring).T
    h = np.sin(lat / 2) ** 2 + np.cos(lat) * np.sin((lon - np.radians(-150.0)) / 2) ** 2
    assert 2.0 * 6371.0072 * np.arcsin(np.sqrt(h)) == pytest.approx(np.full(180, 500.0), rel=1e-9)
    # What is not given is as in the default; odds of 1 : 4 are a share of a fifth.
    assert (told.possible, told.confirmed, told.prior_low) == (0.01, 0.95, 1e-4)
    assert told.prior == pytest.approx(0.2)


def test_a_layer_of_the_users_has_its_own_codes(tmp_path: Path) -> None:
    """And where that layer could not be read, no code is called unknown."""
    layer = Borders(("Westland",), ("AA",), np.array([shapely.box(0, 0, 9, 9)]), "by hand")
    text = AREA + 'countries = ["AA"]\n'
    assert read(tmp_path, text, layer).protected[0].countries == ("AA",)
    assert refused(tmp_path, text)[0].startswith("3: protected 1, countries: no country 'AA'")
    assert read_warning(tmp_path / "mine.toml", None).protected[0].countries == ("AA",)


def test_areas_may_share_a_line_and_a_ring_may_end_at_180_deg(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        SEA
        + AREA
        + "ring = [[57, 21], [59, 21], [59, 21.5], [57, 21.5]]\n"
        + '[[protected]]\nname = "w"\nring = [[-20, 175], [-20, 180], [-15, 180], [-15, 175]]\n'
        + '[[protected]]\nname = "e"\nring = [[-20, -180], [-20, -178], [-15, -178], [-15, -180]]\n',
    )
    assert len(told.protected) == 4


def test_a_circle_that_just_fits(tmp_path: Path) -> None:
    """To the pole there are 10 deg, 1111.95 km on this sphere; to 180 deg fewer km than at the equator."""
    km = math.radians(10.0) * 6371.0072
    assert read(tmp_path, AREA + f"centre = [80, 0]\nradius_km = {km - 1.0}\n").protected
    assert refused(tmp_path, AREA + f"centre = [80, 0]\nradius_km = {km + 1.0}\n")
    # sin(r) = cos(60 deg) sin(10 deg)
    most = math.asin(0.5 * math.sin(math.radians(10.0))) * 6371.0072
    assert read(tmp_path, AREA + f"centre = [60, 170]\nradius_km = {most - 1.0}\n").protected
    assert refused(tmp_path, AREA + f"centre = [60, 170]\nradius_km = {most + 1.0}\n")
