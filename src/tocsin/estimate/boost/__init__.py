"""What telescopes' looks say of a powered flight: templates, a free model, and the two weighed together."""
