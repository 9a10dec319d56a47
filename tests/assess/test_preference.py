"""Places at sea against places on land: what is aimed is told so, and nothing else is."""

import numpy as np
import pytest

from tocsin.assess.classify import CLASSES
from tocsin.assess.preference import AIMED, preferred
from tocsin.assess.whereabouts import Whereabouts


def where(rus=0.3, chn=0.1, landed=0.8, orbit=0.1) -> Whereabouts:
    """Half of what lands is at sea."""
    told = {"RUS": rus, "CHN": chn, "orbit": orbit, "none": 1.0 - rus - chn - orbit}
    return Whereabouts(None, None, None, landed=landed, orbit=orbit, territory=told, protected={"a": rus})


def sure(name: str) -> np.ndarray:
    return (np.array(CLASSES) == name).astype(float)


def test_without_a_preference_nothing_changes():
    assert preferred([where()], sure("irbm")[None], 1.0) == [where()]


def test_of_what_is_aimed_odds_of_the_sea_are_multiplied():
    (found,) = preferred([where()], sure("irbm")[None], 0.25)
    # 0.4 on land and 0.4 at sea: 4 to 1 instead of 1 to 1.
    assert found.territory["RUS"] + found.territory["CHN"] == pytest.approx(0.64)
    assert found.territory["RUS"] / found.territory["CHN"] == pytest.approx(3.0)
    assert found.territory["orbit"] == 0.1
    assert found.protected["a"] == pytest.approx(found.territory["RUS"])
    assert sum(found.territory.values()) == 1.0
    assert found.landed == 0.8


@pytest.mark.parametrize("name", ["re-entry", "satellite", "meteor", "space-launch", "unknown"])
def test_of_what_is_not_aimed_nothing_changes(name):
    (found,) = preferred([where()], sure(name)[None], 0.25)
    assert found.territory["RUS"] == pytest.approx(0.3)
    assert not AIMED[CLASSES.index(name)]


def test_what_may_be_either_lies_between():
    (found,) = preferred([where()], 0.5 * (sure("srbm") + sure("re-entry"))[None], 0.25)
    assert found.territory["RUS"] == pytest.approx(0.5 * (0.3 + 0.48))


def test_a_region_all_of_one_kind_stays_as_it_is():
    sea, land = where(0.0, 0.0), where(0.4, 0.4)
    assert preferred([sea, land], np.tile(sure("slbm"), (2, 1)), 0.1) == [sea, land]
