"""The commands: demo, events, run, replay and check."""
