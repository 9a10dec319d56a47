"""From a radar's pulse to its looks: signal, detection, accuracy, the air between, clutter, the schedule."""
