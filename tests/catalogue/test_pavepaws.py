"""PAVE PAWS: its figures against the reference facts, and against each other."""

import dataclasses
import math
from pathlib import Path

import pytest

from tocsin.catalogue.pavepaws import pave_paws

RADAR = pave_paws()
FIGURES = tuple(f.name for f in dataclasses.fields(RADAR) if f.name not in ("notes", "ranges"))


def test_published_figures_are_the_reference_facts(reference: Path) -> None:
    text = (reference / "ground" / "README.md").read_text(encoding="utf-8")
    (line,) = [row for row in text.splitlines() if row.startswith("**PAVE PAWS reference radar**")]
    paragraph = line.replace("\N{EN DASH}", "-")
    for words in (
        f"{RADAR.elements:,} active",
        f"face tilt {RADAR.tilt_deg:.0f}°",
        f"pulses {1e3 * RADAR.pulse_least_s:g}-{1e3 * RADAR.pulse_most_s:g} ms",
        f"≥{1e3 * RADAR.listening_s:g} ms listening",
        f"chirp {1e-6 * RADAR.chirp_hz:g} MHz bandwidth",
        f"{RADAR.fence_azimuths} azimuths at {RADAR.fence_el_deg:g}° elevation",
        f"elevation every {RADAR.fence_revisit_s:g} s",
        f"max duty {100 * RADAR.duty_most:g} %",
        f"range {RADAR.range_km:,.0f} km",
        f"{RADAR.sector_deg:g}°/face",
        f"beam {RADAR.ranges['beamwidth_deg'][0]:.1f}°",
        "420-450 MHz",
        "72.5 ft",
    ):
        assert words in paragraph, words
    assert RADAR.frequency_hz == 0.5 * (420e6 + 450e6)
    assert RADAR.aperture_m == pytest.approx(72.5 * 0.3048, abs=0.01)


def test_every_figure_says_where_it_is_from() -> None:
    assert RADAR.notes.keys() == set(FIGURES)
    for name in FIGURES:
        kind = RADAR.notes[name].split(":")[0]
        assert kind in ("published", "recalled", "assumed"), name
        if kind != "published":
            assert name in RADAR.ranges, name
    for name, (low, high) in RADAR.ranges.items():
        assert low <= getattr(RADAR, name) <= high, name


def test_gain_beam_and_aperture_belong_together() -> None:
    wavelength = 299792458.0 / RADAR.frequency_hz
    whole = 4.0 * math.pi * (math.pi * RADAR.aperture_m**2 / 4.0) / wavelength**2
    # A round aperture: 55 to 85 % of its area counts; its beam is 1.02 to 1.27 wavelengths over its width.
    assert 0.55 < 10.0 ** (0.1 * RADAR.gain_db) / whole < 0.85
    across = wavelength / RADAR.aperture_m
    for beam in RADAR.ranges["beamwidth_deg"]:
        assert 1.02 < math.radians(beam) / across < 1.27


def test_the_listening_time_reaches_the_published_range() -> None:
    assert 2.0 * RADAR.range_km * 1e3 / 299792458.0 < RADAR.listening_s
