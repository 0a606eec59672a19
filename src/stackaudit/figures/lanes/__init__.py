"""The lane map: the stack as one picture, from engage to measure; what is drawn, and where."""
