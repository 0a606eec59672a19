"""The parts of the lane map: its words, grounds, chips, lines and legend."""
