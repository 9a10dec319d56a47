"""The workshop behind dev.py: it makes .venv, installs the locked packages, and runs a command there."""
