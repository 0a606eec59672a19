"""Answers to questions: read from a filled sheet, written into the inventory."""
