"""What the scans of a raid hold."""

from __future__ import annotations

from collections import Counter

import numpy as np

from tocsin.catalogue import Network
from tocsin.motion.path import Path
from tocsin.sensor.echo.swerling import detection_probability
from tocsin.sensor.labels import Labels
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan
from tocsin.simulate.raid import Raid, network_of_raid
from tocsin.simulate.raidfile import RaidTable


def probabilities(seen: tuple[tuple[Scan, Labels], ...], raid: Raid, network: Network) -> np.ndarray:
    """Probability of detection (n,) of each radar look at one flight alone, by where the flight was."""
    out = [np.empty(0)]
    for radar in map(Radar, network.radars):
        mine = [(scan, labels) for scan, labels in seen if scan.sensor == radar.key]
        count = np.concatenate([labels.count for _, labels in mine])
        body = np.concatenate([labels.first for _, labels in mine])
        t = np.repeat([scan.t for scan, _ in mine], [len(scan) for scan, _ in mine])
        for b in np.unique(body[(count == 1) & (body < len(raid.paths))]):
            r = raid.paths[b].position(t[(count == 1) & (body == b)])
            there = np.broadcast_to(radar.r_ecef, r.shape)
            values = range_azimuth_elevation(r, np.zeros_like(r), there)[0]
            signal = radar.beam.snr(values, np.full(len(r), raid.paths[b].rcs_m2))
            out.append(
                detection_probability(signal[np.isfinite(signal)], radar.site.false_alarm_probability, 1)
            )
    return np.concatenate(out)


def tell_scans(
    asked: RaidTable, raid: Raid, seen: tuple[tuple[Scan, Labels], ...], paths: tuple[Path, ...]
) -> None:
    """What the scans hold, and what the radars shed, of which class."""
    kind = np.array([asked.salvo[s].vehicle for s in raid.salvo] + ["other"] * (len(paths) - len(raid.paths)))
    shed, looks, most, merged, false = Counter(), Counter(), Counter(), 0, 0
    for scan, labels in seen:
        looks[scan.sensor] += len(scan)
        most[scan.sensor] = max(most[scan.sensor], len(scan))
        merged += int(np.sum(labels.count > 1))
        false += int(np.sum(labels.count == 0))
        shed.update((scan.sensor, str(kind[b])) for b in labels.shed)
    total = sum(looks.values())
    print(f"{len(seen):,} scans, {total:,} looks, {false:,} of them false, {merged:,} of several bodies")
    print("looks, and the most in a scan:", ", ".join(f"{k} {n:,} ({most[k]})" for k, n in looks.items()))
    p = probabilities(seen, raid, network_of_raid(asked))
    print(
        f"probability of a radar look at a flight: 0.8 to 0.95 of {np.mean((p >= 0.8) & (p <= 0.95)):.2f}, "
        f"less of {np.mean(p < 0.8):.2f}; mean {p.mean():.2f}"
    )
    dropped = ", ".join(f"{key} {what} {n:,}" for (key, what), n in shed.most_common())
    print(f"shed {sum(shed.values()):,}: {dropped or 'nothing'}")
    by_radar = [b for scan, labels in seen if scan.kind == "radar" for b in labels.body.tolist()]
    for what in dict.fromkeys(kind.tolist()):
        mine = set(np.flatnonzero(kind == what).tolist())
        told = Counter(b for b in by_radar if b in mine)
        print(f"  {what}: {len(mine):,}, seen by a radar {len(told):,} in {told.total():,} looks")
