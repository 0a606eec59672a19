"""The chapters as tables of typed cells, that workbook, wiki page and PDF write in their own way."""
