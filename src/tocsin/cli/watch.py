"""What is told of how sensors watched a run: their scans and looks, what they had in view, when blind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from tocsin.cli.figures import seconds, utc


class Watch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sensor over a run: scans, looks (false ones, too), scans with a flown body in view, and when it was
    blind, each from and until TAI s; until is None where it still was at the end.

    In view of a telescope counts while the body shines.
    """

    sensor: str
    kind: Literal["telescope", "radar"]
    scans: int
    looks: int
    in_view: int
    blind: tuple[tuple[float, float | None], ...]


def watch_rows(watches: Iterable[Watch], start: float) -> list[dict[str, Any]]:
    """The watches in plain figures, times in s after the start."""
    return [
        {
            "sensor": w.sensor,
            "kind": w.kind,
            "scans": w.scans,
            "looks": w.looks,
            "in_view": w.in_view,
            "blind": [[seconds(a, start), None if b is None else seconds(b, start)] for a, b in w.blind],
        }
        for w in watches
    ]


def blind_marks(watches: Iterable[Watch]) -> list[tuple[float, str]]:
    """When each radar went blind and saw again, for a timeline."""
    out = []
    for w in watches:
        for since, until in w.blind if w.kind == "radar" else ():
            out.append((since, f"{w.sensor} blind"))
            if until is not None:
                out.append((until, f"{w.sensor} sees again"))
    return out


def blind_lines(watches: Iterable[Watch], until: float) -> list[str]:
    """When each radar was blind, in words, as far as it was known at a time, TAI s."""
    out = []
    for w in watches:
        for since, then in w.blind if w.kind == "radar" else ():
            if since <= until:
                over = f"to {utc(then)[11:19]}" if then is not None and then <= until else "on"
                out.append(f"{w.sensor} was blind from {utc(since)[11:19]} {over} UTC: the Sun's radio noise")
    return out


def why_no_track(row: dict[str, Any]) -> str:
    """Why a sensor that watched made no track, in words."""
    who, shone = row["sensor"], " while it shone" if row["kind"] == "telescope" else ""
    if not row["in_view"]:
        return f"{who}: nothing that flew came into its view{shone}"
    seen = f"{who}: in its view{shone} in {row['in_view']:,} of {row['scans']:,} scans"
    if not row["looks"]:
        return f"{seen}, and no look: too faint for it, or it was blind"
    return f"{seen}; {row['looks']:,} looks, false ones among them: too few that fit together"
