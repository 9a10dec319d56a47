"""What each channel has contributed to a track, and the milestones that follow from it."""

from __future__ import annotations

import numpy as np

from tocsin.assess.assessment import Evidence
from tocsin.assess.ladder import LEAST_RADAR_LOOKS, Grounds
from tocsin.estimate.looks import Channel
from tocsin.exchange.report import TrackReport, radar_place
from tocsin.track.members import Member
from tocsin.track.solution import Solution


def evidence_of(members: tuple[Member, ...], channels: tuple[Channel, ...]) -> tuple[Evidence, ...]:
    """One line for each channel, its local tracks summed."""
    out = []
    for c in sorted({m.channel for m in members}):
        mine = [m for m in members if m.channel == c]
        out.append(
            Evidence(
                channel=channels[c].name,
                phenomenology="infrared" if channels[c].telescope else "radar",
                looks=sum(m.hits for m in mine),
                first_t=min(m.first_t for m in mine),
                last_t=max(m.last_t for m in mine),
                llr=sum(m.llr for m in mine),
            )
        )
    return tuple(out)


def evidence_from(report: TrackReport) -> tuple[Evidence, ...]:
    """The partner's report as one line of evidence."""
    first = [t for t in (report.first_satellite_t, report.first_radar_t) if t is not None]
    return (
        Evidence(
            channel=f"partner:{report.centre}",
            phenomenology="partner",
            looks=report.infrared + len(report.radars),
            first_t=min(first) if first else report.issued_t,
            last_t=report.issued_t,
            llr=0.0,
        ),
    )


def milestones_of(evidence: tuple[Evidence, ...], burnout_t: float | None) -> dict[str, float | None]:
    """First satellite look, stereo (the second satellite's first look), burnout, first radar look; TAI s."""
    infrared = sorted(e.first_t for e in evidence if e.phenomenology == "infrared")
    radar = [e.first_t for e in evidence if e.phenomenology == "radar"]
    return {
        "first_satellite_t": infrared[0] if infrared else None,
        "stereo_t": infrared[1] if len(infrared) > 1 else None,
        "burnout_t": burnout_t,
        "first_radar_t": min(radar) if radar else None,
    }


def with_partner(own: dict[str, float | None], report: TrackReport) -> dict[str, float | None]:
    """Milestones of both centres: the earlier of each."""
    theirs = {name: getattr(report, name) for name in own}
    out: dict[str, float | None] = {}
    for name, mine in own.items():
        known = [t for t in (mine, theirs[name]) if t is not None]
        out[name] = min(known) if known else None
    return out


def _site(place: tuple[float, float]) -> str:
    return f"{place[0]:.2f},{place[1]:.2f}"


def grounds_of(
    members: tuple[Member, ...],
    channels: tuple[Channel, ...],
    solution: Solution,
    partner: TrackReport | None,
    agreed: bool,
) -> Grounds:
    """What the ladder is asked about; a partner's sensors count only where its motion agreed with ours."""
    infrared = [m for m in members if channels[m.channel].telescope]
    radars: dict[tuple[str, str], int] = {}
    for m in members:
        if not channels[m.channel].telescope:
            c = channels[m.channel]
            radars[(_site(c.site), c.band)] = radars.get((_site(c.site), c.band), 0) + m.hits
    satellites = any(c.telescope for c in channels)
    count, agrees = len({m.channel for m in infrared}), solution.agrees
    if partner is not None and agreed:
        count += partner.infrared
        satellites = satellites or partner.infrared > 0
        agrees = (
            agrees or (bool(infrared) and bool(partner.radars)) or (bool(radars) and partner.infrared > 0)
        )
        for k, (key, band) in enumerate(partner.radars):
            # Arrays of one site count once; where names are withheld, the partner tells one for each site.
            where = radar_place(key)
            radars[(_site(where) if where else f"{partner.centre} {k}", band)] = LEAST_RADAR_LOOKS
    return Grounds(
        infrared=count,
        infrared_looks=int(np.max([m.hits for m in infrared], initial=0)),
        radars=tuple((site, band, n) for (site, band), n in radars.items()),
        satellites_by_date=satellites,
        agrees=agrees,
        ballistic=solution.phase == "ballistic" and solution.state is not None,
    )
