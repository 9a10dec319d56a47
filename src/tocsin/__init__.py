"""Tocsin, an open missile-warning system: satellites and radars in, one trusted picture out."""

from tocsin import _kernels

__version__ = "0.1.0"

_kernels.prepare()
