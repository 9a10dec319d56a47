"""How well a tracker tells objects apart: figures over who made each look and which track took it."""
