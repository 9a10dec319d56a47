"""The one object that `--json` prints: what was published, what really flew, and what was known when."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from tocsin.assess.contradiction import contradictions
from tocsin.assess.territory import Territories
from tocsin.catalogue import Event, Network, borders
from tocsin.centre.event import CentreEvent
from tocsin.cli import figures, outlook
from tocsin.cli.asked import cloud_marks, heard_lines, nature_figures, nature_lines
from tocsin.cli.knownby import histories, known_by
from tocsin.cli.notes import assumed, network_figures, sensors_note
from tocsin.cli.pictures import known_by_then, told_tracks
from tocsin.cli.stereo import stereo_pair
from tocsin.cli.timeline import EVENT_ORDER, timeline
from tocsin.cli.truth import Truth
from tocsin.cli.watch import Watch, blind_lines, blind_marks, watch_rows

Report = dict[str, Any]


def report(
    event: Event,
    network: Network,
    truths: tuple[Truth, ...],
    seed: int,
    events: tuple[CentreEvent, ...],
    at_s: float | None = None,
    origin: str = "simulated",
    watches: tuple[Watch, ...] = (),
    territories: Territories | None = None,
) -> Report:
    """Everything that an event must tell, in plain figures; `src/tocsin/cli/schema.json` describes it.

    The tracks are those of the joint picture of Russia's centre, or of whichever picture there is, each as
    last assessed. With at_s only what was known that many seconds after the start; the truth stays whole.
    What lies ahead is told as of that moment. territories: as in `setups`.
    """
    start = event.start_t_tai
    until = math.inf if at_s is None else start + at_s
    known = known_by_then(events, until)
    territories = territories or Territories(borders())
    ahead = outlook.outlook_told(known, network, territories, until)
    further = {} if ahead is None else ahead.further
    tracks = [
        {
            **figures.track(name, made[-1], start),
            "further": outlook.further(further[name], start) if name in further else None,
            "known_by": known_by(histories(name, known), start),
        }
        for name, made in sorted(told_tracks(known).items(), key=lambda item: _first(item[1]))
    ]
    flown = [figures.truth(t) for t in truths]
    return {
        "event": event.key,
        "title": event.title,
        "start_utc": event.start_utc,
        "origin": origin,
        "seed": seed,
        "at_s": at_s,
        "published": msgspec.to_builtins(event.published),
        "truth": flown[0] if len(flown) == 1 else flown,
        "network": network_figures(network),
        "stereo_angle_deg": _stereo(network, truths, tracks, start),
        "nature": nature_figures(event),
        "sensors": watch_rows(watches, start),
        "timeline": timeline(truths, known, start, until, [*blind_marks(watches), *cloud_marks(event)]),
        "tracks": tracks,
        "raid": None if ahead is None or ahead.raid.tracks < 2 else outlook.raid(ahead.raid, start),
        "contradictions": _contradictions(known),
        "sensors_note": [
            *nature_lines(event),
            *heard_lines(event),
            *blind_lines(watches, until),
            *sensors_note(event, network),
        ],
        "assumed": [*assumed(event, network, territories.settings), *outlook.assumed(ahead)],
    }


def _contradictions(known: tuple[CentreEvent, ...]) -> list[str]:
    """Of the told tracks, each as it stood before it was closed."""
    open_ = (
        next((a for a in reversed(made) if a.event_state != "closed"), made[-1])
        for made in told_tracks(known).values()
    )
    return [one.words for one in contradictions(tuple(open_))]


def _first(made: tuple[Any, ...]) -> tuple[int, float]:
    """The order of tracks: the most certain that each ever was, then the oldest."""
    return -max(EVENT_ORDER.index(a.event_state) for a in made), made[0].t


def _stereo(
    network: Network, truths: tuple[Truth, ...], tracks: list[dict[str, Any]], start: float
) -> float | None:
    """The stereo angle at the first launch point, when a second satellite first saw a launch."""
    looks = [t["stereo_s"] for t in tracks if t["stereo_s"] is not None]
    launch = next((t.launch for t in truths if t.launch is not None), None)
    if not looks or launch is None:
        return None
    pair = stereo_pair(network, *launch, start + min(looks))
    return None if pair is None else figures.rounded(pair[0], 3)
