"""What each channel has contributed to a track, and the milestones that follow from it."""

from __future__ import annotations

import numpy as np
from msgspec import structs

from tocsin.assess.assessment import Evidence, Phenomenology
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel
from tocsin.assess.evidence.motion import Motion, motion_of, slower
from tocsin.assess.evidence.stereo import Climb, climb_of
from tocsin.assess.ladder.grounds import LEAST_RADAR_LOOKS, Grounds
from tocsin.estimate.looks import Channel, Looks
from tocsin.exchange.report import TrackReport, radar_place
from tocsin.track.members import Member
from tocsin.track.score import SequentialTest
from tocsin.track.solution import Solution

PLUME_GAIN = 25.0
"""m/s2: by how much a plume gains speed across the line of sight, in the mean of the classes (assumed)."""
SEEN_FROM = (0.1, 0.3, 1.0)
"""Shares of its speed that a plume shows, little to a telescope high above it, and that a body has, little
near its apogee (assumed)."""
REPORTED = SequentialTest().upper


def evidence_of(
    members: tuple[Member, ...],
    channels: tuple[Channel, ...],
    motions: dict[str, Motion],
    model: EvidenceModel = EVIDENCE,
) -> tuple[Evidence, ...]:
    """One line for each channel, its local tracks summed, with what its motion speaks for."""
    out = []
    for c in sorted({m.channel for m in members}):
        mine, channel = [m for m in members if m.channel == c], channels[c]
        first, last = min(m.first_t for m in mine), max(m.last_t for m in mine)
        slow, still = _unlike_a_launch(motions.get(channel.name), channel.telescope, last - first, model)
        out.append(
            Evidence(
                channel=channel.name,
                phenomenology="infrared" if channel.telescope else "radar",
                looks=sum(m.hits for m in mine),
                first_t=first,
                last_t=last,
                llr=sum(m.llr for m in mine),
                slow=slow,
                still=still,
            )
        )
    return tuple(out)


def _unlike_a_launch(
    motion: Motion | None, telescope: bool, age_s: float, model: EvidenceModel
) -> tuple[float, float]:
    """ln of how much better a nuisance, and something natural, explain how it moves than a launch.

    A plume is not asked to be faster than it can have become in its age.
    """
    if telescope:
        fast = min(model.plume_m_s, PLUME_GAIN * age_s)
        swift = tuple((max(share * fast, model.drift_m_s), 0.0) for share in SEEN_FROM)
        drift = (model.drift_m_s, 0.0)
    else:
        swift = tuple((share * model.body_m_s, model.body_m_s2) for share in SEEN_FROM)
        drift = (model.echo_m_s, model.echo_m_s2)
    nuisance = (model.nuisance_m_s, model.echo_m_s2)
    return slower(motion, nuisance, swift), slower(motion, drift, swift)


def motions_of(looks: Looks, channels: tuple[Channel, ...]) -> dict[str, Motion]:
    """How what each channel sees seems to move to it, of those with looks enough."""
    found = {}
    for c in np.unique(looks.channel):
        motion = motion_of(looks.where(looks.channel == c), channels[c].telescope)
        if motion is not None:
            found[channels[c].name] = motion
    return found


def climb_in(looks: Looks, channels: tuple[Channel, ...]) -> Climb | None:
    """How what the telescopes see climbs, where two of them and more see it."""
    eyes = [c for c, channel in enumerate(channels) if channel.telescope]
    return climb_of(looks.where(np.isin(looks.channel, eyes)))


def evidence_from(report: TrackReport) -> tuple[Evidence, ...]:
    """The partner's channels, as it tells of them; where it withholds that, one line for each that sees it.

    Of such a channel no more is known than that it has a track.
    """
    if report.evidence:
        return tuple(structs.replace(e, by=report.centre) for e in report.evidence)
    first = [t for t in (report.first_satellite_t, report.first_radar_t) if t is not None]
    kinds: tuple[tuple[Phenomenology, int], ...] = (
        ("infrared", report.infrared),
        ("radar", len(report.radars)),
    )
    return tuple(
        Evidence(
            channel=f"{report.centre} {kind} {k + 1}",
            phenomenology=kind,
            looks=0,
            first_t=min(first) if first else report.t,
            last_t=report.t,
            llr=REPORTED,
            by=report.centre,
        )
        for kind, count in kinds
        for k in range(count)
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
        own=bool(members),
    )
