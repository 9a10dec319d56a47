"""The static picture of a run: a map, height and uncertainty against time."""
