"""An atmosphere as the equations of motion see it: density against height in polynomial pieces.

It is one array, because a kernel takes that at no cost: the number L of layers, the place where the pieces
begin, for each layer (lower edge m, width of its pieces m, its first and its last piece), the upper edge,
and for each piece c0 to c5 of rho = c0 + c1 d + ... + c5 d^5, rho in kg/m3, d in m above its lower end.
Across an edge the slope of the density may jump, so that no step should pass one unseen.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.kernel import inlined, kernel

Array = NDArray[np.float64]

TERMS = 6
HEAD, ROW = 2, 5
FAR = 1.0  # widths of a piece beyond its layer's edge up to which its polynomial is followed


@inlined
def layers(air: Array) -> int:
    """The number of layers."""
    return int(air[0])


@inlined
def edge(i: int, air: Array) -> float:
    """The lower edge (m) of layer i; with the number of layers, the upper edge of the last."""
    lower: float = air[HEAD + ROW * i]
    return lower


@inlined
def density_and_slope(h: float, layer: int, air: Array) -> tuple[float, float]:
    """Density (kg/m3) and its slope (kg/m4) at height h (m) by one layer's law, which goes on beyond it.

    Farther out the density stays as it is.
    """
    at = HEAD + ROW * layer
    pieces = (h - air[at]) * air[at + 2]
    i = min(max(int(pieces), 0), int(air[at + 4]))
    d = min(max(pieces - i, -FAR), 1.0 + FAR) * air[at + 1]
    j = int(air[at + 3]) + TERMS * i
    c1, c2, c3, c4, c5 = air[j + 1], air[j + 2], air[j + 3], air[j + 4], air[j + 5]
    rho = air[j] + d * (c1 + d * (c2 + d * (c3 + d * (c4 + d * c5))))
    slope = c1 + d * (2.0 * c2 + d * (3.0 * c3 + d * (4.0 * c4 + d * 5.0 * c5)))
    return rho, slope


@kernel
def layer_at(h: float, air: Array) -> int:
    """The number of the layer that holds the height h (m); the lowest below them all, the highest above."""
    i = layers(air) - 1
    while i > 0 and h < edge(i, air):
        i -= 1
    return i


@kernel
def air_density(h: float, air: Array) -> float:
    """Density (kg/m3) at geometric height h (m); the height is taken as above the ellipsoid."""
    return density_and_slope(h, layer_at(h, air), air)[0]


def air_of(edges: ArrayLike, width_m: ArrayLike, density: Callable[[int, Array], Array]) -> Array:
    """An atmosphere of layers between `edges` (L + 1,) m in pieces of about `width_m` (L,) m.

    density: from a layer's number and heights (n,) m to densities (n,) kg/m3. Each piece is the quintic
    through six Chebyshev points: of an exponential, to 2e-11 at a sixth of its scale height, 1e-9 at a third.
    """
    z = np.asarray(edges, dtype=np.float64)
    count = np.maximum(np.round(np.diff(z) / np.asarray(width_m)), 1.0).astype(int)
    t = 0.5 * (1.0 - np.cos(np.pi * (np.arange(TERMS) + 0.5) / TERMS))
    to_powers = np.linalg.inv(np.vander(t, TERMS, increasing=True))
    head, body = [], []
    begin = HEAD + ROW * len(count) + 1
    for i, n in enumerate(count):
        w = (z[i + 1] - z[i]) / n
        head += [z[i], w, 1.0 / w, begin, n - 1]
        begin += TERMS * n
        at = z[i] + w * (np.arange(n)[:, None] + t)
        body.append((density(i, at.ravel()).reshape(n, TERMS) @ to_powers.T) / w ** np.arange(TERMS))
    table = np.concatenate(body).ravel()
    air = np.concatenate([[len(count), HEAD + ROW * len(count) + 1], head, z[-1:], table])
    air.setflags(write=False)
    return air


def exponential(base_m: ArrayLike, rho: ArrayLike, scale_m: ArrayLike, top_m: float = 1000e3) -> Array:
    """The atmosphere rho_i exp(-(h - base_i) / scale_i) between the bases (L,) m, the last up to top_m.

    The densities of neighbours need not meet at a base.
    """
    base, at_base, scale = (np.asarray(v, dtype=np.float64) for v in (base_m, rho, scale_m))
    return air_of(
        np.append(base, top_m), scale / 6.0, lambda i, z: at_base[i] * np.exp(-(z - base[i]) / scale[i])
    )


def below(air: Array, top_m: float) -> Array:
    """The same atmosphere up to the layer that holds a height (m), with nothing above that layer."""
    n = int(air[0])
    m = int(np.sum(air[HEAD : HEAD + ROW * n : ROW] < top_m))
    head = air[HEAD : HEAD + ROW * m].copy()
    head[3::ROW] -= ROW * (n - m)
    cut = np.concatenate([[m, HEAD + ROW * m + 1], head, [air[HEAD + ROW * m]], air[HEAD + ROW * n + 1 :]])
    cut.setflags(write=False)
    return cut
