"""Country outlines as small polygons: Natural Earth's de-facto lines, made by `tools/make_borders.py`."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.catalogue.figures import DATA


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Country parts of at most 64 vertices, in longitude and latitude, degrees, cut at 180 deg.

    Part i is `geometry[i]`, of the country `names[i]` with ISO 3166-1 alpha-2 code `iso[i]` (codes that
    begin with X are user-assigned, where the source has none). The lines are those of control as the
    source draws them, and say nothing of whose claim is right. A coast point can fall outside: assign
    territory by the area an ellipse shares, not by a bare point.
    """

    names: tuple[str, ...]
    iso: tuple[str, ...]
    geometry: NDArray[np.object_]
    source: str


@cache
def borders() -> Borders:
    """The borders file of the catalogue; the vertices are stored as differences in 1e-5 deg."""
    with np.load(DATA / "borders.npz", allow_pickle=False) as stored:
        data = {name: stored[name] for name in stored.files}
    steps = np.ascontiguousarray(data["steps"].transpose(0, 2, 1)).view("<i4")[..., 0]
    xy = np.ascontiguousarray(np.cumsum(steps, axis=1, dtype=np.int64).T / float(data["per_degree"]))
    geometry = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, xy, (data["rings_at"], data["parts_at"])
    )
    owner = data["owner"]
    names, iso = data["names"][owner], data["iso"][owner]
    return Borders(tuple(names.tolist()), tuple(iso.tolist()), geometry, str(data["source"]))
