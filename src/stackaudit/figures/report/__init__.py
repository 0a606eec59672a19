"""The report for the room: every chapter as values, computed once, for all formats to draw."""
