"""The report for the room, in every format: one book, one language, one look."""
