"""Tables that people keep: CSV, XLSX, JSON, YAML, Markdown; their columns and their cells."""
