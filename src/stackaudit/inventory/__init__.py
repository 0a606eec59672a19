"""What is declared: positioned YAML, the model of an inventory, includes and references."""
