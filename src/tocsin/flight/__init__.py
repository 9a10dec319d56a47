"""What really flies: the truth that only the simulation may see."""
