"""What every test shares: how hypothesis searches, where Matplotlib draws, where the reference facts are."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import tocsin  # noqa: F401  before NumPy, whose threads it sets

ROOT = Path(__file__).resolve().parent.parent

# No example has a time limit; where a build must be repeatable, the examples are the same every time.
settings.register_profile("tocsin", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("tocsin")
os.environ.setdefault("MPLBACKEND", "Agg")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference facts that lies beside the checkout; tests that need it skip without it."""
    folder = ROOT.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip("the reference facts (../shared/reference) are not beside this checkout")
    return folder
