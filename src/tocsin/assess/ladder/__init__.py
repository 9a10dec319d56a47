"""The warning ladder: how sure that something was launched, and whether it comes down on protected ground."""
