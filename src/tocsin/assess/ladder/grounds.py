"""What the ladder looks at."""

from __future__ import annotations

from typing import NamedTuple

LEAST_RADAR_LOOKS = 3


class Grounds(NamedTuple):
    """Telescopes and radars that see it, whether one arc explains all of them, and whether it has ended.

    radars: (site, band, looks) of each; satellites_by_date: whether the picture has any telescope at all;
    agrees: infrared and radar have one motion; ballistic: one arc explains the looks; own: a sensor of the
    centre's own sees it; over: impact passed;
    lost: nobody has seen it for longer than anything flies.
    """

    infrared: int
    infrared_looks: int
    radars: tuple[tuple[str, str, int], ...]
    satellites_by_date: bool
    agrees: bool
    ballistic: bool
    own: bool = True
    over: bool = False
    lost: bool = False

    @property
    def enough(self) -> tuple[tuple[str, str, int], ...]:
        """The radars with looks enough to be counted."""
        return tuple([r for r in self.radars if r[2] >= LEAST_RADAR_LOOKS])
