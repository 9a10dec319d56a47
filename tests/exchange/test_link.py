"""The link: nothing early, nothing lost, the same order every time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.exchange.link import InProcessLink, Link

SENDS = st.lists(st.tuples(st.integers(0, 20).map(float), st.sampled_from(["russia", "china"])), max_size=30)


@given(SENDS, st.integers(0, 5).map(float), st.lists(st.integers(0, 30).map(float)).map(sorted))
def test_everything_arrives_once_in_order_of_arrival_and_never_early(
    sends: list[tuple[float, str]], latency: float, asked: list[float]
) -> None:
    link: Link = InProcessLink(latency)
    for number, (t, to) in enumerate(sends):
        link.send(t, to, str(number).encode())
    came: list[tuple[str, bytes]] = []
    for t in [*asked, float("inf")]:
        new = link.due(t)
        assert all(sends[int(data)][0] + latency <= t for _, data in new)
        came += new
        missing = [s for n, s in enumerate(sends) if str(n).encode() not in {d for _, d in came}]
        assert all(sent + latency > t for sent, _ in missing)
    order = sorted(range(len(sends)), key=lambda n: (sends[n][0], n))
    assert came == [(sends[n][1], str(n).encode()) for n in order]


def test_latency_is_waited_for() -> None:
    link = InProcessLink(0.5)
    link.send(10.0, "china", b"a")
    assert link.due(10.4) == []
    assert link.due(10.5) == [("china", b"a")]
    assert link.due(1e9) == []


@pytest.mark.parametrize("latency", [-1.0, float("nan"), float("inf")])
def test_a_latency_that_is_none_is_refused(latency: float) -> None:
    with pytest.raises(TocsinError, match="give a time of 0 s or more"):
        InProcessLink(latency)


def test_a_time_without_a_place_in_the_order_is_refused() -> None:
    with pytest.raises(ValueError, match="not a time"):
        InProcessLink(0.0).send(float("nan"), "china", b"")
