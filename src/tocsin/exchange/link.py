"""The link between centres: bytes go in at one time and come out at a later one."""

from __future__ import annotations

import heapq
import math
from typing import Protocol, final

from tocsin.errors import TocsinError


class Link(Protocol):
    """Carries sealed envelopes between centres; times are TAI s and are given by the caller."""

    def send(self, t: float, to: str, data: bytes) -> None:
        """Hand over `data` for the centre `to`, which may leave at t."""

    def due(self, t: float) -> list[tuple[str, bytes]]:
        """What has arrived by t and was not fetched yet, as (to, data) in order of arrival."""


@final
class InProcessLink:
    """A link within one process: everything arrives, `latency_s` after it was sent.

    Equal times come out in the order in which they were sent, so the same sends give the same arrivals.
    """

    def __init__(self, latency_s: float) -> None:
        if not (math.isfinite(latency_s) and latency_s >= 0.0):
            raise TocsinError(f"the link's latency is {latency_s} s; give a time of 0 s or more")
        self._latency_s = latency_s
        self._sent = 0
        self._under_way: list[tuple[float, int, str, bytes]] = []

    def send(self, t: float, to: str, data: bytes) -> None:
        """Put `data` on its way; ValueError for a time that is not finite: it has no place in the order."""
        if not math.isfinite(t):
            raise ValueError(f"sent at {t}: not a time")
        heapq.heappush(self._under_way, (t + self._latency_s, self._sent, to, data))
        self._sent += 1

    def due(self, t: float) -> list[tuple[str, bytes]]:
        """What has arrived by t; at infinity, everything."""
        out = []
        while self._under_way and self._under_way[0][0] <= t:
            _, _, to, data = heapq.heappop(self._under_way)
            out.append((to, data))
        return out
