"""Border layers drawn by hand."""

import json


def layer_of(*boxes: tuple[str, int, int, int, int]) -> str:
    """GeoJSON of one box for each code: west, south, east, north."""
    features = [
        {
            "type": "Feature",
            "properties": {"iso": iso, "name": iso},
            "geometry": {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]},
        }
        for iso, w, s, e, n in boxes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})
