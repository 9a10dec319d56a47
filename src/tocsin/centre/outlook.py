"""What lies ahead of one picture of a centre: the raid as a whole, and what further looks would change."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tocsin.assess.ahead import Watcher, watchers
from tocsin.assess.assessment import Assessment
from tocsin.assess.decision import Thresholds
from tocsin.assess.further import Further, further_looks
from tocsin.assess.raid import Raid, raid_of
from tocsin.assess.whereabouts import body_told
from tocsin.centre.setup import Setup
from tocsin.estimate.body import Body
from tocsin.exchange.policyfile import default_policies

UNUSABLE = ("blind", "dead")


class PictureOutlook(Struct, frozen=True, kw_only=True):
    """Of a picture's tracks at t (TAI s): the raid that they make, and the further looks of each open one."""

    t: float
    raid: Raid
    further: dict[str, Further]


def outlook_of(
    assessments: Sequence[Assessment], setup: Setup, t: float, partners: Sequence[Setup] = ()
) -> PictureOutlook:
    """The outlook of one picture from the last assessment of each of its tracks: nothing else is asked.

    Radars are the centre's own, less those that an assessment calls blind or dead, and those of partners,
    whose looks are taken for its own, though they come later and coarser.
    """
    settings = setup.territories.settings
    thresholds = Thresholds(settings.possible, settings.probable, settings.confirmed)
    radars = [w for s in (setup, *partners) for w in watchers(s.channels, s.network.radars)]
    share = setup.territories.on_protected
    return PictureOutlook(
        t=t,
        raid=raid_of(assessments, t),
        further={
            a.track: further_looks(
                body_of_track(a),
                t,
                _usable(radars, a),
                share,
                thresholds,
                confirmed=a.event_state.startswith("confirmed"),
                p=None if a.protected is None else min(sum(a.protected.values()), 1.0),
            )
            for a in assessments
            if a.event_state != "closed"
        },
    )


def partners_of(setup: Setup, made: Sequence[Setup]) -> tuple[Setup, ...]:
    """The centres whose release policy tells this one of tracks' states."""
    tell = {p.centre for p in default_policies() if p.to == setup.name and "state" in p.fields}
    return tuple(s for s in made if s.name in tell)


def body_of_track(a: Assessment) -> Body | None:
    """A track's body with its drag, as it was assessed; None where it is on no ballistic arc."""
    return None if a.state is None or a.drag is None else body_told(a.state, a.drag)


def _usable(radars: list[Watcher], a: Assessment) -> list[Watcher]:
    """Those that a track's assessment does not call blind or dead."""
    out = {e.channel for e in a.expected if e.state in UNUSABLE}
    return [w for w in radars if w.channel.name not in out]
