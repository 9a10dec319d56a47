"""What follows from a radar's figures beside its picture: the chirp, the Sun, the Moon, what is around it."""

from __future__ import annotations

import math

import numpy as np

from tocsin.sensor.echo.ambiguity import beam_share, moon_signal
from tocsin.sensor.echo.chirp import coupling_time
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.moonecho import MoonEcho
from tocsin.sensor.radar import Radar
from tocsin.sensor.radiosun import blinding_flux
from tocsin.sensor.surroundings import looks_per_scan, surroundings

MOON_M = 384.4e6  # its mean distance
FAST_M_S = 7000.0


def radar_facts(radar: Radar) -> tuple[str, ...]:
    """Each in a line."""
    site, beam = radar.site, radar.beam
    ahead = float(coupling_time(site.frequency_hz, site.pulse_s, site.bandwidth_hz, "up"))
    left = f"{beam.coupling_m:,.0f} m of it are left" if beam.coupling_m else "declared corrected"
    reference = 10.0 ** (site.reference_snr_db / 10.0)
    rate = float(Doppler().sigma(np.array([reference]), beam.wavelength_m)[0])
    moon = MoonEcho()
    share = float(beam_share(beam.beamwidth, MOON_M)) * -math.expm1(-beam.range_cell_m / moon.depth_m)
    echo = reference * float(moon_signal(MOON_M, site.reference_range_km * 1e3, share=share))
    around = {c.kind: looks_per_scan(site, c) for c in surroundings(site, activity=1.0)}
    return (
        f"the chirp's coupling is {ahead:.2g} s of range rate, {ahead * FAST_M_S / 1e3:,.0f} km at "
        f"{FAST_M_S / 1e3:g} km/s: {left}",
        f"range rate is not measured unless asked for: then {rate:.2g} m/s at {site.reference_snr_db:g} dB, "
        f"by looks of {1e3 * Doppler().coherent_s:g} ms (assumed)",
        f"a radio burst of the Sun blinds it from {blinding_flux(beam):,.0f} sfu on while the Sun is up and "
        "out of its main beams",
        f"the Moon's echo is {10.0 * math.log10(echo):.0f} dB above noise in one range cell; pulses at "
        "varied intervals reject it, and it is left out unless asked for",
        *(
            f"{words}: {around[kind]:.2g} false looks a scan (assumed)"
            for kind, words in (
                ("meteor", "meteor trails, mean of a day"),
                ("aurora", "aurora while it is active"),
            )
        ),
    )
