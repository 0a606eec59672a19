"""What is known of the market: the taxonomy of capabilities, as data files and lookups."""
