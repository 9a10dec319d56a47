"""The stereo angle, and what it means."""

from __future__ import annotations

from tocsin.cli.report import Report

NEARLY_MONO_DEG, GOOD_DEG = 20.0, 45.0


def stereo_sentence(report: Report) -> str:
    """The angle in words."""
    angle = report["stereo_angle_deg"]
    if angle is None:
        if not report["network"]["satellites"]:
            return "No satellite is in this network: there is no infrared look and no stereo."
        return "Fewer than two satellites saw the launch: there is no stereo angle."
    words = f"Seen from the launch point the two satellites that fix it best stand {angle:.1f} deg apart"
    if angle < NEARLY_MONO_DEG:
        return (
            f"{words}: this is nearly mono.\nAlong the line of sight it is the template that fixes the boost."
        )
    return f"{words}: {'good' if angle >= GOOD_DEG else 'some'} stereo."
