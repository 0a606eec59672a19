"""What is different between two states of a stack, in meaning rather than text."""
