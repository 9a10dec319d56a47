"""The national warning centre: scans in, events out; journal, recovery, replay."""
