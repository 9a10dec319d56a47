"""The network of a date: who is in it, and what it says of itself."""

import pytest

from tocsin.catalogue import Network, NetworkChoice, network, network_of
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError

DAY_S = 86400.0


def keys(net: Network) -> tuple[set[str], set[str]]:
    return {s.key for s, _ in net.satellites}, {r.key for r in net.radars}


@pytest.mark.parametrize(
    ("date", "numbers"),
    [
        ("1982-06-21", ()),
        ("1983-09-25", (1382,)),
        ("1984-02-01", ()),
        ("1995-01-25", ()),
        ("2016-06-15", (2510,)),
        ("2017-07-04", (2510, 2518)),
        ("2020-10-15", (2510, 2518, 2541, 2546)),
        ("2022-06-15", (2541, 2546, 2552)),
        ("2025-07-15", (2541, 2546, 2552, 2563)),
        ("2026-09-01", (2546,)),
    ],
)
def test_satellites_by_date(date: str, numbers: tuple[int, ...]) -> None:
    assert keys(network(date))[0] == {f"cosmos-{n}" for n in numbers}


@pytest.mark.parametrize("date", ["2017-07-04", "2017-07-09", "2025-07-15", "2025-08-20"])
def test_each_satellite_has_the_element_set_nearest_the_date(date: str) -> None:
    t_tai = tai_from_utc(date)
    for satellite, elements in network(date).satellites:
        away = [abs(e.epoch_t_tai - t_tai) for e in satellite.elements]
        assert abs(elements.epoch_t_tai - t_tai) == min(away)
        assert min(away) <= 60.0 * DAY_S


def test_radars_of_the_default_date() -> None:
    assert keys(network("2025-07-15"))[1] == {
        *("LEK", "ARM1", "ARM2", "KAL", "MIS1", "MIS2", "YEN", "BAR", "ORS", "PEC", "OLED", "GAN"),
        *("KOR", "HUA", "LIN", "YIY1", "YIY2", "HYP-HUA", "HYP-LIN", "HYP-KOR", "HYP-YUN"),
    }


def test_radars_come_and_go_with_their_service() -> None:
    in_2017, in_2025 = keys(network("2017-07-04"))[1], keys(network("2025-07-15"))[1]
    assert in_2025 - in_2017 == {"KAL", "YEN", "BAR", "ORS", "YIY2"}
    assert in_2017 - in_2025 == {"BAL"}
    assert "MISD" in keys(network("2012-05-22"))[1]
    assert "MISD" not in keys(network("2012-05-23"))[1]
    for radars in (in_2017, in_2025):
        assert radars.isdisjoint({"OLE", "VOR", "XUA", "MISD"})


def test_hypothetical_stations_go_with_one_key_and_are_noted_when_there() -> None:
    with_them, without = network("2025-07-15"), network("2025-07-15", hypothetical=False)
    assert keys(with_them)[1] - keys(without)[1] == {"HYP-HUA", "HYP-LIN", "HYP-KOR", "HYP-YUN"}
    told = "hypothetical stations, published nowhere: HYP-HUA, HYP-LIN, HYP-KOR, HYP-YUN"
    assert with_them.notes == (*without.notes, told)
    assert not any("hypothetical" in note for note in without.notes)


def test_named_radars_are_taken_whatever_their_state_and_noted() -> None:
    net = network("2017-07-04", satellites=("cosmos-2510",), radars=("OLE", "BAL", "XUA", "YIY2", "OLE"))
    assert [r.key for r in net.radars] == ["OLE", "BAL", "XUA", "YIY2"]
    assert net.notes == (
        "Olenegorsk (Murmansk) (OLE) is used by name; on this date it was being built",
        "Xuanhua (XUA) is used by name; on this date it was closed",
        "Yiyuan, Shandong, north-east face (YIY2) is used by name; on this date it was not yet in service",
    )


