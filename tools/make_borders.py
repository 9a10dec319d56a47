"""Make the borders file of the catalogue from the TopoJSON of Natural Earth.

Inputs, none of them committed:
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz      (package/countries-50m.json)
    pip install pycountry, beside what Tocsin needs
Run:
    python tools/make_borders.py package/countries-50m.json src/tocsin/catalogue/data/borders.npz

The rings of world-atlas run across 180 deg and round the pole. They are unwrapped, closed at the pole,
cut at 180 deg, and cut along one grid of halvings, the same for every country, until no part has more
than 64 vertices.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pycountry
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from tocsin.catalogue.cutting import PER_DEGREE, parts_of

Ring = NDArray[np.float64]

SOURCE = "Natural Earth 4.1.0, 1:50m Admin 0 countries, from the npm package world-atlas 2.0.2"
POLE_BAND_DEG = 0.01

# Parts that the source gives no ISO number; codes in X are user-assigned, as ISO 3166-1 allows.
WITHOUT_NUMBER = {
    "Kosovo": "XK",
    "N. Cyprus": "XC",
    "Somaliland": "XS",
    "Siachen Glacier": "XG",
    "Indian Ocean Ter.": "AU",
}


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees: quantised differences, summed, scaled and translated."""
    scale, translate = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def stitch(indices: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring; a negative index is the arc ~i walked backwards."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.vstack([pieces[0], *(p[1:] for p in pieces[1:])])


def unwrap(ring: Ring) -> Ring:
    """The ring with no jump in longitude; it may leave -180 to 180."""
    turns = np.round(np.diff(ring[:, 0]) / 360.0)
    return np.column_stack([ring[:, 0] - 360.0 * np.r_[0.0, np.cumsum(turns)], ring[:, 1]])


def close_at_pole(ring: Ring) -> Ring:
    """A ring that goes round the Earth, led to the pole of its hemisphere and back."""
    pole = np.copysign(90.0, ring[:, 1].mean())
    return np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[0]])


def polygon(rings: list[Ring]) -> BaseGeometry:
    """A polygon in unwrapped degrees; holes are brought to the turn of the outer ring.

    Where rings go round the Earth, the one that only traces the pole is dropped and the coast closed there.
    """
    rings = [unwrap(r) for r in rings if len(r) >= 4]
    round_earth = [r for r in rings if abs(r[-1, 0] - r[0, 0]) > 180.0]
    if round_earth:
        coasts = [r for r in round_earth if (90.0 - np.abs(r[:, 1])).max() > POLE_BAND_DEG]
        assert len(coasts) == 1, "expected one coast round the pole"
        inner = [r for r in rings if abs(r[-1, 0] - r[0, 0]) <= 180.0]
        rings = [close_at_pole(coasts[0]), *inner]
    outer, *holes = rings
    middle = 0.5 * (outer[:, 0].min() + outer[:, 0].max())
    turned = [h - [360.0 * np.round((h[:, 0].mean() - middle) / 360.0), 0.0] for h in holes]
    made = Polygon(outer, turned)
    return made if made.is_valid else shapely.make_valid(made)


def cut_at_180(shape: BaseGeometry) -> BaseGeometry:
    """The shape brought into -180 to 180 deg, in pieces where it crosses."""
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        piece = shape.intersection(box(-180.0 + turn, -90.0, 180.0 + turn, 90.0))
        if piece.area > 0.0:
            pieces.append(shapely.transform(piece, lambda xy, turn=turn: xy - [turn, 0.0]))
    return shapely.union_all(pieces)


def iso_code(geometry: dict[str, Any]) -> str:
    """ISO 3166-1 alpha-2 from the number in the source."""
    if "id" not in geometry:
        return WITHOUT_NUMBER[geometry["properties"]["name"]]
    return str(pycountry.countries.get(numeric=geometry["id"]).alpha_2)


def main(source: Path, target: Path) -> None:
    """Read the TopoJSON file, write the parts: vertices as whole 1e-5 deg, each less the one before."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    names, codes, owner, parts = [], [], [], []
    for country, geometry in enumerate(topology["objects"]["countries"]["geometries"]):
        names.append(geometry["properties"]["name"])
        codes.append(iso_code(geometry))
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for rings in polygons:
            shape = cut_at_180(polygon([stitch(r, arcs) for r in rings]))
            found = parts_of(shape)
            parts += found
            owner += [country] * len(found)
    kind, xy, (rings_at, parts_at) = shapely.to_ragged_array(parts)
    assert kind == shapely.GeometryType.POLYGON
    grid = np.round(xy * PER_DEGREE).astype(np.int32)
    steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), np.int32))
    np.savez_compressed(
        target,
        source=np.array(SOURCE),
        names=np.array(names),
        iso=np.array(codes),
        owner=np.array(owner, np.int16),
        per_degree=np.array(PER_DEGREE),
        # Low and high bytes lie together: the file is a third smaller.
        steps=np.ascontiguousarray(steps.T, "<i4").view(np.uint8).reshape(2, -1, 4).transpose(0, 2, 1),
        rings_at=rings_at.astype(np.int32),
        parts_at=parts_at.astype(np.int32),
    )
    print(
        f"{len(parts)} parts of {len(names)} countries, {len(grid)} vertices, {target.stat().st_size} bytes"
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
