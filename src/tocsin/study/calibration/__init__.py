"""Whether probabilities come true: classes and territories of thousands of flights against what they were."""
