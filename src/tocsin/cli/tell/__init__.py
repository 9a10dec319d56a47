"""What a person reads at the terminal."""
