"""A warning radar (Voronezh): echoes, their detection, and range, azimuth and elevation with their errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import RadarSite
from tocsin.motion.path import Path
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.accuracy import ACCURACY, Accuracy
from tocsin.sensor.echo.air import Air
from tocsin.sensor.echo.clutter import ClutterMap
from tocsin.sensor.echo.doppler import Doppler
from tocsin.sensor.echo.equation import LOSSES, Losses
from tocsin.sensor.echo.multipath import GROUND, Ground
from tocsin.sensor.echo.schedule import SCHEDULE, Schedule
from tocsin.sensor.falselooks import false_looks
from tocsin.sensor.labels import Labels, Shed
from tocsin.sensor.looks import Looks, together
from tocsin.sensor.moonecho import MoonEcho, moon_at
from tocsin.sensor.radarlooks import looks_at
from tocsin.sensor.radiosun import RadioSun, deaf, sun_noise
from tocsin.sensor.scan import Scan, by_frame

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

ASSUMED_DETECTION = 0.9


@final
@dataclass(frozen=True)
class Radar:
    """One array at one site, looked at as signal first, then detection, then accuracy.

    An echo of `beam`'s signal-to-noise fluctuates after Swerling, and is a look where its power passes
    -ln P_fa and the schedule has time for it. Fixed errors per site: range, azimuth, elevation, clock, and
    what is left of the refraction of troposphere and ionosphere. `doppler` adds a range rate to each look,
    `sun` the Sun's noise, `moon` the Moon as an echo, `clutter` what surrounds the site. No accuracy of
    these radars is published.
    """

    site: RadarSite
    losses: Losses = LOSSES
    accuracy: Accuracy = ACCURACY
    ground: Ground = GROUND
    schedule: Schedule = SCHEDULE
    refraction: bool = True
    clutter: tuple[ClutterMap, ...] = ()
    doppler: Doppler | None = None
    sun: RadioSun | None = None
    moon: MoonEcho | None = None

    @property
    def key(self) -> str:
        """The array's key in the catalogue."""
        return self.site.key

    @cached_property
    def beam(self) -> Beam:
        """Its signal and its noise."""
        return Beam(self.site, self.losses, self.accuracy, self.ground, self.refraction)

    @property
    def r_ecef(self) -> Array:
        """The site (3,) m."""
        return self.beam.r_ecef

    @property
    def air(self) -> Air:
        """The air that its looks are corrected for."""
        return self.beam.air

    @property
    def frame_s(self) -> float:
        """Time between revisits, s."""
        return self.site.revisit_s

    @property
    def detection(self) -> float:
        """Probability of a look that the tracker reckons with: assumed, for the cross-section is unknown."""
        return ASSUMED_DETECTION

    @property
    def false_density(self) -> float:
        """False looks per scan, metre and square radian, over the instrumented volume."""
        s = self.site
        angles = np.radians(s.sector_deg) * np.radians(s.el_max_deg - s.el_min_deg)
        return float(max(s.false_looks_per_scan, 1e-3) / (angles * (s.range_max_km - s.range_min_km) * 1e3))

    @property
    def bias_sigma(self) -> Array:
        """1-sigma priors of the fixed errors (6,): m, rad, rad, s, and the parts of each refraction left."""
        s = self.site
        angle = np.radians(s.bias_angle_deg)
        return np.array([s.bias_range_m, angle, angle, s.clock_s, s.troposphere_scale, s.ionosphere_scale])

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of the fixed errors (6,)."""
        return rng.normal(0.0, self.bias_sigma)

    def scans(
        self,
        paths: tuple[Path, ...],
        t0: float,
        t1: float,
        bias: Array,
        origin: str,
        rng: np.random.Generator,
    ) -> tuple[Scan, ...]:
        """One scan a revisit, with the looks that were detected and a few that are false.

        A scan is blind where the Sun leaves nothing to be detected (`radiosun.deaf`) and nothing was.
        """
        return self._told(*self._looked(paths, t0, t1, bias, rng), origin)

    def labelled(
        self,
        paths: tuple[Path, ...],
        t0: float,
        t1: float,
        bias: Array,
        origin: str,
        rng: np.random.Generator,
    ) -> tuple[tuple[Scan, Labels], ...]:
        """The same scans, each with the paths behind its looks and those that it shed."""
        looks, t, shed, unhearing = self._looked(paths, t0, t1, bias, rng)
        scans = self._told(looks, t, shed, unhearing, origin)
        rows = zip(scans, by_frame(looks.frame, len(t)), shed.by_frame(len(t)), strict=True)
        return tuple((scan, looks.labels.where(mine).without(none)) for scan, mine, none in rows)

    def _looked(
        self, paths: tuple[Path, ...], t0: float, t1: float, bias: Array, rng: np.random.Generator
    ) -> tuple[Looks, Array, Shed, Bools]:
        """All looks, the frames' times (k,), what they shed, and which (k,) hear nothing for the Sun."""
        s, beam, doppler = self.site, self.beam, self.doppler
        t = np.arange(t0 + s.revisit_s * rng.random(), t1 + 1e-6, s.revisit_s)
        sun = None if self.sun is None else sun_noise(self.sun, beam, t)
        seen, shed = looks_at(beam, self.schedule, paths, t, bias, rng, sun, doppler)
        parts = [seen, false_looks(beam, self.clutter, len(t), rng, sun, doppler)]
        if self.moon is not None:
            parts.append(moon_at(self.moon, beam, t, bias, rng, sun, doppler))
        unhearing = np.zeros(len(t), dtype=bool) if sun is None else deaf(sun, beam)
        looks = together(*parts)
        looks.values[:, 1] %= 2 * np.pi
        return looks, t, shed, unhearing

    def _told(self, looks: Looks, t: Array, shed: Shed, unhearing: Bools, origin: str) -> tuple[Scan, ...]:
        count = shed.count(len(t))
        rates, rate_sigmas = looks.rate, looks.rate_sigma
        return tuple(
            Scan(
                sensor=self.key,
                kind="radar",
                origin=origin,
                t=float(t[i]),
                r_ecef=self.r_ecef,
                t_look=np.full(len(mine), t[i]),
                values=looks.values[mine],
                sigmas=looks.sigmas[mine],
                snr=looks.snr[mine],
                shed=int(count[i]),
                blind=bool(unhearing[i]) and not len(mine),
                rate=None if rates is None else rates[mine],
                rate_sigma=None if rate_sigmas is None else rate_sigmas[mine],
            )
            for i, mine in enumerate(by_frame(looks.frame, len(t)))
        )
