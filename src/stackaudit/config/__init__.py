"""How a team has set stackaudit up: `stackaudit.yaml`, or `[tool.stackaudit]` in pyproject.toml."""