def test_a_dead_satellite_with_elements_may_be_named() -> None:
    net = network("2025-07-15", satellites=("cosmos-2510",), hypothetical=False)
    assert keys(net)[0] == {"cosmos-2510"}
    (note,) = net.notes
    assert note.startswith(
        "Cosmos 2510 (EKS-1) is used by name; on this date it was dead: station-keeping ended"
    )


def test_the_state_of_each_satellite_on_the_date_is_noted_but_that_it_works() -> None:
    told = network("2025-07-15", hypothetical=False).notes
    words = [note.partition(" on this date: ")[0] for note in told]
    assert words == [
        "Cosmos 2541 (EKS-3) was in doubt",
        "Cosmos 2546 (EKS-4) was off station",
        "Cosmos 2552 (EKS-5) was off station",
    ]
    assert all("assumed" in note for note in told)
    assert network("2020-10-15", hypothetical=False).notes == ()
    # Before it was launched, or after: no note of one that is not in service.
    assert not any("1382" in note for date in ("1995-01-25", "2025-07-15") for note in network(date).notes)


def test_satellites_in_doubt_are_left_out_where_that_is_asked() -> None:
    both, sure = network("2017-07-04"), network("2017-07-04", doubtful=False)
    assert keys(both)[0] - keys(sure)[0] == {"cosmos-2518"}
    assert keys(both)[1] == keys(sure)[1]
    assert not any("in doubt" in note for note in sure.notes)
    choice = NetworkChoice("2025-07-15", None, (), True, False)
    assert keys(network_of(choice))[0] == {"cosmos-2546", "cosmos-2552", "cosmos-2563"}
    with pytest.raises(TocsinError) as caught:
        network("2025-07-15", ("cosmos-2541",), doubtful=False)
    assert caught.value.problems == (
        "satellites: 'cosmos-2541' is in doubt on this date, and doubtful = false; change one of them",
    )
    none = network("2026-09-01", doubtful=False)
    assert none.satellites == ()
    assert any("no satellite but those in doubt" in note for note in none.notes)


def test_a_network_without_satellites_or_radars_says_so() -> None:
    net = network("2025-07-15", satellites=(), radars=())
    assert (net.satellites, net.radars) == ((), ())
    assert net.notes == ("no satellites, as asked", "no radars, as asked")


def test_a_date_far_from_every_element_set_leaves_the_satellites_out_and_says_so() -> None:
    net = network("2024-05-01", hypothetical=False)
    assert net.satellites == ()
    assert "no satellite has an element set within 60 days of 2024-05-01T00:00:00Z" in net.notes
    assert sum("is left out; the nearest is of" in note for note in net.notes) == 4


def test_all_problems_are_told_together() -> None:
    with pytest.raises(TocsinError) as caught:
        network("2019-07-15", ("cosmos-2510", "cosmos2546"), ("mis1", "HYP-HUA"), hypothetical=False)
    assert caught.value.problems == (
        "satellites: Cosmos 2510 (EKS-1) has no element set within 60 days of 2019-07-15T00:00:00Z; "
        "the nearest is of 2018-06-26T08:42:36.078Z, 384 days away: choose a date near it, or "
        "leave 'cosmos-2510' out",
        "satellites: no satellite 'cosmos2546'; did you mean 'cosmos-2546'?",
        "radars: no radar 'mis1'; did you mean 'MIS1'?",
        "radars: 'HYP-HUA' is hypothetical, and hypothetical = false; change one of them",
    )


@pytest.mark.parametrize("date", ["yesterday", "2017-13-01", "2017-07-04T00:40:00+09:00", "1950-01-01", ""])
def test_a_bad_date_is_told(date: str) -> None:
    with pytest.raises(TocsinError):
        network(date)


def test_the_choice_of_an_event_is_followed() -> None:
    choice = NetworkChoice("2025-07-15", ("cosmos-2546",), ("MIS1",), True)
    assert keys(network_of(choice)) == ({"cosmos-2546"}, {"MIS1"})
    assert network_of(NetworkChoice(None, None, None, False)).date_utc == "2025-07-15T00:00:00Z"
