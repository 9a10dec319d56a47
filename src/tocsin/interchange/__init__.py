"""Other people's formats, written and read from plain data."""
