"""What speaks for a launch and against it: Bayes factors over what else it may be."""
