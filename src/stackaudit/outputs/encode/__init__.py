"""One encoder for each format: what comes from a file stays text, whatever is in it."""
