"""A sensor's scene, and its picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tocsin.catalogue import borders
from tocsin.catalogue.states import state_at
from tocsin.cli.radarscene import radar_scene
from tocsin.cli.telescopefield import PLUME_M
from tocsin.cli.telescopescene import apogee_t, telescope_scene, why_none
from tocsin.cli.terminal import bar
from tocsin.cli.whichsensor import ChosenSensor
from tocsin.console.picture.sensor import SensorScene
from tocsin.console.picture.sensor import draw_sensor as draw
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import utc_from_tai
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope

NOTHING = "No accuracy of it is published: what is assumed stands in the table, with its range"


def draw_sensor(chosen: ChosenSensor, file: Path) -> None:
    """Write the picture of a sensor."""
    with bar("drawing") as tell:
        scene = sensor_scene(chosen)
        tell(0.4)
        draw(scene, borders(), file)


def sensor_scene(chosen: ChosenSensor) -> SensorScene:
    """The scene of a sensor on its date."""
    if isinstance(chosen.sensor, Radar):
        return _radar(chosen.sensor)
    return _telescope(chosen.sensor, chosen)


def _radar(radar: Radar) -> SensorScene:
    site = radar.site
    kind = f"{site.type}, {site.band} at {site.frequency_hz / 1e6:g} MHz"
    sector = (
        f"{site.az_start_deg:g}\u00b0 to {site.az_end_deg:g}\u00b0, "
        f"{site.el_min_deg:g}\u00b0 to {site.el_max_deg:g}\u00b0 up"
    )
    notes = [
        "Echoes fluctuate as Swerling 1. The reference: at which range one look at 1 m\u00b2 has which "
        "signal-to-noise ratio, both assumed. No cross-section below 0.1 m\u00b2 is modelled.",
        "What lasts: fixed errors, and 1 sigma of what is left of the refraction's correction. What is "
        "published of sector, limits and band, and what is assumed, stands in the table.",
    ]
    sector_note = site.notes.get("az_start_deg") or site.notes.get("az_end_deg")
    if sector_note:
        notes.append(f"The sector: {sector_note}.")
    if site.hypothetical:
        notes.insert(0, "Hypothetical: no radar of this kind is published at this site.")
    return SensorScene(
        title=f"{site.name} ({site.key})",
        date=f"{kind}; {sector}",
        origin="hypothetical" if site.hypothetical else "assumed",
        about=NOTHING,
        key="shaded: the ground under what is in view at two heights",
        drawn=radar_scene(radar),
        footer=tuple(notes),
    )


def _telescope(telescope: Telescope, chosen: ChosenSensor) -> SensorScene:
    t, when = chosen.t_tai, ""
    day, clock = chosen.date_utc[:10], chosen.date_utc[11:16]
    if not chosen.dated and why_none(telescope, t):
        # Any time of the default day would do: one with something to see.
        t, when = apogee_t(telescope, t), "next apogee, "
        utc = utc_from_tai(t)
        day, clock = utc[:10], utc[11:16]
    r = satellite_states(telescope.elements, [t])[0]
    lat, lon, height = geodetic_from_ecef(r)
    north, east = (float(np.degrees(v[0])) for v in (lat, lon))
    place = f"{_angle(north, 'NS')}, {_angle(east, 'EW')}"
    state = state_at(telescope.satellite.states, t)
    odd = None if state is None or state.state == "working" else state
    drawn = telescope_scene(telescope, t, borders())
    behind = (
        "By day: the Sun at its noon of that date, before cloud; by night: dark Earth."
        if telescope.satellite.limb_depth_deg is None
        else "At the limb dark space is behind by day and by night."
    )
    notes: tuple[str, ...] = (
        f"The colours: what a plume {PLUME_M / 1e3:.0f} km up must shine to be detected in half the looks, "
        "from the background behind it, the air above it and the Sun near the field.",
        f"{behind} Plumes, telescope and cloud are assumed; elements of {telescope.elements.epoch_utc[:10]}. "
        f"False looks a frame: {drawn.glint_looks:.2g} off sunlit cloud then, "
        f"{telescope.satellite.false_looks_per_frame:g} of noise.",
    )
    if odd is not None:
        notes = (f"Of its state, {odd.state} from {odd.from_utc[:10]}: {odd.note}.", *notes)
    return SensorScene(
        title=telescope.satellite.name + ("" if odd is None else f", {odd.state}"),
        date=f"{when}{day} {clock} UTC, {height[0] / 1e3:,.0f} km over {place}",
        origin="assumed",
        about=NOTHING,
        key="the Earth as it sees it, north up",
        drawn=drawn,
        footer=notes,
    )


def _angle(deg: float, letters: str) -> str:
    return f"{abs(deg):.1f}\u00b0 {letters[deg < 0.0]}"
