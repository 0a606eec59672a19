"""The chapters as tables of typed cells, that each format writes in its own way."""
