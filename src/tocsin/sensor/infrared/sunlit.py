"""Sunlight off high ice cloud toward a satellite: how bright, over the same cloud under an overhead Sun.

Single scattering in one layer, as where ice absorbs (2.7 um); the air above the layer absorbs both ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.earth.ellipsoid import geodetic_from_ecef, verticals
from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers
from tocsin.sensor.infrared.mirror import mirrored
from tocsin.sensor.infrared.transmission import ABSORBERS, MEAN_RADIUS, Absorbers, band_transmission

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class HighCloud:
    """A layer of ice cloud, with a share of plates that lie level and mirror the Sun."""

    height_m: float = assumed(12e3, 8e3, 16e3, "m", "of the layer's top; the tropopause is the limit")
    thickness_m: float = assumed(1.5e3, 0.3e3, 4e3, "m", "of the layer")
    depth: float = assumed(0.5, 0.03, 3.0, "", "vertical optical depth; thin cirrus 0.03 to 0.3")
    forward: float = assumed(0.85, 0.8, 0.9, "", "asymmetry of the forward lobe of ice crystals")
    backward: float = assumed(0.4, 0.2, 0.6, "", "asymmetry of the backward lobe", zero=True)
    forward_share: float = assumed(0.95, 0.9, 0.99, "", "of the light in the forward lobe")
    # The next two: range after Breon and Dubrulle, Journal of the Atmospheric Sciences 61 (2004), 2888-2898.
    plates: float = assumed(0.01, 0.001, 0.05, "", "area share of the crystals that lie level", zero=True)
    tilt: float = assumed(0.02, 0.005, 0.05, "rad", "1-sigma of their tilt on each axis")
    refraction: float = assumed(1.3, 1.1, 1.5, "", "index of refraction of ice in the band")

    def __post_init__(self) -> None:
        check_assumed(self)
        for name in ("forward", "backward", "forward_share", "plates"):
            if not getattr(self, name) < 1.0:
                raise TocsinError(
                    f"HighCloud.{name} = {getattr(self, name):g} is impossible: give less than 1"
                )
        if self.refraction == 1.0:
            raise TocsinError("HighCloud.refraction = 1 mirrors nothing: set plates = 0 for that")


HIGH_CLOUD = HighCloud()


@final
@dataclass(frozen=True, slots=True, eq=False)
class Sunlit:
    """What each patch (n,) sends the satellite.

    scattering: the angle (rad) by which sunlight is turned; tilt: of the half-vector from the local vertical
    (rad); sun: elevation of the Sun at the patch (rad); spread, mirror: brightness by scattering and by
    level plates, over a nadir view of the same cloud under an overhead Sun; 0 where the Earth hides either.
    """

    scattering: Array
    tilt: Array
    sun: Array
    spread: Array
    mirror: Array

    @property
    def index(self) -> Array:
        """Brightness (n,) over that of the same cloud seen from overhead under an overhead Sun."""
        return self.spread + self.mirror


def phase(cosine: Array, cloud: HighCloud = HIGH_CLOUD) -> Array:
    """Double Henyey-Greenstein phase function (...), of mean 1 over the sphere, of the cosine of scattering.

    p = f h(g1) + (1 - f) h(-g2), h(g) = (1 - g^2) / (1 + g^2 - 2 g cos)^1.5. Source: Henyey and Greenstein,
    Astrophysical Journal 93 (1941), 70-83; two lobes: Kattawar, JQSRT 15 (1975), 839-849.
    """
    f = cloud.forward_share
    return np.asarray(f * _lobe(cosine, cloud.forward) + (1.0 - f) * _lobe(cosine, -cloud.backward))


def slant(sine: Array, thickness_m: float) -> Array:
    """Path (...) through a spherical layer over its thickness, up from its base at an elevation's sine.

    (sqrt(R^2 s^2 + 2 R H + H^2) - R s) / H: 1 / s for a high Sun, sqrt(1 + 2 R / H) at the horizon. Below
    the horizon the path is that at the horizon.
    """
    up = MEAN_RADIUS * np.maximum(sine, 0.0)
    far = 2.0 * MEAN_RADIUS * thickness_m + thickness_m**2
    return np.asarray(far / (np.sqrt(up**2 + far) + up) / thickness_m)


def sunlit(
    r: Array,
    r_satellite: Array,
    r_sun: Array,
    cloud: HighCloud = HIGH_CLOUD,
    absorbers: Absorbers = ABSORBERS,
) -> Sunlit:
    """Brightness of cloud at r (n, 3) for a satellite and a Sun, each (3,) or (n, 3), all Earth-fixed m.

    index = L / L0, L = p(scattering) m / (m + m0) (1 - exp(-depth (m + m0))) T(view) T(sun), with m and m0
    the slant paths toward satellite and Sun, T the band's transmission above the cloud; L0 has both overhead.
    Source: single scattering in a layer, Liou, An Introduction to Atmospheric Radiation (2002), 3.4.
    """
    at = numbers("patch (m)", r)
    view = _unit("satellite", numbers("satellite (m)", r_satellite) - at)
    sun = _unit("Sun", numbers("Sun (m)", r_sun) - at)
    lat, lon, _ = geodetic_from_ecef(at)
    up = verticals(lat, lon)
    z_view, z_sun = _between(up, view), _between(up, sun)
    scattering = _between(-sun, view)
    tilt = _between(up, view + sun)
    spread = phase(np.cos(scattering), cloud)
    mirror = mirrored(0.5 * (np.pi - scattering), tilt, cloud.plates, cloud.tilt, cloud.refraction)
    m, m0 = slant(np.cos(z_view), cloud.thickness_m), slant(np.cos(z_sun), cloud.thickness_m)
    layer = m / (m + m0) * -np.expm1(-cloud.depth * (m + m0))
    air = _through(z_view, cloud, absorbers) * _through(z_sun, cloud, absorbers)
    overhead = -0.5 * np.expm1(-2.0 * cloud.depth) * _through(np.zeros(1), cloud, absorbers) ** 2
    scale = layer * air / overhead / phase(np.array(-1.0), cloud)
    return Sunlit(scattering, tilt, 0.5 * np.pi - z_sun, spread * scale, mirror * scale)


def _lobe(cosine: Array, g: float) -> Array:
    return np.asarray((1.0 - g**2) / (1.0 + g**2 - 2.0 * g * cosine) ** 1.5)


def _unit(name: str, v: Array) -> Array:
    size = np.linalg.norm(v, axis=-1, keepdims=True)
    if not np.all(size > 0.0):
        raise TocsinError(f"{name}: stands on a patch of cloud; give a position away from it")
    return np.asarray(v / size)


def _between(a: Array, b: Array) -> Array:
    """The angle (...) rad between vectors, as good near 0 and pi as between."""
    across = np.linalg.norm(np.cross(a, b), axis=-1)
    return np.asarray(np.arctan2(across, np.sum(a * b, axis=-1)))


def _through(zenith: Array, cloud: HighCloud, absorbers: Absorbers) -> Array:
    return band_transmission(cloud.height_m, zenith, absorbers)
