"""The flights of a raid, flown once and kept."""

from __future__ import annotations

import hashlib
from pathlib import Path as File

import numpy as np

from tocsin.motion.path import Path
from tocsin.simulate.raid import Raid, fly_raid
from tocsin.simulate.raidfile import RaidTable


def flown(asked: RaidTable, text: bytes, cache: File | None) -> Raid:
    """The raid's flights, from the cache folder if they are there."""
    key = hashlib.sha256(text + str(asked.flights).encode()).hexdigest()[:16]
    file = None if cache is None else cache / f"raid-{key}.npz"
    if file is not None and file.is_file():
        with np.load(file) as held:
            d = dict(held)
        cut = np.cumsum(d["n"])[:-1]
        columns = [np.split(d[name], cut) for name in ("t", "r", "v", "power")]
        rows = zip(d["name"], *columns, d["rcs"], d["lag"], strict=True)
        paths = tuple(Path(str(r[0]), *r[1:5], float(r[5]), lag=float(r[6])) for r in rows)
        return Raid(paths, d["salvo"], d["group"])
    raid = fly_raid(asked)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        columns = {"t": "t", "r": "r_ecef", "v": "v_ecef", "power": "power"}
        np.savez(
            file,
            n=[len(p.t) for p in raid.paths],
            name=[p.name for p in raid.paths],
            rcs=[p.rcs_m2 for p in raid.paths],
            lag=[p.lag for p in raid.paths],
            salvo=raid.salvo,
            group=raid.group,
            **{k: np.concatenate([getattr(p, name) for p in raid.paths]) for k, name in columns.items()},
        )
    return raid
