"""From a plume's intensity to a look: irradiance, signal-to-noise, detection, false alarms, noise.

Signal-to-noise here is of amplitudes, as a detector's is; a scan carries its square (`power_ratio`).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.normal import normal_tail

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Detector:
    """A focal plane for one frame; nothing of Tundra's is published.

    With the defaults 680 kN of liquid propellant at its brightest (4e5 W/sr), 40,000 km away, has an
    amplitude ratio of 128 against dark space, 116 before the Earth by night and 76 before cloud with Sun and
    telescope overhead (power ratio 16,000, 13,000, 5,800); an upper stage of 115 kN has 22 in space (470).
    The threshold then gives 0.017 false alarms a frame, near the catalogue's 0.02 false looks.
    """

    noise_equivalent: float = assumed(
        2e-12, 5e-13, 4e-11, "W/m2", "irradiance as strong as the noise, in space"
    )
    threshold: float = assumed(5.3, 4.0, 7.0, "", "amplitude over noise that makes a look")
    pixels: float = assumed(3e5, 1e4, 1e7, "", "that are read each frame: the disc in steps of 0.5 mrad")
    noise_rad: float = assumed(50e-6, 30e-6, 200e-6, "rad", "of a look, each axis, at reference_snr")
    reference_snr: float = assumed(10.0, 5.0, 30.0, "", "amplitude ratio at which noise_rad stands")
    floor_rad: float = assumed(
        30e-6, 0.0, 50e-6, "rad", "left however strong the signal: the steps of the focal plane", zero=True
    )

    def __post_init__(self) -> None:
        check_assumed(self)
        if not self.floor_rad <= self.noise_rad:
            raise TocsinError(
                f"Detector: floor_rad = {self.floor_rad:g} is above noise_rad = {self.noise_rad:g}, of which "
                "it is a part: lower it"
            )

    @property
    def blur_rad(self) -> float:
        """What is divided by the amplitude ratio to give the noise of the line without its floor, rad."""
        return float(np.sqrt(self.noise_rad**2 - self.floor_rad**2) * self.reference_snr)


DETECTOR = Detector()


def irradiance(intensity: ArrayLike, transmission: ArrayLike, range_m: ArrayLike) -> Array:
    """Irradiance (...) W/m2 at the telescope: E = I tau / R^2, of intensity (...) W/sr."""
    i = numbers("intensity (W/sr)", intensity, 0.0)
    tau = numbers("transmission", transmission, 0.0, 1.0)
    return np.asarray(i * tau / numbers("range (m)", range_m, 1.0) ** 2)


def amplitude_ratio(irradiance: ArrayLike, factor: ArrayLike = 1.0, detector: Detector = DETECTOR) -> Array:
    """Amplitude signal-to-noise (...) = E / (NEI f), f (...) the background's factor on the noise."""
    e = numbers("irradiance (W/m2)", irradiance, 0.0)
    return np.asarray(e / (detector.noise_equivalent * numbers("background factor", factor, 1.0)))


def power_ratio(amplitude: ArrayLike) -> Array:
    """The power ratio (...) that a scan carries as `snr`: the square of the amplitude ratio (...)."""
    return np.asarray(numbers("amplitude ratio", amplitude) ** 2)


def detection_probability(amplitude: ArrayLike, detector: Detector = DETECTOR) -> Array:
    """P (...) that amplitude + N(0, 1) passes the threshold: Phi(amplitude - threshold)."""
    return normal_tail(detector.threshold - numbers("amplitude ratio", amplitude, 0.0))


def draw_amplitude(amplitude: ArrayLike, rng: np.random.Generator) -> Array:
    """What the detector reads (...): amplitude + N(0, 1). It is a look where that passes the threshold."""
    expected = numbers("amplitude ratio", amplitude, 0.0)
    return np.asarray(expected + rng.standard_normal(expected.shape))


def false_alarm_probability(detector: Detector = DETECTOR) -> float:
    """P that the noise of one pixel passes the threshold in one frame: Q(threshold)."""
    return float(normal_tail(detector.threshold))


def false_alarms_per_frame(detector: Detector = DETECTOR) -> float:
    """The mean number of pixels whose noise passes the threshold in one frame: N Q(threshold), Poisson."""
    return detector.pixels * false_alarm_probability(detector)


def threshold_for(false_alarm: float) -> float:
    """The threshold that the noise of one pixel passes with a probability: Q^-1(P), for P up to 0.5."""
    if not 0.0 < false_alarm <= 0.5:
        raise TocsinError(f"threshold_for: {false_alarm:g} is no false-alarm probability: give 0 < P <= 0.5")
    return -NormalDist().inv_cdf(false_alarm)


def draw_false_amplitude(n: int, rng: np.random.Generator, detector: Detector = DETECTOR) -> Array:
    """Amplitudes (n,) of noise that has passed the threshold: N(0, 1) above it, by inversion."""
    tail = false_alarm_probability(detector)
    return np.array([threshold_for(tail * (1.0 - u)) for u in rng.random(n)], dtype=np.float64)


def line_noise(amplitude: ArrayLike, detector: Detector = DETECTOR) -> Array:
    """1-sigma white noise (...) rad of a line of sight, each axis: sqrt(floor^2 + (blur / amplitude)^2).

    It is noise_rad at reference_snr. Infinite at 0. Take the amplitude expected for the draw of the noise
    and for the sigma that is told: one that was read is biased upward where the threshold chose it.
    """
    a = numbers("amplitude ratio", amplitude, 0.0)
    blur = np.divide(detector.blur_rad, a, out=np.full(a.shape, np.inf), where=a > 0.0)
    return np.asarray(np.hypot(detector.floor_rad, blur))
