"""The columns of a table of a path: which there may be, in any order, and which there may not."""

import itertools

import pytest

from tocsin.errors import TocsinError
from tocsin.interchange.columns import CARTESIAN, CHOICES, GEODETIC, TIMES, VELOCITY, columns_of


@pytest.mark.parametrize("time", TIMES)
def test_each_choice_is_found_in_any_order(time):
    for position in (GEODETIC, *CARTESIAN.values()):
        for velocity in ((), *VELOCITY.values()):
            names = [time, *position, *velocity]
            if velocity and position == GEODETIC:
                continue
            assert columns_of("f:1", names) == (time, position, velocity)
            assert columns_of("f:1", names[::-1]) == (time, position, velocity)


def test_the_columns_that_a_message_offers_are_known():
    for name in ("t_s", "utc", "lat_deg,lon_deg,height_km", "x_m,y_m,z_m", "vx_m_s,vy_m_s,vz_m_s"):
        assert name in CHOICES


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("t_s,x_m,y_m,z_m,x_m", "f:1: the column 'x_m' is there twice; keep one"),
        ("t_s,x_m,y_m,z_m,mass", "f:1: the column 'mass' has no use; give "),
        ("t_s,x_m,y_m,z_m,", "f:1: the column '' has no use; give "),
        ("t_s;x_m;y_m;z_m", "f:1: the column 't_s;x_m;y_m;z_m' has no use; give "),
        ("T_S,X_M,Y_M,Z_M", "f:1: the column 'T_S' has no use; give "),
        ("0.0,7000.0,0.0,0.0", "f:1: the column '0.0' has no use; give "),
        ("x_m,y_m,z_m", "f:1: columns are missing or too many; give "),
        ("t_s,utc,x_m,y_m,z_m", "f:1: columns are missing or too many; give "),
        ("t_s,x_m,y_m", "f:1: columns are missing or too many; give "),
        ("t_s,x_m,y_m,z_km", "f:1: columns are missing or too many; give "),
        ("t_s,lat_deg,lon_deg,z_m", "f:1: columns are missing or too many; give "),
        ("t_s,x_m,y_m,z_m,x_km,y_km,z_km", "f:1: columns are missing or too many; give "),
        ("t_s,x_m,y_m,z_m,vx_m_s,vy_m_s", "f:1: columns are missing or too many; give "),
        ("t_s,x_m,y_m,z_m,vx_m_s,vy_m_s,vz_km_s", "f:1: columns are missing or too many; give "),
        ("t_s,vx_m_s,vy_m_s,vz_m_s", "f:1: columns are missing or too many; give "),
        ("t_s,lat_deg,lon_deg,height_km,vx_m_s,vy_m_s,vz_m_s", "f:1: velocities need x, y and z; give "),
    ],
)
def test_other_columns_are_refused(header, told):
    with pytest.raises(TocsinError) as error:
        columns_of("f:1", header.split(","))
    assert str(error.value).startswith(told)


def test_any_set_of_columns_is_a_choice_or_refused():
    known = [*TIMES, *GEODETIC, *CARTESIAN["m"], *CARTESIAN["km"][:1], *VELOCITY["km"]]
    for n in range(6):
        for names in itertools.combinations(known, n):
            try:
                time, position, velocity = columns_of("f:1", [*names])
            except TocsinError:
                continue
            assert {time, *position, *velocity} == set(names)
