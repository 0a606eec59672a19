"""The language of rules: Python's syntax, facts for names, three-valued logic for meaning."""
