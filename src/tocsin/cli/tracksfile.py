"""The tracks of a report as GeoJSON."""

from __future__ import annotations

from typing import Any

from tocsin.interchange import geojson

STATES = ("track", "event_state", "threat_state")


def tracks_geojson(report: dict[str, Any]) -> dict[str, Any]:
    """Each track's launch, ground path, impact and regions, with their event, for any map program."""
    features = [f for track in report["tracks"] for f in _features(report, track)]
    return {**geojson.collection(features), "event": report["event"], "origin": report["origin"]}


def _features(report: dict[str, Any], track: dict[str, Any]) -> list[dict[str, Any]]:
    about = {"event": report["event"], "origin": report["origin"], **{key: track[key] for key in STATES}}
    out = []
    if len(track["trajectory"]) > 1:
        lat, lon = ([s[key] for s in track["trajectory"]] for key in ("lat_deg", "lon_deg"))
        out.append(geojson.feature(geojson.path(lat, lon), {**about, "what": "predicted ground path"}))
    for what in ("launch", "impact"):
        at = track[what]
        if at is None:
            continue
        told = {**about, "utc": at["utc"], "sigma_s": at["sigma_s"]}
        spot = geojson.point(at["lat_deg"], at["lon_deg"])
        out.append(geojson.feature(spot, {**told, "what": f"{what}, middle of the region"}))
        for share in (50, 90):
            e = at[f"ellipse_{share}_km"]
            shape = geojson.region(
                at["lat_deg"], at["lon_deg"], e["semi_major"], e["semi_minor"], e["azimuth"]
            )
            out.append(geojson.feature(shape, {**told, "what": f"{what}, {share} % region"}))
    return out
