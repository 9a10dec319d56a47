"""The whole tracker against the bound that allows for missed looks and for false ones."""
