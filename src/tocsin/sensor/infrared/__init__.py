"""From a plume to a telescope's looks: intensity, air, detection, pointing, and what else shines."""
