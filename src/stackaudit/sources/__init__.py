"""Where inventories and observations come from: one file per source.

A source turns its input into observations and knows nothing else; what becomes of them is
decided in :mod:`stackaudit.sources.plan`.
"""
