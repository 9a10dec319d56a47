"""Trackers set side by side: labelled looks, one interface for all of them, and the figures of each."""
