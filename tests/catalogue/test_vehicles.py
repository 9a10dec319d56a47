"""Vehicle classes: sane rockets, round figures, and the lines the project keeps to."""

import math

import pytest

from tocsin.catalogue import Vehicle, vehicle, vehicles
from tocsin.errors import TocsinError


def ideal_speed(v: Vehicle) -> float:
    """Tsiolkovsky, stage by stage."""
    mass = v.payload_kg + sum(s.mass_kg for s in v.stages)
    speed = 0.0
    for stage in v.stages:
        speed += stage.exhaust_m_s * math.log(mass / (mass - stage.propellant_kg))
        mass -= stage.mass_kg
    return speed


def test_the_classes_and_their_roles() -> None:
    of = {role: [v.key for v in vehicles() if v.role == role] for role in ("missile", "sounding", "launcher")}
    assert of == {
        "missile": ["srbm", "mrbm", "irbm", "icbm-liquid", "icbm-solid", "slbm"],
        "sounding": ["sounding-rocket"],
        "launcher": ["launcher-medium"],
    }
    assert sum(len(keys) for keys in of.values()) == len(vehicles())


@pytest.mark.parametrize("v", vehicles(), ids=lambda v: v.key)
def test_each_is_a_rocket_that_can_lift_itself(v: Vehicle) -> None:
    mass = v.payload_kg + sum(s.mass_kg for s in v.stages)
    assert v.stages[0].thrust_n / mass > 1.2 * 9.81
    for stage in v.stages:
        assert 0.0 < stage.propellant_kg < stage.mass_kg
        assert 2000.0 < stage.exhaust_m_s < (3500.0 if v.role == "launcher" else 3300.0)
    assert 60.0 <= sum(s.burn_s for s in v.stages) <= (600.0 if v.role == "launcher" else 360.0)
    assert 0.0 < v.vertical_s < v.pitch_over_end_s < v.stages[0].burn_s


def test_classes_are_ordered_by_reach() -> None:
    speed = {v.key: ideal_speed(v) for v in vehicles()}
    assert speed["srbm"] < 4500.0 < speed["mrbm"] < 6500.0 < speed["irbm"] < 8000.0
    assert all(8000.0 < speed[key] < 10500.0 for key in ("icbm-liquid", "icbm-solid", "slbm"))


def test_the_launcher_is_the_class_asked_for() -> None:
    """About 550 t, 7.6 MN for 160 s, 0.93 MN for 390 s, 10 t carried: enough for an orbit."""
    launcher = vehicle("launcher-medium")
    assert sum(s.mass_kg for s in launcher.stages) + launcher.payload_kg == pytest.approx(550e3, rel=0.01)
    assert [s.thrust_n for s in launcher.stages] == [7.6e6, 0.93e6]
    assert [s.burn_s for s in launcher.stages] == pytest.approx([160.0, 390.0], rel=0.01)
    assert (launcher.payload_kg, launcher.diameter_m) == (10e3, 3.7)
    assert ideal_speed(launcher) > 7800.0 + 1500.0


def test_the_solid_is_near_the_reference_ascent() -> None:
    """(initial specific thrust, exhaust speed, burn) of the notional ascent behind the reference bounds.

    The last stage burns longer, for the reach of the published lofted flights.
    """
    solid = vehicle("icbm-solid")
    mass = solid.payload_kg + sum(s.mass_kg for s in solid.stages)
    for stage, (specific, exhaust, burn) in zip(
        solid.stages, ((24.0, 2600.0, 60.0), (30.0, 2850.0, 60.0), (30.0, 2850.0, 76.5)), strict=True
    ):
        assert stage.thrust_n / mass == pytest.approx(specific, rel=0.04)
        assert stage.exhaust_m_s == exhaust
        assert stage.burn_s == pytest.approx(burn, rel=0.005)
        mass -= stage.mass_kg


@pytest.mark.parametrize("v", vehicles(), ids=lambda v: v.key)
def test_figures_are_notional_and_no_small_target(v: Vehicle) -> None:
    assert v.title.startswith("notional")
    assert v.source.startswith("assumed")
    assert all(text.startswith("assumed") for text in v.notes.values())
    assert v.rcs_m2 >= 0.1
    assert (v.spread_thrust, v.spread_exhaust, v.spread_pitch_rate) == (0.01, 0.005, 0.03)


def test_an_unknown_class_is_answered_with_the_nearest() -> None:
    with pytest.raises(TocsinError, match=r"^no vehicle 'icbm-liqid'; did you mean 'icbm-liquid'\?$"):
        vehicle("icbm-liqid")
    with pytest.raises(TocsinError, match=r"^no vehicle 'qqq'; known: srbm, mrbm, "):
        vehicle("qqq")
